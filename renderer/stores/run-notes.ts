import type { RunEvent } from '../../shared/run-event.ts'

/** When a call came to what, and why it was made. */
export type CallNote = {
  readonly queuedAt: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** What was wrong with the answer before; null for a first call. */
  readonly reason: string | null
  readonly maxTokens: number
  readonly countedBy: 'server' | 'estimate'
  /** Milliseconds between the failure and the next try; null where there is none. */
  readonly retryIn: number | null
}

/** Times and reasons of a run that its state does not keep, since only people want them. */
export type RunNotes = {
  readonly calls: Readonly<Record<string, CallNote>>
  /** When each message was sent, by its id. */
  readonly messages: Readonly<Record<string, string>>
  /** Milliseconds that the run was at work up to `since`, and since when it has been; null while it is not. */
  readonly worked: number
  readonly since: string | null
  readonly lastAt: string
}

/** Before the first event. */
export const noNotes: RunNotes = { calls: {}, messages: {}, worked: 0, since: null, lastAt: '' }

const newNote: CallNote = {
  queuedAt: null,
  startedAt: null,
  endedAt: null,
  reason: null,
  maxTokens: 0,
  countedBy: 'server',
  retryIn: null,
}

/** Folds events into the notes; both records are copied once, however many events there are. */
export function foldNotes(notes: RunNotes, events: readonly RunEvent[]): RunNotes {
  const calls: Record<string, CallNote> = { ...notes.calls }
  const messages: Record<string, string> = { ...notes.messages }
  const change = (call: string, changed: Partial<CallNote>) => {
    calls[call] = { ...(calls[call] ?? newNote), ...changed }
  }
  let clock: Clock = notes
  for (const event of events) {
    clock = { ...foldClock(clock, event), lastAt: event.at }
    switch (event.type) {
      case 'call-queued':
        change(event.call, { queuedAt: event.at })
        break
      case 'call-started':
        change(event.call, {
          startedAt: event.at,
          reason: event.reason,
          maxTokens: event.max_tokens,
          countedBy: event.counted_by,
        })
        break
      case 'call-failed':
        change(event.call, { endedAt: event.at, retryIn: event.retry_in })
        break
      case 'answer-ended':
        change(event.call, { endedAt: event.at })
        break
      case 'message-sent':
        messages[event.message.message_id] = event.at
        break
    }
  }
  return { calls, messages, ...pickClock(clock) }
}

type Clock = Pick<RunNotes, 'worked' | 'since' | 'lastAt'>
const pickClock = ({ worked, since, lastAt }: Clock): Clock => ({ worked, since, lastAt })

/** A process that died is silent from its last event on, and so is the clock. */
function foldClock(clock: Clock, event: RunEvent): Clock {
  const { since, worked, lastAt } = clock
  const upTo = (end: string) => worked + (since === null ? 0 : Date.parse(end) - Date.parse(since))
  switch (event.type) {
    case 'run-created':
      return { ...clock, since: event.at }
    case 'run-claimed':
      return { ...clock, worked: upTo(lastAt || event.at), since: event.at }
    case 'control-requested':
      return event.action === 'continue'
        ? { ...clock, worked: upTo(event.at), since: event.at }
        : event.action === 'pause'
          ? { ...clock, worked: upTo(event.at), since: null }
          : clock
    case 'run-ended':
      return { ...clock, worked: upTo(event.at), since: null }
    default:
      return clock
  }
}

/** Milliseconds that a run has been at work. */
export const timeAtWork = ({ worked, since }: RunNotes, now: number): number =>
  worked + (since === null ? 0 : Math.max(0, now - Date.parse(since)))
