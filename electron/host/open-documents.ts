import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { counted } from '../../shared/counted.ts'
import type { DocumentBytes, OpenedDocuments } from '../../shared/host.ts'
import { describeKind, errorCode } from '../core/files/file-errors.ts'
import { createPageNews, type PageNews } from './page-news.ts'

/** How many documents a call takes at once. */
const most = 50

/** The documents that a program was started with: its arguments without options, as absolute paths. */
export function documentsIn(args: readonly string[], folder: string): string[] {
  return args.filter((arg) => arg !== '' && !arg.startsWith('-')).map((arg) => pathOf(arg, folder))
}

/** Desktops on Linux hand over addresses of files rather than paths. */
function pathOf(arg: string, folder: string): string {
  try {
    if (arg.startsWith('file:')) return fileURLToPath(arg)
  } catch {
    // It leads to another machine: told as a file that is not here.
  }
  return resolve(folder, arg)
}

/** The documents that a second instance of the program was started with, as it says; nothing where it says nonsense. */
export function givenBy(data: unknown): string[] {
  const { documents } = Object(data) as { documents?: unknown }
  return Array.isArray(documents) ? documents.filter((path) => typeof path === 'string') : []
}

/** Documents that wait for a page: `add` reads some and tells of them. */
export type Inbox = Omit<PageNews<OpenedDocuments>, 'tell'> & { add(paths: readonly string[]): Promise<void> }

/** Keeps what was opened with the app until there is a page to be told. */
export function createInbox(tell: (opened: OpenedDocuments) => void): Inbox {
  const { tell: tellPage, ...page } = createPageNews(tell)
  return {
    ...page,
    async add(paths) {
      if (paths.length > 0) tellPage(await readDocuments(paths))
    },
  }
}

/** Reads documents; what cannot be read is a sentence among the problems. Never rejects. */
export async function readDocuments(paths: readonly string[]): Promise<OpenedDocuments> {
  // Not before there is one: it brings along what recognises encodings.
  const { maximumDocumentBytes: largest } = await import('../core/documents/read-document.ts')
  const documents: DocumentBytes[] = []
  const problems: string[] = []
  for (const path of paths.slice(0, most)) {
    const read = await readOne(path, largest)
    if (typeof read === 'string') problems.push(`"${basename(path)}" was not added: ${read}`)
    else documents.push({ name: basename(path), base64: read.toString('base64') })
  }
  if (paths.length > most)
    problems.push(
      `${counted(paths.length - most, 'document was', 'documents were')} not added: at most ${most} are taken at once.`,
    )
  return { documents, problems }
}

/** The bytes, or why there are none. A pipe without a writer must not hold the app up. */
async function readOne(path: string, largest: number): Promise<Buffer | string> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return `it is ${describeKind(stats)}. Open the document itself.`
      if (stats.size > largest) return tooLarge(stats.size, largest)
      const bytes = await file.readFile()
      return bytes.length > largest ? tooLarge(bytes.length, largest) : bytes
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return 'there is no such file. Check its name.'
    return `it cannot be read (${code ?? 'unknown fault'}). Check its permissions.`
  }
}

const tooLarge = (bytes: number, largest: number): string =>
  `it has ${inMegabytes(bytes)} MB, and a document may have at most ${inMegabytes(largest)} MB. Open only the part that says what to build.`

/** Rounded up, so that a document over the limit never shows as equal to it. */
const inMegabytes = (bytes: number): number => Math.ceil((bytes / 2 ** 20) * 10) / 10
