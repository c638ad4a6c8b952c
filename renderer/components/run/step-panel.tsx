import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { counted } from '../../../shared/counted.ts'
import { inWords } from '../../../shared/duration.ts'
import type { CallState, Run, TaskState } from '../../../shared/run.ts'
import { roleName } from '../../strings.ts'
import { runStrings } from '../../strings-run.ts'
import { Button } from '../button.tsx'
import { Hint } from '../hint.tsx'
import { IconButton } from '../icon-button.tsx'
import { Notice } from '../notice.tsx'
import { RoleGlyph } from '../role-glyph.tsx'
import type { StepData } from './step-data.ts'
import { StepGlyph } from './step-look.tsx'

/** Which text of a call is asked for. */
export type CallText = { readonly call: string; readonly part: string; readonly what: 'prompt' | 'answer' }

type StepPanelProps = {
  readonly step: StepData
  readonly state: TaskState
  readonly omissions: Run['omissions']
  readonly reasons: Readonly<Record<string, string | null>>
  readonly hasEnded: boolean
  readonly canRetry: boolean
  readonly onRetry: () => Promise<void>
  readonly onOpen: (text: CallText) => void
  readonly onClose: () => void
}

const words = runStrings.step

/** All about one step: how it stands and why, every call with its prompt and raw answer, and running it again. */
export function StepPanel(props: StepPanelProps) {
  const { step, state, omissions, reasons, hasEnded, canRetry, onRetry, onOpen, onClose } = props
  const [isBusy, setBusy] = useState(false)
  const { error, result } = state.task
  const retry = async () => {
    setBusy(true)
    await onRetry()
    setBusy(false)
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center gap-2 border-b border-line-subtle pr-2 pl-4">
        <RoleGlyph role={step.role} />
        <h2 className="min-w-0 flex-1 truncate font-strong">{words.title(step.name)}</h2>
        <IconButton icon={X} size="sm" label={words.close} keys="escape" onClick={onClose} />
      </div>
      <div
        tabIndex={0}
        className="ring-inside grid min-h-0 flex-1 content-start gap-3 overflow-auto p-4 text-sm"
      >
        <div>
          <div className="text-md">{step.title}</div>
          <div className="text-fg-3">
            {roleName(step.role)}
            {state.attempt > 1 && `, ${words.attempt(state.attempt)}`}
          </div>
        </div>
        <div className="flex items-center gap-1.5">
          <StepGlyph state={step.state} size={12} />
          {step.word}
        </div>
        {error && (
          <Notice
            kind={step.state === 'refused' ? 'waiting' : 'error'}
            message={error.message}
            hint={error.hint && <Hint text={error.hint} />}
          />
        )}
        {state.stale && <Notice kind="waiting" message={runStrings.card.stale(state.stale)} />}
        {result && <p className="text-fg-2">{result.summary}</p>}
        {result && result.assumptions.length > 0 && (
          <div className="grid gap-1">
            <h3 className="font-strong">{words.assumptions}</h3>
            <ul className="grid list-disc gap-1 pl-4 text-fg-2">
              {result.assumptions.map((assumption) => (
                <li key={assumption}>{assumption}</li>
              ))}
            </ul>
          </div>
        )}
        {omissions.map(({ part, items }) => (
          <Notice
            key={part}
            kind="waiting"
            message={words.left(part)}
            hint={items.map(({ what, kept, tokens }) => words.leftItem(what, kept, tokens)).join('\n')}
          />
        ))}
        <div className="grid gap-1">
          <Button
            size="sm"
            icon={RotateCcw}
            disabled={!canRetry}
            isBusy={isBusy}
            onClick={() => void retry()}
            aria-describedby="step-again"
          >
            {isBusy ? words.retrying : words.again}
          </Button>
          <span id="step-again" className="text-xs text-fg-3">
            {canRetry ? words.againHint : words.againLater}
          </span>
        </div>
        <div className="grid gap-2">
          <h3 className="font-strong">{words.calls}</h3>
          {state.calls.length === 0 && (
            <p className="text-fg-3">{hasEnded ? words.wereNoCalls : words.noCalls}</p>
          )}
          {state.calls.map((call) => (
            <CallRow key={call.id} call={call} reason={reasons[call.id] ?? null} onOpen={onOpen} />
          ))}
        </div>
      </div>
    </div>
  )
}

const callWord = {
  queued: 'Waits for a slot',
  streaming: 'Streaming',
  ended: '',
  failed: 'Failed',
  void: 'Does not count any more',
}

type CallRowProps = {
  readonly call: CallState
  readonly reason: string | null
  readonly onOpen: StepPanelProps['onOpen']
}

function CallRow({ call, reason, onOpen }: CallRowProps) {
  const { id, part, status, purpose, answer, error, prompt, promptTokens } = call
  const facts = [
    callWord[status],
    prompt && `${counted(promptTokens, 'token')} in`,
    answer && `${answer.usage.completion.toLocaleString('en')} out`,
    answer && inWords(answer.ms),
    answer?.finish === 'length' && runStrings.text.cutOff,
    answer?.finish === 'loop' && runStrings.text.loop,
  ].filter(Boolean)
  const why =
    error?.message ??
    (purpose === 'first' ? null : [runStrings.purposes[purpose], reason].filter(Boolean).join(': '))
  return (
    <div data-call={id} className="grid gap-1 rounded-md border border-line-subtle bg-surface-2 p-2">
      <div className="truncate font-mono text-sm" title={part}>
        {part}
      </div>
      <div className="text-xs text-fg-3">{facts.join(', ')}</div>
      {why && <div className={`text-xs wrap-anywhere ${error ? 'text-error' : 'text-waiting'}`}>{why}</div>}
      <div className="flex gap-1">
        {prompt && (
          <Button size="sm" onClick={() => onOpen({ call: id, part, what: 'prompt' })}>
            {words.prompt}
          </Button>
        )}
        {status !== 'queued' && (
          <Button size="sm" onClick={() => onOpen({ call: id, part, what: 'answer' })}>
            {words.answer}
          </Button>
        )}
      </div>
    </div>
  )
}
