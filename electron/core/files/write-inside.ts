import { basename, dirname, join } from 'node:path/posix'
import { join as joinNative } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { explainFileError } from './file-errors.ts'
import { enterFolder, openFolder, type Folder } from './folder.ts'
import { checkPath } from './path-rules.ts'
import { removeAbandoned, replaceFile, syncFolder } from './write-atomic.ts'

/** A file of a workspace as it is to be, under a path relative to the root. */
export type FileToWrite = { readonly path: string; readonly bytes: Uint8Array }
/** A folder that files are written to, and the folders above it that have new names in them. */
type Way = { readonly folder: Folder; readonly above: readonly string[] }

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

async function writeSome(
  root: string,
  files: readonly FileToWrite[],
): Promise<PromiseSettledResult<void>[]> {
  const ways = new Map<string, Promise<Way>>()
  const wayOf = (folder: string) => {
    const way = ways.get(folder) ?? openWay(root, folder)
    ways.set(folder, way)
    return way
  }
  const writes = files.map(async ({ path: given, bytes }) => {
    const path = checkPath(given)
    try {
      const { folder } = await wayOf(dirname(path))
      const beforeRename = () => folder.checkInside()
      await replaceFile(joinNative(folder.path, basename(path)), bytes, { name: path, beforeRename })
      return dirname(path)
    } catch (error) {
      throw error instanceof NoFolder ? error.blocking(path) : explainFileError(error, `write ${path}`)
    }
  })
  await Promise.allSettled(writes)
  const ends = new Map([...ways].map(([folder, way]) => [folder, endWay(way)]))
  const results = writes.map(async (write, index) => {
    const error = await ends.get(await write)
    if (error) throw explainFileError(error, `write ${files[index]!.path}`)
  })
  const settled = await Promise.allSettled(results)
  await Promise.all(ends.values())
  return settled
}

/** Makes the folders of a way as needed. No link below the root is followed. */
async function openWay(root: string, way: string): Promise<Way> {
  const above: string[] = []
  let folder = await openFolder(root, root)
  try {
    let at = ''
    for (const segment of way === '.' ? [] : way.split('/')) {
      const parent = folder
      const here = join(at, segment)
      const entered = await enterFolder(root, parent, segment, (kind) => new NoFolder(here, kind))
      folder = entered.folder
      if (entered.isNew) above.push(joinNative(root, at))
      at = here
      await parent.close()
    }
    await removeAbandoned(folder.path)
    return { folder, above }
  } catch (error) {
    await folder.close()
    throw error
  }
}

/** Makes every new name on a way durable, and lets go of it; resolves with what kept it from that. */
async function endWay(way: Promise<Way>): Promise<unknown> {
  try {
    const { folder, above } = await way
    try {
      const synced = await Promise.allSettled([folder.path, ...above].map(syncFolder))
      const failed = synced.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    } finally {
      await folder.close()
    }
  } catch (error) {
    return error
  }
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
