import { isMarkdown } from '../files/file-kinds.ts'
import { parseBlocks } from '../files/gather-blocks.ts'
import { readProse } from './prose.ts'

/** Shorter than this, an answer is an excuse and no document. */
const leastCharacters = 400
const heading = /^#{1,6} \S/m

/** The Markdown document that an answer is; null for anything else. */
export function readDocumentAnswer(answer: string): string | null {
  const text = readProse(fencedDocument(answer) ?? answer, leastCharacters)
  return text !== null && heading.test(text) ? `${text}\n` : null
}

/** What an answer lacks that should be a document, as a sentence for the model; null when it is one. */
export const lackOfDocument = (answer: string): string | null =>
  readDocumentAnswer(answer) === null
    ? 'Your answer was not the Markdown document that was asked for, with headings and full sections.'
    : null

/** The document in the answer's only fence, where nothing but words such as `Here it is:` stands around it. */
function fencedDocument(answer: string): string | null {
  const [block, ...more] = parseBlocks(answer)
  if (!block || more.length > 0 || !isMarkdown(block.language, null)) return null
  const { content, line } = block
  const lines = answer.split('\n')
  const around = [...lines.slice(0, line - 1), ...lines.slice(line - 1 + content.split('\n').length)]
  const isWhole = content.length >= leastCharacters && heading.test(content)
  return isWhole && !heading.test(around.join('\n')) ? content : null
}
