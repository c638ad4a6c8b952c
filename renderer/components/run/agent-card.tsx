import {
  ArrowDownToLine,
  Check,
  Clock,
  Mail,
  MessageSquareText,
  RotateCcw,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { runStrings } from '../../strings-run.ts'
import { Button } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { RoleGlyph } from '../role-glyph.tsx'
import { AgentStatusBadge } from '../status.tsx'
import type { AgentCardData, CardNote, Tone } from './card.ts'
import { CardNumbers } from './card-numbers.tsx'
import { clock } from './clock.ts'
import type { Stream } from './line-source.ts'
import { TailWindow, type TailControl } from './tail-window.tsx'
import { Elapsed, Ticking } from './ticking.tsx'

type AgentCardProps = {
  readonly card: AgentCardData
  readonly stream: Stream | null
  readonly onOpen: () => void
  readonly onRetry: () => void
  /** All about the agent is asked for. */
  readonly onLook: () => void
}

const words = runStrings.card

/** An agent: who it is, what it does, the last lines of what it writes, and what that costs. Never changes its size. */
export function AgentCard({ card, stream, onOpen, onRetry, onLook }: AgentCardProps) {
  const control = useRef<TailControl | null>(null)
  const isLive = card.status === 'working' && stream !== null
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const act = {
      Enter: onOpen,
      End: () => control.current?.follow(),
      ArrowUp: () => control.current?.scroll(-1),
      ArrowDown: () => control.current?.scroll(1),
      PageUp: () => control.current?.scroll(-4),
      PageDown: () => control.current?.scroll(4),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <article
      tabIndex={0}
      data-agent={card.id}
      data-status={card.status}
      aria-label={`${card.name}, ${card.word.toLowerCase()}`}
      onKeyDown={onKeyDown}
      className={classNames(
        'flex min-h-0 min-w-0 flex-col rounded-lg border bg-surface-2 p-3 2xl:p-4',
        card.status === 'working' ? 'border-accent-line' : 'border-line-subtle',
      )}
    >
      <div className="flex min-w-0 flex-none items-center gap-2">
        <RoleGlyph role={card.role} />
        <h2 className="min-w-0 flex-1 truncate font-strong">{card.name}</h2>
        <AgentStatusBadge status={card.status} word={card.word} />
      </div>
      <div className="mt-1 flex h-4 flex-none items-center gap-2 text-sm">
        <span className="flex-none font-mono text-xs text-fg-3">{card.id}</span>
        <span className="min-w-0 truncate text-fg-2" title={card.task}>
          {card.task}
        </span>
      </div>
      <div className="mt-2 flex min-h-0 flex-1 flex-col" onDoubleClick={onOpen}>
        {stream ? (
          <TailWindow stream={stream} isLive={isLive} control={control} />
        ) : (
          <div className={classNames('tail', card.status === 'error' && 'tail-error')}>
            <div className="tail-lines tail-words">{card.lines.join('\n')}</div>
          </div>
        )}
      </div>
      <div className="mt-2 flex h-4 flex-none items-center gap-1 text-xs">
        {!card.canRetry && <Note note={card.note} />}
        {card.canRetry && (
          <span className="-my-1 -ml-2 flex-none">
            <Button size="sm" kind="ghost" icon={RotateCcw} onClick={onRetry}>
              {words.retry}
            </Button>
          </span>
        )}
        <Counts card={card} onLook={onLook} />
      </div>
      <CardNumbers card={card} stream={stream} elapsed={<Elapsed from={card.from} to={card.to} />} />
    </article>
  )
}

/** What it has completed and what waits for it, in figures; pressed, in full. */
function Counts({ card, onLook }: Pick<AgentCardProps, 'card' | 'onLook'>) {
  const { name, completed, waiting } = card
  return (
    <button
      type="button"
      title={words.look}
      onClick={onLook}
      className="hover-fast -my-1 -mr-1 ml-auto flex h-6 flex-none items-center gap-1.5 rounded-sm px-1 text-fg-3 hover:bg-surface-3 hover:text-fg"
    >
      <span className="sr-only">{name}:</span>
      <Check aria-hidden size={12} strokeWidth={2} />
      <b className="font-strong" data-number="completed">
        {completed}
      </b>
      <span className="sr-only">{words.completed(completed)}</span>
      <Mail aria-hidden size={12} strokeWidth={2} />
      <b className="font-strong" data-number="waiting">
        {waiting}
      </b>
      <span className="sr-only">{words.waiting(waiting)}</span>
    </button>
  )
}

const glyphs: Readonly<Record<Tone, LucideIcon>> = {
  quiet: MessageSquareText,
  good: Check,
  accent: ArrowDownToLine,
  waiting: Clock,
  error: TriangleAlert,
}
const colours: Readonly<Record<Tone, string>> = {
  quiet: 'text-fg-3',
  good: 'text-fg-3 [&>svg]:text-completed',
  accent: 'text-accent',
  waiting: 'text-waiting',
  error: 'text-error',
}

function Note({ note: { tone, text, since, until, detail } }: { readonly note: CardNote }) {
  const Glyph = glyphs[tone]
  return (
    <span
      className={classNames('flex min-w-0 items-center gap-1', colours[tone])}
      title={`${text} ${detail}`.trim()}
    >
      <Glyph aria-hidden size={12} strokeWidth={2} className="flex-none" />
      <span className={detail ? 'flex-none' : 'truncate'}>{text}</span>
      {since !== null && (
        <span className="flex-none">
          <Elapsed from={since} />
        </span>
      )}
      {until !== null && (
        <span className="flex-none">
          <Ticking key={until} text={(now) => `in ${clock(Date.parse(until) - now + 999)}`} />
        </span>
      )}
      {detail && <span className="truncate text-fg-3">{detail}</span>}
    </span>
  )
}
