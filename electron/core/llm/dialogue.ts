import { AppError, type ErrorData } from '../../../shared/errors.ts'
import type { Finish } from '../../../shared/model.ts'
import type { CallPurpose } from '../../../shared/run-event.ts'
import { joinAnswers } from '../files/join-answers.ts'
import type { ChatMessage } from './model.ts'

/** How one call ended: with text, or with a failure after which another try is due or not. */
export type CallOutcome =
  | {
      readonly kind: 'ended'
      readonly text: string
      readonly finish: Finish
      /** Whether the server went on where a started answer stopped, so that the two join as they are. */
      readonly prefilled: boolean
    }
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly retried: boolean }

/** Where a question stands between two calls. */
export type Dialogue = {
  /** What the next call sends. */
  readonly messages: readonly ChatMessage[]
  readonly purpose: CallPurpose
  readonly reason: string | null
  /** The answer so far; the next one continues it. */
  readonly text: string
  readonly continuations: number
  readonly failures: number
  readonly askedAgain: boolean
}
/** What a question came to. */
export type Reply = {
  readonly text: string
  /** False for an answer that stayed cut off. */
  readonly complete: boolean
  /** What it lacks even though it was asked for again; null for a usable answer. */
  readonly lack: string | null
}
/** What holds for all calls of one question. */
export type DialogueRules = {
  readonly prompt: readonly ChatMessage[]
  /** What the answer lacks, as a sentence for the model; null when it is what was asked. */
  readonly check: (text: string) => string | null
  /** Whether a cut-off answer has the beginning of what was asked: one that has not is asked for again, not continued. */
  readonly isBegun: (text: string) => boolean
  /** An answer under a schema cannot be continued, only asked again. */
  readonly hasSchema: boolean
  readonly maxContinuations: number
  /** What is asked for, such as `the file src/app.py`. */
  readonly subject: string
  /** Whether the server goes on where a last assistant message stops. */
  readonly prefill: boolean
}

/** A question before its first call. */
export const beginDialogue = (rules: DialogueRules): Dialogue => ({
  messages: rules.prompt,
  purpose: 'first',
  reason: null,
  text: '',
  continuations: 0,
  failures: 0,
  askedAgain: false,
})

/** The next call, or the reply. Throws AppError for a failure that is not tried again. */
export function continueDialogue(
  state: Dialogue,
  outcome: CallOutcome,
  rules: DialogueRules,
): Dialogue | Reply {
  if (outcome.kind === 'failed') {
    if (!outcome.retried) {
      const { code, message, hint } = outcome.error
      throw new AppError(code, message, hint === undefined ? {} : { hint })
    }
    return { ...state, purpose: 'retry', reason: outcome.error.message, failures: state.failures + 1 }
  }
  const text =
    state.text && !outcome.prefilled ? joinAnswers(state.text, outcome.text) : state.text + outcome.text
  if (outcome.finish === 'length' && !rules.hasSchema) {
    if (text.trim() !== '' && rules.isBegun(text)) return continueText(state, text, rules)
    const lack = text.trim() === '' ? null : rules.check(text)
    return askAgain(state, text, lack ?? lackOf(text, 'length', rules)!, rules)
  }
  const lack = lackOf(text, outcome.finish, rules)
  return lack === null ? { text, complete: true, lack } : askAgain(state, text, lack, rules)
}

function lackOf(text: string, finish: Finish, rules: DialogueRules): string | null {
  if (finish === 'loop') return 'Your answer repeated the same lines over and over.'
  if (finish === 'length' && text.trim() === '')
    return 'You reached the limit before your answer began. Think less, and answer at once.'
  if (finish === 'length') return 'Your answer was longer than it may be and was cut off. Be briefer.'
  if (text.trim() === '') return 'Your answer was empty.'
  return rules.check(text)
}

function continueText(state: Dialogue, text: string, rules: DialogueRules): Dialogue | Reply {
  if (state.continuations >= rules.maxContinuations) return { text, complete: false, lack: null }
  const soFar = [...rules.prompt, { role: 'assistant', content: text } as const]
  return {
    ...state,
    messages: rules.prefill ? soFar : [...soFar, { role: 'user', content: goOn(text, rules.subject) }],
    purpose: 'continue',
    reason: 'The answer reached its limit of tokens.',
    text,
    continuations: state.continuations + 1,
    failures: 0,
  }
}

const goOn = (text: string, subject: string) =>
  `Your answer was cut off. Write only the rest of ${subject}: start exactly after its last characters, repeat nothing, add no comment and no new fence. It ended with:\n\n${text.slice(-200)}`

function askAgain(state: Dialogue, text: string, lack: string, rules: DialogueRules): Dialogue | Reply {
  if (state.askedAgain) return { text, complete: false, lack }
  // The faulty answer is shown only in part: it may be long, and it should not be imitated.
  const shown: ChatMessage[] = text.trim() ? [{ role: 'assistant', content: clip(text) }] : []
  return {
    messages: [
      ...rules.prompt,
      ...shown,
      { role: 'user', content: `${lack} Answer the task above again, whole, in the form it asks for.` },
    ],
    purpose: 'again',
    reason: lack,
    text: '',
    continuations: 0,
    failures: 0,
    askedAgain: true,
  }
}

const clip = (text: string) =>
  text.length <= 1200 ? text : `${text.slice(0, 600)}\n[...]\n${text.slice(-600)}`
