import type { AgentStatus } from '../../shared/agent.ts'
import type { ErrorData } from '../../shared/errors.ts'
import type { CallState, Run } from '../../shared/run.ts'

/** Text of a model or a document on a terminal: one line, and no control characters that would steer it. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim()

/** A text shortened to so many characters. */
export const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`

/** The share of steps that are settled, as a bar. */
export function progressBar(run: Run, width: number): string {
  const states = Object.values(run.tasks)
  const settled = states.filter(({ status }) => status !== 'pending' && status !== 'running').length
  const full = states.length === 0 ? 0 : Math.round((settled / states.length) * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${settled} of ${states.length} steps`
}

/** What a call is about, in words. */
export const partOf = ({ part, purpose }: Pick<CallState, 'part' | 'purpose'>): string =>
  purpose === 'first'
    ? part
    : `${part} (${{ retry: 'again after a fault', continue: 'going on', again: 'asked again' }[purpose]})`

/** What a status is called on the terminal. */
export const statusWord: Record<AgentStatus, string> = {
  idle: 'idle',
  working: 'working',
  waiting: 'waiting',
  completed: 'done',
  error: 'failed',
}

/** An error for people: what happened, and below it what to do. */
export const errorText = (error: Pick<ErrorData, 'message' | 'hint'>): string =>
  error.hint ? `${printable(error.message)}\n  ${printable(error.hint)}` : printable(error.message)
