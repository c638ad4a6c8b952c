import { longestRun } from '../context/fence.ts'

/** Model text inside a list or heading must not open a structure of its own; blanks within a line may be part of a value. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[^\S ]*[\n\r\f\v\u2028\u2029]\s*|[^\S ]/g, ' ').trim()

/** One line that ends like a sentence; nothing where there is nothing. */
export function sentence(text: string): string {
  const line = oneLine(text)
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`
}

/** A line of at most about so many characters: cut where a sentence ends, if that keeps half of it, else between words. */
export function shorten(line: string, most: number): string {
  if (line.length <= most) return line
  const cut = line.slice(0, most)
  const whole = /^.*[.!?](?=\s)/su.exec(cut)?.[0] ?? ''
  return whole.length >= most / 2 ? whole : `${cut.replace(/\s+\S*$/, '')} ...`
}

/** Text as code within a line, whatever backticks it has; nothing where there is nothing. */
export function inlineCode(text: string): string {
  const line = oneLine(text)
  if (line === '') return ''
  const mark = '`'.repeat(longestRun(line) + 1)
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${mark}${gap}${line}${gap}${mark}`
}

/** A Markdown list, one line each. */
export const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `- ${oneLine(line)}`).join('\n')
