import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs'
import { lstat, open, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, errorCode, explainFileError } from './file-errors.ts'
import { isInside, locate } from './folder.ts'
import { makeFolder } from './make-folder.ts'
import { checkPath } from './path-rules.ts'
import { lstatOrNull } from './write-atomic.ts'
import { writeInside, type FileToWrite } from './write-inside.ts'

// Not to wait for the other end of a pipe, should one be put there between the look and the opening.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/**
 * The one way to a person's files: every path is checked, and nothing outside the root is read or written, whatever
 * links say; on Linux also while another program swaps folders for links. Nothing is ever deleted.
 */
export interface Workspace {
  /** Canonical: absolute and free of links. */
  readonly root: string
  /** Null where there is no such file. Links that stay inside are followed. Throws an AppError for all but a file. */
  read(path: string): Promise<Buffer | null>
  /** Makes folders as needed; whole and durable, or not at all. No link below the root is followed. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** The same for many files at once, in far less time; what became of each, in their order. */
  writeAll(files: readonly FileToWrite[]): Promise<PromiseSettledResult<void>[]>
}

/** Opens a folder as a workspace; AppError `not-found` where there is none, `invalid` where it cannot serve as one. */
export async function openWorkspace(root: string, options: { create?: boolean } = {}): Promise<Workspace> {
  if (root === '') {
    throw new AppError('invalid', 'No folder was given as the workspace.', { hint: 'Choose a folder.' })
  }
  const path = resolve(root)
  try {
    if (options.create) makeFolder(path)
    const canonical = realpathSync.native(path)
    if (!statSync(canonical).isDirectory()) throw noFolder(path)
    accessSync(canonical, constants.R_OK | constants.W_OK | constants.X_OK)
    return {
      root: canonical,
      read: async (file) => readInside(canonical, checkPath(file)),
      async write(path, bytes) {
        const [result] = await writeInside(canonical, [{ path, bytes }])
        if (result?.status === 'rejected') throw result.reason
      },
      writeAll: (files) => writeInside(canonical, files),
    }
  } catch (error) {
    throw explainRoot(error, path)
  }
}

async function readInside(root: string, path: string): Promise<Buffer | null> {
  const place = join(root, path)
  try {
    // Most are not there: to look is far cheaper than a failed call.
    if (!lstatSync(place, { throwIfNoEntry: false })) return null
    const real = await realpath(place)
    checkReadable(path, isInside(root, real), describeKind(await lstat(real)))
    const file = await open(real, READ)
    try {
      // Once more on what was really opened: folders can be swapped between the look and the opening.
      const inside = isInside(root, locate(file.fd, real))
      checkReadable(path, inside, describeKind(await file.stat()))
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')
    if (!isMissing) throw explainFileError(error, `read ${path}`)
    refuseDanglingLink(place, path)
    return null
  }
}

function checkReadable(path: string, inside: boolean, kind: string): void {
  if (!inside) {
    throw new AppError('conflict', `Could not read ${path}: a link leads out of the workspace.`, {
      hint: 'Replace the link with a real file or folder.',
    })
  }
  if (kind !== 'a file') {
    throw new AppError('conflict', `Could not read ${path}: it is ${kind}, not a file.`, {
      hint: 'Choose another name, or move away what lies there.',
    })
  }
}

function refuseDanglingLink(place: string, path: string): void {
  if (!isLink(place)) return
  throw new AppError('conflict', `Could not read ${path}: it is a link that leads nowhere.`, {
    hint: 'Replace the link with a real file.',
  })
}

function isLink(place: string): boolean {
  try {
    return lstatOrNull(place)?.isSymbolicLink() ?? false
  } catch {
    return false
  }
}

function noFolder(path: string): AppError {
  return new AppError('invalid', `${path} is not a folder.`, { hint: 'Choose a folder as the workspace.' })
}

function explainRoot(error: unknown, path: string): AppError {
  switch (errorCode(error)) {
    case 'ENOENT':
      return new AppError('not-found', `There is no folder ${path}.`, {
        hint: 'Check the spelling, or make the folder first.',
        cause: error,
      })
    case 'EEXIST':
    case 'ENOTDIR':
      return noFolder(path)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('invalid', `Paddock may not write to the folder ${path}.`, {
        hint: 'Choose a folder of your own, or permit writing there.',
        cause: error,
      })
    default:
      return explainFileError(error, `open the folder ${path}`)
  }
}
