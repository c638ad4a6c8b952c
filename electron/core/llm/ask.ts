import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../shared/errors.ts'
import type { ModelStatus } from '../../../shared/model.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import type { CallState } from '../../../shared/run.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { PromptCount } from '../context/compose.ts'
import { untilResumed } from '../control.ts'
import type { Journal } from '../journal.ts'
import { blobOf } from '../store/ledger.ts'
import { backOff } from './back-off.ts'
import { beginDialogue, continueDialogue, type CallOutcome, type Dialogue, type Reply } from './dialogue.ts'
import { ModelError } from './model-error.ts'
import type { ChatMessage, Model, ModelRequest } from './model.ts'
import { readCommittedAnswer } from './raw-answer.ts'
import type { Slots } from './slots.ts'
import { estimateTokens } from './tokens.ts'
import { streamAnswer, type StreamedAnswer, type TellDelta } from './stream-answer.ts'

/** What asking needs of the run that it happens in. */
export type AskContext = {
  readonly journal: Journal
  readonly model: Model
  readonly status: ModelStatus
  readonly slots: Slots
  readonly settings: Settings
  /** Folder of the run's raw answers. */
  readonly answers: string
  readonly tellDelta: TellDelta
  readonly signal: AbortSignal
}
/** One question of a task: its prompt, its form, and how its answer is judged. */
export type Question = {
  readonly task: string
  /** Names the question within its task: the key under which its answers are found again after a crash. */
  readonly part: string
  readonly prompt: PromptCount & { readonly messages: readonly ChatMessage[] }
  readonly schema?: ModelRequest['schema']
  readonly check: (text: string) => string | null
  /** Whether a cut-off answer is worth going on with; any is where absent. */
  readonly isBegun?: ((text: string) => boolean) | undefined
  /** What is asked for, such as `the file src/app.py`. */
  readonly subject?: string | undefined
  /** Seconds of silence that are borne; the setting `llm_timeout` where absent. */
  readonly timeout?: number
  /** Is told of the reply in the turn in which its last answer is stored: what it appends shares the commit. */
  readonly onReply?: ((reply: Answered) => Promise<unknown>) | undefined
  /** Whether the task ends with this answer: it is given at once then, and stored in one commit with that end. */
  readonly isLast?: boolean | undefined
}
/** A reply with where it came from. */
export type Answered = Reply & {
  /** The call whose raw answer holds the beginning of the text. */
  readonly call: string
}

/**
 * Asks until there is a usable answer: tries again after passing faults, continues what was cut off, asks once more
 * for what is not usable. Calls that ended before a crash are taken from the ledger, not from the server.
 * Throws AppError when no answer can be had; a reply that stayed cut off or unusable says so.
 */
export async function ask(question: Question, context: AskContext): Promise<Answered> {
  const rules = {
    prompt: question.prompt.messages,
    check: question.check,
    isBegun: question.isBegun ?? (() => true),
    hasSchema: question.schema !== undefined,
    maxContinuations: context.settings.llm_max_continuations,
    prefill: context.status.can.prefill,
    subject: question.subject ?? 'it',
  }
  let past = recordedCalls(question, context)
  let first = ''
  for (let state = beginDialogue(rules); ;) {
    const recorded = past.shift()
    const replayed = recorded && (await replay(recorded, context))
    // What was answered after an answer that can no longer be read was answered to something else.
    if (!replayed) past = []
    const { id, outcome, stored }: Performed = replayed ?? (await perform(question, state, context))
    if (state.text === '') first = id
    const next = continueDialogue(state, outcome, rules)
    const reply = replyOf(next, past.length > 0, question, context, first)
    // The end of the task waits for it as well, and says what the disk says.
    if (reply && question.isLast) void stored?.catch(() => {})
    await Promise.all([reply && question.isLast ? null : stored, reply && question.onReply?.(reply)])
    if (reply) return reply
    state = next as Dialogue
  }
}

/** What a question came to, where it has come to its end: also where what is left of the slot is not worth a call. */
function replyOf(
  next: Dialogue | Reply,
  isRecorded: boolean,
  question: Question,
  context: AskContext,
  call: string,
): Answered | null {
  if ('complete' in next) return { ...next, call }
  const { purpose, messages, text } = next
  if (isRecorded || purpose !== 'continue') return null
  const isFull = roomFor(question, messages, context).maxTokens < leastRoom
  return isFull ? { text, complete: false, lack: null, call } : null
}

/** A call that was made, or was found; `stored` resolves once its end is in the ledger. */
type Performed = { id: string; outcome: CallOutcome; stored?: Promise<void> }

/** Tokens below which going on is not worth a call. */
const leastRoom = 32

