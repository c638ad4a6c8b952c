import { counted } from '../../../shared/counted.ts'

/** What is odd about a text: whether it is text at all, and what the person should know about it. */
export type Inspection = { verdict: 'text' | 'blank' | 'binary'; warnings: string[] }

/** Above this share of control and unreadable characters, bytes were never meant as text. */
const maximumOddShare = 0.05

const control = /(?![\t\n\f\r\x85])\p{Cc}/gu
const unreadable = /\uFFFD/g
const direction = /\p{Bidi_Control}/gu
/** Not a joiner after a letter beyond ASCII, nor a single variation selector: scripts and emoji need those. */
const invisible =
  /(?<![^\p{ASCII}])\p{Join_Control}|(?<=\p{VS})\p{VS}|(?!\p{Bidi_Control}|\p{Join_Control}|\p{VS})\p{DI}/gu
const visible = /[^\s\p{Cc}\p{DI}]/u

/** Looks for characters that a person cannot see or that text does not have, in one pass for each kind. */
export function inspectText(text: string): Inspection {
  const controls = countMatches(text, control)
  const losses = countMatches(text, unreadable)
  const isBinary = text.includes('\0') || controls + losses > text.length * maximumOddShare
  if (isBinary) return { verdict: 'binary', warnings: [] }
  if (!visible.test(text)) return { verdict: 'blank', warnings: [] }
  const found: [number, string][] = [
    [controls, 'that text does not have (control characters)'],
    [losses, 'that could not be read and show as \uFFFD'],
    [
      countMatches(text, direction),
      'that change the direction of the text, so that it may read differently than it looks',
    ],
    [countMatches(text, invisible), 'that cannot be seen, but that the agents will read'],
  ]
  return { verdict: 'text', warnings: found.filter(([count]) => count > 0).map(describe) }
}

/** Whether a decoded text has at most this share of its characters beyond ASCII lost: the sign of a right encoding. */
export function hasFewLosses(text: string, share: number): boolean {
  let lost = 0
  let beyondAscii = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) beyondAscii++
    // Control characters from 0x80 to 0x9F stand in no text, but come out of a wrong one-byte encoding.
    if (unit === 0xfffd || (unit >= 0x80 && unit < 0xa0)) lost++
  }
  return lost <= beyondAscii * share
}

function describe([count, what]: [number, string]): string {
  return `It has ${counted(count, 'character')} ${what}.`
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0
  for (pattern.lastIndex = 0; pattern.test(text);) count++
  return count
}
