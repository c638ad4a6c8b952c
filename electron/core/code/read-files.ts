import { setImmediate } from 'node:timers/promises'
import type { LeftOut } from '../../../shared/code.ts'
import { counted } from '../../../shared/counted.ts'
import { codeKinds, natureOf, type Nature } from './code-kind.ts'
import { findDefinition } from './find-definitions.ts'
import { findImports } from './find-imports.ts'
import { findMentions, mentionOf, type Mention, type Mentions } from './find-mentions.ts'
import { inSlices, inTurns } from './in-turns.ts'
import { inspectCode } from './inspect-code.ts'
import { limits } from './limits.ts'
import type { Candidate } from './rank-code.ts'
import { readRegular, Unread } from './read-regular.ts'
import type { FoundFile } from './walk-workspace.ts'

/** A file that can be given to a run: its bytes, and what its text says. */
export type ReadFile = Candidate & { readonly content: Uint8Array; readonly tokens: number }

type Search = {
  /** The requirement and the documents. */
  readonly about: string
  readonly isIncluded: (path: string) => boolean
  readonly estimate: (text: string) => number
}
type Outcome = ReadFile | { readonly is: 'refused' | 'ordinary'; readonly left: LeftOut }
type Sought = FoundFile & { readonly mention: Mention | null; readonly nature: Nature }

const filesAtOnce = 8

/** Reads and understands files, each once and within the bound for all of them; `root` is canonical. */
export async function readFiles(
  root: string,
  found: readonly FoundFile[],
  search: Search,
  signal: AbortSignal,
): Promise<{ files: ReadFile[]; notes: LeftOut[]; refused: LeftOut[]; ordinary: LeftOut[] }> {
  const mentions = findMentions(search.about)
  const describe = (file: FoundFile) => ({
    ...file,
    mention: mentionOf(file.path, mentions),
    nature: natureOf(file.path),
  })
  const { within, notes } = boundTotal(await inSlices(found, describe, signal))
  const paths = new Set(within.map(({ path }) => path))
  const readNext = async (file: Sought) => {
    const outcome = await readOne(root, file, { ...search, mentions, has: (path) => paths.has(path) })
    // Others want to work too.
    await setImmediate()
    return outcome
  }
  const outcomes = await inTurns(within, filesAtOnce, readNext, signal)
  const leftOut = outcomes.filter((one) => 'left' in one)
  return {
    files: outcomes.filter((one) => 'content' in one),
    notes,
    refused: leftOut.filter(({ is }) => is === 'refused').map(({ left }) => left),
    ordinary: leftOut.filter(({ is }) => is === 'ordinary').map(({ left }) => left),
  }
}

const hows = ['path', 'name', 'code', 'word', undefined]

/** What is read at all, the most promising names first: a workspace may hold more than memory should. */
function boundTotal(files: readonly Sought[]): { within: Sought[]; notes: LeftOut[] } {
  const promise = ({ mention, nature }: Sought) =>
    hows.indexOf(mention?.how) * codeKinds.length + codeKinds.indexOf(nature.kind)
  const sorted = files.map((file) => ({ file, promise: promise(file) })).sort(byPromise)
  let room: number = limits.totalBytes
  const within = sorted.flatMap(({ file }) => {
    if (file.bytes > room) return []
    room -= file.bytes
    return [file]
  })
  const left = files.length - within.length
  const reason = `holds more than the ${limits.totalBytes / 1024 / 1024} MB that are read; ${counted(left, 'file was', 'files were')} not looked into`
  return { within, notes: left > 0 ? [{ path: '.', reason }] : [] }
}

type Promising = { readonly file: Sought; readonly promise: number }
const byPromise = (one: Promising, other: Promising) =>
  one.promise - other.promise ||
  one.file.bytes - other.file.bytes ||
  (one.file.path < other.file.path ? -1 : 1)

type Reading = Search & { readonly mentions: Mentions; readonly has: (path: string) => boolean }

async function readOne(root: string, { path, mention, nature }: Sought, reading: Reading): Promise<Outcome> {
  const { about, mentions, has, isIncluded, estimate } = reading
  try {
    const content = await readRegular(root, path, limits.fileBytes)
    const inspected = inspectCode(content)
    if ('reason' in inspected) return { is: inspected.is, left: { path, reason: inspected.reason } }
    const { text } = inspected
    if (nature.kind === 'document' && isPartOf(about, text))
      return { is: 'ordinary', left: { path, reason: 'is one of the documents of this run' } }
    return {
      ...{ path, content, mention, nature, bytes: content.length, tokens: estimate(text) },
      isIncluded: isIncluded(path),
      defines: findDefinition(text, mentions.identifiers),
      imports: findImports(path, text, has),
    }
  } catch (error) {
    if (error instanceof Unread) return { is: 'refused', left: { path, reason: error.message } }
    throw error
  }
}

/** Shorter ones could stand in any document. */
const shortestDocument = 100

function isPartOf(about: string, text: string): boolean {
  const trimmed = text.replaceAll('\r\n', '\n').trim()
  return trimmed.length >= shortestDocument && about.includes(trimmed)
}
