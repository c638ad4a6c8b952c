import { wholeDocument } from '../files/parse.ts'

/** The text of an answer that is no JSON but words; null where it is shorter than `least` characters, or JSON gone wrong. */
export function readProse(answer: string, least: number): string | null {
  const text = wholeDocument(answer).trim()
  return text.length >= least && !/^[{[]/.test(text) ? text : null
}
