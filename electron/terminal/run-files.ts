import { rmdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { maximumDocumentBytes, readDocument } from '../core/documents/read-document.ts'
import { makeFolder } from '../core/files/make-folder.ts'

/** A document as it is sent to the core. */
export type SentDocument = { name: string; base64: string }

/** Reads a document; throws AppError for what is no file, cannot be read or is too large. */
export async function readFileForRun(path: string): Promise<SentDocument> {
  const bytes = await readGiven(path)
  return { name: basename(path), base64: bytes.toString('base64') }
}

/** Why a document cannot serve, for people; undefined when it can. */
export async function documentFault(path: string): Promise<string | undefined> {
  try {
    await readDocument(basename(path), await readGiven(path))
    return undefined
  } catch (error) {
    const { message, hint } = AppError.from(error)
    return hint ? `${message} ${hint}` : message
  }
}

/** The bytes of a document; throws AppError for what is no file, cannot be read or is too large. */
export async function readGiven(path: string): Promise<Buffer> {
  await checkGiven(path)
  return readFile(path).catch((cause: unknown) => {
    throw new AppError('unavailable', `${path} cannot be read: ${(cause as Error).message}.`, {
      hint: 'Check its permissions.',
      cause,
    })
  })
}

/** Throws AppError for what is no file or is too large; nothing is read. */
export async function checkGiven(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new AppError('not-found', `There is no file ${path}.`, { hint: 'Check the path.' })
  if (!found.isFile())
    throw new AppError('invalid', `${path} is not a file.`, { hint: 'Give the document itself.' })
  if (found.size > maximumDocumentBytes)
    throw new AppError(
      'invalid',
      `${path} has ${Math.ceil(found.size / 2 ** 20)} MB, and a document may have at most ${maximumDocumentBytes / 2 ** 20} MB.`,
      { hint: 'Split it, or give only the part that says what to build.' },
    )
}

/** Makes the workspace where it is missing, and starts something in it; what was made is taken away again when that fails. */
export async function inWorkspace<T>(path: string, start: (workspace: string) => Promise<T>): Promise<T> {
  const folder = resolve(path)
  const first = makeWorkspace(folder)
  const undo = () => {
    if (first !== undefined) removeEmpty(folder, first)
  }
  process.once('exit', undo)
  try {
    return await start(folder)
  } catch (error) {
    undo()
    throw error
  } finally {
    process.off('exit', undo)
  }
}

function makeWorkspace(folder: string): string | undefined {
  try {
    return makeFolder(folder)
  } catch (cause) {
    throw new AppError('invalid', `The workspace ${folder} cannot be made: ${(cause as Error).message}.`, {
      hint: 'Choose another folder with --workspace.',
      cause,
    })
  }
}

/** Takes folders away from the innermost to the outermost, as far as nothing is in them. */
function removeEmpty(innermost: string, outermost: string): void {
  try {
    rmdirSync(innermost)
  } catch {
    return
  }
  if (innermost !== outermost) removeEmpty(dirname(innermost), outermost)
}