function recordedCalls({ task, part }: Question, { journal }: AskContext): CallState[] {
  const calls = journal.run.tasks[task]?.calls ?? []
  const own = calls.filter(
    (call) => call.part === part && (call.status === 'ended' || call.status === 'failed'),
  )
  // An answer that could not be read any more was asked for anew, from the first call on.
  return own.slice(
    Math.max(
      0,
      own.findLastIndex(({ purpose }) => purpose === 'first'),
    ),
  )
}

async function replay(
  { id, answer, error, retried, prefilled }: CallState,
  { answers, journal }: AskContext,
): Promise<{ id: string; outcome: CallOutcome } | null> {
  if (error) return { id, outcome: { kind: 'failed', error, retried } }
  const text = answer && (await readCommittedAnswer(answers, id, answer.hash, (hash) => journal.find(hash)))
  return text === null || answer === null
    ? null
    : { id, outcome: { kind: 'ended', text, finish: answer.finish, prefilled } }
}

/** Makes one call; what it came to is stored in the turn in which this resolves. Only cancelling rejects. */
async function perform(question: Question, state: Dialogue, context: AskContext): Promise<Performed> {
  const { journal, slots, settings, signal } = context
  const { task, part } = question
  const taskState = journal.run.tasks[task]
  const id = journal.nextCall(task)
  await untilResumed(journal, signal)
  void journal.note([{ type: 'call-queued', task, call: id, part }])
  const { id: run, createdAt } = journal.run
  const turn = { age: Date.parse(createdAt), run, priority: taskState?.task.priority ?? 1 }
  let giveBack = await slots.acquire(turn, signal)
  // The run may have been paused while this call waited for its slot.
  while (journal.run.control === 'pause') {
    giveBack()
    await untilResumed(journal, signal)
    giveBack = await slots.acquire(turn, signal)
  }
  const answer = await send(id, question, state, { ...context, onSilence: giveBack })
    .catch((error: unknown) => AppError.from(error))
    .finally(giveBack)
  if (!(answer instanceof AppError)) {
    const { text, content, ...end } = answer
    const kept = content ? [{ hash: end.hash, bytes: content }] : []
    const stored = journal.record([{ type: 'answer-ended', task, call: id, ...end }], kept)
    const outcome = { kind: 'ended', text, finish: end.finish, prefilled: isPrefilled(state) } as const
    return { id, outcome, stored }
  }
  if (signal.aborted || answer.code === 'cancelled') throw answer
  const error = answer.toJSON()
  const retryIn = retryDelay(answer, state.failures + 1, settings)
  await journal.append([{ type: 'call-failed', task, call: id, error, retry_in: retryIn }])
  if (retryIn !== null) await pause(retryIn, signal)
  return { id, outcome: { kind: 'failed', error, retried: retryIn !== null } }
}

async function send(
  id: string,
  question: Question,
  state: Dialogue,
  context: AskContext & { onSilence: () => void },
): Promise<StreamedAnswer> {
  const { task, prompt, schema, timeout } = question
  const { settings } = context
  const sent = blobOf(JSON.stringify(state.messages))
  const { tokens, maxTokens } = roomFor(question, state.messages, context)
  const started: NewRunEvent = {
    type: 'call-started',
    task,
    call: id,
    purpose: state.purpose,
    reason: state.reason,
    prompt: sent.hash,
    prompt_tokens: tokens,
    counted_by: prompt.countedBy,
    max_tokens: maxTokens,
    prefilled: isPrefilled(state),
  }
  void context.journal.note([started], [sent])
  const request = {
    messages: state.messages,
    maxTokens,
    temperature: settings.openai_temperature,
    schema,
    timeout,
  }
  return streamAnswer({ task, call: id, request, promptTokens: tokens }, context)
}

/** Tokens that the messages take (what came after the counted prompt is estimated), and what the slot leaves for an answer. */
function roomFor({ prompt }: Question, messages: readonly ChatMessage[], { status, settings }: AskContext) {
  const added = estimateTokens(messages.slice(prompt.messages.length))
  const tokens = prompt.tokens + added
  const room = status.window === null ? Number.POSITIVE_INFINITY : status.window - tokens
  return { tokens, maxTokens: Math.max(1, Math.min(settings.openai_max_tokens, room)) }
}

/** A request whose last message is the assistant's goes on with that message. */
const isPrefilled = ({ messages }: Dialogue) => messages.at(-1)?.role === 'assistant'

function retryDelay(error: AppError, failures: number, settings: Settings): number | null {
  if (!(error instanceof ModelError) || !error.transient || failures >= settings.task_retry_attempts)
    return null
  const limits = {
    initialSeconds: settings.llm_retry_initial_delay,
    maxSeconds: settings.llm_retry_max_delay,
  }
  const asked = Math.min(Math.round(error.retryAfterMs ?? 0), Math.round(limits.maxSeconds * 1000))
  return Math.max(backOff(failures, limits), asked)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    throw new AppError('cancelled', 'The run was cancelled while it waited to try again.')
  })
}
