import { wholeDocument } from '../files/parse.ts'
import { shorten } from './markdown.ts'

/** The text of an answer that is no JSON but words; null where it is shorter than `least` characters, or JSON gone wrong. */
export function readProse(answer: string, least: number): string | null {
  const text = wholeDocument(answer).trim()
  return text.length >= least && !/^[{[]/.test(text) ? text : null
}

/** The first line of a text that is not blank, cut where it is long. */
export const firstLine = (text: string): string =>
  shorten(text.split('\n').find((line) => line.trim()) ?? '', 200)

/** The first line of a document that is neither a heading nor a part of a table. */
export const firstSentence = (text: string): string => firstLine(text.replaceAll(/^[#|].*$/gm, ''))
