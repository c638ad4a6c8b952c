import { Help } from 'commander'
import type { AgentStatus } from '../../shared/agent.ts'
import { counted } from '../../shared/counted.ts'
import type { ErrorData } from '../../shared/errors.ts'
import type { CallState, Run } from '../../shared/run.ts'
import { asTyped } from './program-name.ts'

const steering = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu

/** Text of a model or a document on a terminal: one line, and no control characters that would steer it. */
export const printable = (text: string): string => text.replaceAll(steering, ' ').trim()

/** The same for a text of many lines: these and its tabs stay. */
export const printableText = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line
        .split('\t')
        .map((part) => part.replaceAll(steering, ' '))
        .join('\t'),
    )
    .join('\n')

/** A text shortened to so many characters. */
export const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`

const help = Object.assign(new Help(), { minWidthToWrap: 20 })

/** A text broken into lines of a width; words that are longer stay whole. */
export const wrap = (text: string, width: number): string[] =>
  (Number.isFinite(width) ? help.boxWrap(text, Math.max(20, width)) : text).split('\n')

/**
 * Rows with their columns one below the other. The last one is broken into lines that fit the width, below itself;
 * what is in the cells has to be printable.
 */
export function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const start = widths.slice(0, -1).reduce((sum, one) => sum + one + 2, 0)
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, column) => `${cell.padEnd(widths[column]!)}  `)
    const [first = '', ...more] = wrap(row.at(-1)!, width - start)
    return [`${cells.join('')}${first}`, ...more.map((line) => `${' '.repeat(start)}${line}`)].map((line) =>
      line.trimEnd(),
    )
  })
}

/** The share of steps that are settled, as a bar. */
export function progressBar(run: Run, width: number): string {
  const states = Object.values(run.tasks)
  const settled = states.filter(({ status }) => status !== 'pending' && status !== 'running').length
  const full = states.length === 0 ? 0 : Math.round((settled / states.length) * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${settled} of ${counted(states.length, 'step')}`
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
export const errorText = ({ message, hint }: Pick<ErrorData, 'message' | 'hint'>): string =>
  [printableText(message).trim(), ...(hint ? [`  ${printable(hint)}`] : [])]
    .map((text) => asTyped(text))
    .join('\n')
