import type { CodeInput, LeftOut } from '../../../shared/code.ts'
import { openWorkspace } from '../files/workspace.ts'
import { blobOf, type Blob } from '../store/ledger.ts'
import { fitCode } from './fit-code.ts'
import { createIncludeGlobs } from './include-globs.ts'
import { throwIfCancelled } from './in-turns.ts'
import { limits } from './limits.ts'
import { partTwins } from './part-twins.ts'
import { rankCode } from './rank-code.ts'
import { readFiles } from './read-files.ts'
import { showName } from './show-name.ts'
import { walkWorkspace } from './walk-workspace.ts'

type Wanted = {
  /** Globs; none: every file. */
  readonly include: readonly string[]
  /** The requirement and the documents: files that they name come first. */
  readonly about: string
  /** Tokens for all code together; null where there is no limit. */
  readonly budget: number | null
  readonly estimate: (text: string) => number
}

/**
 * Chooses the code of a workspace that a run is given: what fits of it, the most wanted first, and what was left out.
 * Links are never followed and files that may hold secrets never opened. Throws AppError `cancelled` on the signal,
 * `invalid` for a glob that is none, and what `openWorkspace` throws.
 */
export async function readCode(
  root: string,
  { include, about, budget, estimate }: Wanted,
  signal: AbortSignal,
): Promise<{ code: CodeInput; blobs: Blob[] }> {
  const globs = createIncludeGlobs(include)
  const place = (await openWorkspace(root)).root
  const walk = await walkWorkspace(place, globs, signal)
  const { unique, twins } = partTwins(walk.files)
  const read = await readFiles(place, unique, { about, estimate, isIncluded: globs.names }, signal)
  const ranked = rankCode(read.files).map(({ file, why }) => ({ ...file, why }))
  throwIfCancelled(signal)
  const { taken, leftOut } = fitCode(ranked, budget)

  const blobs = taken.map(({ content }) => blobOf(content))
  const files = taken.map(({ path, bytes, tokens, why }, index) => ({
    path,
    hash: blobs[index]!.hash,
    bytes,
    tokens,
    why,
  }))
  const idle = globs.idle(walk.files.map(({ path }) => path))
  const left_out = shorten({
    notes: [...idle.map((path) => ({ path, reason: noSuchFile })), ...walk.notes, ...read.notes],
    roomless: leftOut,
    refused: [...walk.refused, ...twins, ...read.refused],
    ordinary: [...read.ordinary, ...walk.ordinary],
  })
  return { code: { files, left_out }, blobs }
}

const noSuchFile = 'no file that may be read has such a name'

type Reasons = Readonly<Record<'notes' | 'roomless' | 'refused' | 'ordinary', readonly LeftOut[]>>

/** As many lines as are worth reading, with some of every kind that matters; a last one counts the rest. */
function shorten({ notes, roomless, refused, ordinary }: Reasons): LeftOut[] {
  const half = Math.floor(limits.leftOut / 2)
  const all = [...notes, ...roomless.slice(0, half), ...refused, ...roomless.slice(half), ...ordinary]
  const shown = all.slice(0, limits.leftOut).map(({ path, reason }) => ({ path: showName(path), reason }))
  const more = all.length - shown.length
  if (more === 0) return shown
  return [...shown, { path: '...', reason: `${more.toLocaleString('en-US')} more were left out` }]
}
