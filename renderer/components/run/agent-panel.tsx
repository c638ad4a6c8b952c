import { X } from 'lucide-react'
import { roleName } from '../../strings.ts'
import { runStrings } from '../../strings-run.ts'
import { IconButton } from '../icon-button.tsx'
import { RoleGlyph } from '../role-glyph.tsx'
import { AgentStatusBadge } from '../status.tsx'
import type { AgentCardData } from './card.ts'
import { Message, type ShownMessage } from './message-list.tsx'
import type { StepData } from './step-data.ts'
import { StepGlyph } from './step-look.tsx'
import { Elapsed } from './ticking.tsx'

type AgentPanelProps = {
  readonly card: AgentCardData
  /** The steps that it has ended, the first one first. */
  readonly history: readonly StepData[]
  readonly waiting: readonly ShownMessage[]
  readonly hasEnded: boolean
  readonly onStep: (id: string) => void
  readonly onClose: () => void
}

const words = runStrings.agent

/** All about one agent: who it is, what it does now, what it has done, and what it has not been told yet. */
export function AgentPanel({ card, history, waiting, hasEnded, onStep, onClose }: AgentPanelProps) {
  const facts = [
    [words.id, <span className="font-mono select-text">{card.id}</span>],
    [words.role, roleName(card.role)],
    [words.status, <AgentStatusBadge status={card.status} word={card.word} />],
    [words.current, card.current ?? words.noTask],
    [words.completed, card.completed],
  ] as const
  return (
    <section aria-label={card.name} className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center gap-2 border-b border-line-subtle pr-2 pl-4">
        <RoleGlyph role={card.role} />
        <h2 className="min-w-0 flex-1 truncate font-strong">{card.name}</h2>
        <IconButton icon={X} size="sm" label={words.close} keys="escape" onClick={onClose} />
      </div>
      <div
        tabIndex={0}
        className="ring-inside grid min-h-0 flex-1 content-start gap-4 overflow-auto py-4 text-sm"
      >
        <dl className="grid gap-1 px-4">
          {facts.map(([name, value]) => (
            <div key={name} className="flex min-h-5 items-center gap-2">
              <dt className="text-fg-3">{name}</dt>
              <dd className="ml-auto min-w-0 truncate">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="grid gap-1">
          <h3 className="px-4 font-strong">{words.history}</h3>
          {history.length === 0 && (
            <p className="px-4 text-fg-3">{hasEnded ? words.wasNoHistory : words.noHistory}</p>
          )}
          <ul aria-label={words.history}>
            {history.map((step) => (
              <li key={step.id}>
                <button
                  type="button"
                  onClick={() => onStep(step.id)}
                  className="ring-inside flex min-h-6 w-full items-center gap-2 px-4 text-left hover:bg-surface-3"
                >
                  <StepGlyph state={step.state} size={12} />
                  <span className="min-w-0 truncate" title={step.title}>
                    {step.name} {step.title}
                  </span>
                  <span className="flex-none text-fg-3">{step.word}</span>
                  <span className="ml-auto flex-none text-fg-3">
                    <Elapsed from={step.from} to={step.to} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="grid gap-1">
          <h3 className="px-4 font-strong">{words.waiting(waiting.length)}</h3>
          <p className="px-4 text-fg-3">{waiting.length === 0 ? words.noneWaits : words.waitingHint}</p>
          {waiting.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </div>
      </div>
    </section>
  )
}
