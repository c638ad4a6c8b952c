import { longestRun } from '../context/fence.ts'

/** Model text inside a list or heading must not open a structure of its own; blanks within a line may be part of a value. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[^\S ]*[\n\r\f\v\u2028\u2029]\s*|[^\S ]/g, ' ').trim()

/** One line that ends like a sentence; nothing where there is nothing. */
export function sentence(text: string): string {
  const line = oneLine(text)
  return line === '' || /[.!?]$/.test(line) ? line : `${line}.`
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
