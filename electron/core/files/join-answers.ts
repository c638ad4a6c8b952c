import { isMarkdown } from './file-kinds.ts'
import { nameBlock, type Naming } from './name-block.ts'
import { readPathLine } from './name-line.ts'
import { isPlausiblePath } from './plausible-path.ts'
import { AnswerReader } from './read-answer.ts'
import { createLineSplitter, readFence } from './scan-lines.ts'

// How much of the end of an answer its continuation may repeat, in characters.
const MAX_REPEAT = 4096
const MIN_REPEAT_IN_LINE = 12
const MIN_REPEAT_OF_LINE_START = 4
const MAX_LINES_BEFORE_FENCE = 4
const MAX_SENTENCE = 160

/**
 * Joins a cut-off answer and its continuation without a seam: a fence that is opened again and a repeated end are
 * dropped, nothing else is.
 */
export function joinAnswers(before: string, after: string): string {
  const repeated = countRepeated(before, after, MIN_REPEAT_OF_LINE_START)
  if (repeated > 0) return before + after.slice(repeated)

  const reader = new AnswerReader()
  // Whole lines only: the last one is still to be gone on with.
  createLineSplitter((line) => reader.read(line)).feed(before)
  const reopening = countReopening(after, reader.openFences())
  if (reopening === 0) return before + after
  // Below a fence that was opened again a new line starts, so even one letter in common is the cut line's.
  const rest = after.slice(reopening)
  return before + rest.slice(countRepeated(before, rest, 1))
}

type OpenFence = Pick<Naming, 'language' | 'path'>

/** Counts the characters with which a continuation opens a fence again that is still open. */
function countReopening(after: string, open: readonly OpenFence[]): number {
  if (open.length === 0) return 0
  let at = 0
  for (let count = 0; count <= MAX_LINES_BEFORE_FENCE; count++) {
    const end = after.indexOf('\n', at) + 1
    if (end === 0) return 0
    const line = after.slice(at, end)
    const fence = readFence(line)
    if (fence) return open.some((one) => isSameFence(fence.info, one)) ? end : 0
    if (!isLeadIn(line, open)) return 0
    at = end
  }
  return 0
}

function isSameFence(info: string, open: OpenFence): boolean {
  // A fence without a word is the end of the open one.
  if (info === '') return false
  const { language, path } = nameBlock(info, [])
  if (path !== null && open.path !== null) return path === open.path
  if (open.language === null) return !isMarkdown(null, open.path)
  return language === open.language
}

/** Whether a line only leads in to the fence below it: blank, the name of the same file, or a short sentence. */
function isLeadIn(line: string, open: readonly OpenFence[]): boolean {
  const text = line.trim()
  if (text === '') return true
  if (text.length > MAX_SENTENCE) return false
  const named = isPlausiblePath(readPathLine(line)?.text ?? '')
  if (named.ok) return open.every(({ path }) => path === null || path === named.path)
  return /^\**\p{L}[^`{}()[\];=<>]*[:.…]\**$/u.test(text)
}

/** Counts the characters at the start of `after` that repeat the end of `before`. */
function countRepeated(before: string, after: string, minLineStart: number): number {
  const tail = before.slice(-MAX_REPEAT)
  const head = after.slice(0, MAX_REPEAT)
  const borders = findBorders(head)
  // Knuth-Morris-Pratt: what is matched at the end is the longest start of `head` that ends `tail`.
  let matched = 0
  for (let at = 0; at < tail.length; at++) {
    if (matched === head.length) matched = borders[matched] ?? 0
    while (matched > 0 && head[matched] !== tail[at]) matched = borders[matched] ?? 0
    if (head[matched] === tail[at]) matched++
  }
  while (matched > 0 && !isRepetition(before, matched, minLineStart)) matched = borders[matched] ?? 0
  return matched
}

/** For each length of a start of the text, the length of the longest shorter start that also ends it. */
function findBorders(text: string): readonly number[] {
  const borders = [0, 0]
  let length = 0
  for (let at = 1; at < text.length; at++) {
    while (length > 0 && text[at] !== text[length]) length = borders[length] ?? 0
    if (text[at] === text[length]) length++
    borders.push(length)
  }
  return borders
}

/** Whether that much of the end is more than chance: whole lines, the start of a line, or a good part of one. */
function isRepetition(before: string, length: number, minLineStart: number): boolean {
  const start = before.length - length
  const repeated = before.slice(start)
  // Closing brackets, blank lines, rules and indentation follow on themselves in any good text.
  if (!/[\p{L}\p{N}]/u.test(repeated)) return false
  if (start === 0 || before[start - 1] === '\n') return repeated.includes('\n') || length >= minLineStart
  return !before.endsWith('\n') && length >= MIN_REPEAT_IN_LINE
}
