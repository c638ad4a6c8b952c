import { AppError } from '../../../shared/errors.ts'
import { decodeText } from './decode-text.ts'
import { findForeignFormat } from './document-format.ts'
import { inspectText } from './inspect-text.ts'

/** A document as text with LF line ends; `bytes` is its size, and the warnings are for the person who dropped it. */
export type DocumentText = {
  name: string
  text: string
  encoding: string
  bytes: number
  warnings: string[]
}

/** The largest document that is read, in bytes. */
export const maximumDocumentBytes = 10 * 1024 * 1024

/**
 * Reads a text or Markdown document; `name` is a file name for people, never a path to open.
 * Rejects with nothing but AppError `invalid`, whose hint says how to get the document in.
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<DocumentText> {
  const refuse = (is: string, hint: string): never => {
    throw new AppError('invalid', `"${name}" ${is}.`, { hint })
  }
  if (bytes.length === 0) refuse('is empty (0 bytes)', 'Check that it was saved, and drop it again.')
  if (bytes.length > maximumDocumentBytes) {
    refuse(
      `has ${inMegabytes(bytes.length)} MB, and a document may have at most ${inMegabytes(maximumDocumentBytes)} MB`,
      'Split it, or drop only the part that says what to build.',
    )
  }
  const foreign = findForeignFormat(name, bytes)
  if (foreign) refuse(foreign.is, foreign.hint)

  const { text, encoding, warnings } = await decodeText(bytes)
  const inspection = inspectText(text)
  if (inspection.verdict === 'binary') {
    refuse(
      'is not a text document: it holds binary data',
      'Drop a text or Markdown document. If this is one, open it in an editor and save it as UTF-8.',
    )
  }
  if (inspection.verdict === 'blank') {
    refuse('has no text: everything in it is blank', 'Write into it what to build, and drop it again.')
  }
  return { name, text, encoding, bytes: bytes.length, warnings: [...warnings, ...inspection.warnings] }
}

/** Rounded up, so that a document over the limit never shows as equal to it. */
function inMegabytes(bytes: number): number {
  return Math.ceil((bytes / (1024 * 1024)) * 10) / 10
}
