import type { Inside } from './readings.ts'

/** Whether a line that opens nothing may end what a reading is inside of. */
export function mayEnd(inside: Inside | null, line: string): boolean {
  switch (inside?.kind) {
    case 'element':
      return line.includes(inside.element.close)
    case 'edit':
      return line.includes('>>>>>')
    case 'thinking':
      return inside.closing.test(line)
    case 'diff':
      return !isDiffLine(line)
    default:
      return false
  }
}

/** A closing tag of a file that nothing opened. */
export const strayTag = /^\s*<\/(?:file|boltAction|write_file|create_file|write_to_file|artifact|document)>/

/** Whether a line can open or close something by itself. Most cannot, and are told by their first character. */
export function isStructuralLine(line: string): boolean {
  let at = 0
  while (at < line.length && (line[at] === ' ' || line[at] === '\t')) at++
  const first = line[at] ?? ''
  if (first === '`' || first === '~' || first === '<' || first === '[' || first === '◁') return true
  if (first === 'd') return at === 0 && line.startsWith('diff --git')
  const isMark = first === '-' || first === '*' || first === '+' || (first >= '0' && first <= '9')
  return isMark && (line.includes('```', at) || line.includes('~~~', at))
}

/** Whether a block that nothing is said of begins as a page does. */
export function looksLikeMarkdown(lines: readonly string[]): boolean {
  const text = lines.filter((line) => /\S/.test(line))
  if (/^<!--.*\.mdx?\b.*-->/.test(text[0] ?? '')) return true
  return /^# \S/.test(text[0] ?? '') && text.slice(1).some((line) => /^## \S/.test(line))
}

/** Whether a line begins a change as Git writes it. */
export const isDiffHeader = (line: string): boolean => /^diff --git a\/\S/.test(line)
/** Whether a line may be one of such a change. */
export const isDiffLine = (line: string): boolean =>
  /^(?:[ +\-@\\]|diff |index |new file|deleted |similarity |rename |old mode|new mode|Binary )/.test(line)
