import { basename, dirname } from 'node:path/posix'
import { join as joinNative } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { explainFileError } from './file-errors.ts'
import { enterFolder, openFolder, type Folder } from './folder.ts'
import { checkPath } from './path-rules.ts'
import { removeAbandoned, replaceFile } from './write-atomic.ts'

/** A file of a workspace as it is to be, under a path relative to the root. */
export type FileToWrite = { readonly path: string; readonly bytes: Uint8Array }
/** A folder on the way to a file, held open; `parent` is null for the root. */
type Way = { readonly folder: Folder; readonly isNew: boolean; readonly parent: Way | null }

/** Files that are open at once, at most. */
const together = 64

/**
 * Writes files below a root, each whole and durable or not at all; says what became of each, in their order. Folders are
 * opened, cleared and synced once for all of their files. What a file is rejected with is an AppError.
 */
export async function writeInside(
  root: string,
  files: readonly FileToWrite[],
): Promise<PromiseSettledResult<void>[]> {
  const results: PromiseSettledResult<void>[] = []
  for (let from = 0; from < files.length; from += together)
    results.push(...(await writeSome(root, files.slice(from, from + together))))
  return results
}

async function writeSome(root: string, files: readonly FileToWrite[]): Promise<PromiseSettledResult<void>[]> {
  const ways = new Map<string, Way>()
  /** Makes folders as needed. No link below the root is followed. */
  const wayOf = (path: string): Way => {
    const known = ways.get(path)
    if (known) return known
    const way = path === '.' ? openRoot(root) : enterWay(root, wayOf(dirname(path)), path)
    ways.set(path, way)
    return way
  }
  const cleared = new Set<Way>()
  const writes = files.map(async ({ path: given, bytes }) => {
    const path = checkPath(given)
    try {
      const way = wayOf(dirname(path))
      const { folder, isNew } = way
      if (!isNew && !cleared.has(way)) removeAbandoned(folder.path)
      cleared.add(way)
      const beforeRename = () => folder.checkInside()
      await replaceFile(joinNative(folder.path, basename(path)), bytes, { name: path, beforeRename })
      return way
    } catch (error) {
      throw error instanceof NoFolder ? error.blocking(path) : explainFileError(error, `write ${path}`)
    }
  })
  await Promise.allSettled(writes)
  const synced = new Map<Way, Promise<void>>()
  const syncOnce = (way: Way): Promise<void> => {
    const syncing = synced.get(way) ?? way.folder.sync()
    synced.set(way, syncing)
    return syncing
  }
  const results = await Promise.allSettled(
    writes.map(async (write, index) => {
      try {
        await Promise.all(withNewNames(await write).map(syncOnce))
      } catch (error) {
        throw explainFileError(error, `write ${files[index]!.path}`)
      }
    }),
  )
  await Promise.allSettled(synced.values())
  for (const { folder } of ways.values()) closeQuietly(folder)
  return results
}

function openRoot(root: string): Way {
  return { folder: openFolder(root, root), isNew: false, parent: null }
}

function enterWay(root: string, parent: Way, path: string): Way {
  const clash = (kind: string) => new NoFolder(path, kind)
  return { ...enterFolder(root, parent.folder, basename(path), clash), parent }
}

/** Everything is on disk by then. */
function closeQuietly(folder: Folder): void {
  try {
    folder.close()
  } catch {
    // What closing says does not matter any more.
  }
}

/** The folders in which writing a file made names: its own, and those above new ones. */
function withNewNames(way: Way): Way[] {
  const found = [way]
  for (let at = way; at.parent; at = at.parent) if (at.isNew) found.push(at.parent)
  return found
}

/** Something else lies where a folder should be. */
class NoFolder extends Error {
  readonly #way: string
  readonly #kind: string

  constructor(way: string, kind: string) {
    super(`${way} is ${kind}`)
    this.#way = way
    this.#kind = kind
  }

  blocking(path: string): AppError {
    return new AppError('conflict', `Could not write ${path}: ${this.#way} is ${this.#kind}, not a folder.`, {
      hint: 'Move it away or choose another name. Paddock writes to real folders only.',
    })
  }
}
