import { readProse } from './prose.ts'

/** Shorter than this, an answer is an excuse and no document. */
const leastCharacters = 400

/** The Markdown document that an answer is; null for anything else. */
export function readDocumentAnswer(answer: string): string | null {
  const text = readProse(answer, leastCharacters)
  return text !== null && /^#{1,6} \S/m.test(text) ? `${text}\n` : null
}

/** What an answer lacks that should be a document, as a sentence for the model; null when it is one. */
export const lackOfDocument = (answer: string): string | null =>
  readDocumentAnswer(answer) === null
    ? 'Your answer was not the Markdown document that was asked for, with headings and full sections.'
    : null
