import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, errorCode, explainFileError } from './file-errors.ts'

const NEW_FILE_MODE = 0o644
// Windows has no such flag; there the random name and O_EXCL do alone.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW

// All but the sync itself is done at once, in the system's memory: a thread would take several times as long for it.
const sync = promisify(fsync)

/** What a caller may add to an atomic write. */
export interface AtomicWriteOptions {
  /** What messages call the file; the path otherwise. */
  readonly name?: string
  /** Runs when the bytes are on disk and before they take their place; what it throws stops the write. */
  readonly beforeRename?: () => Promise<void> | void
}

/**
 * Puts the bytes in place of a file, whole and durably, or leaves what was there untouched and throws an AppError.
 * A link, folder, pipe or device is never replaced (`conflict`); another hard link to the file keeps its bytes.
 */
export async function writeAtomic(
  path: string,
  bytes: Uint8Array,
  options: AtomicWriteOptions = {},
): Promise<void> {
  try {
    removeAbandoned(dirname(path))
    await replaceFile(path, bytes, options)
    await syncFolder(dirname(path))
  } catch (error) {
    throw explainFileError(error, `write ${options.name ?? path}`)
  }
}

/** The same for one of several files of a folder, which is the caller's to clear before and to sync afterwards. */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  { name = path, beforeRename }: AtomicWriteOptions,
): Promise<void> {
  const mode = replaceableMode(path, name)
  const temporary = join(dirname(path), `.paddock-${process.pid}-${randomBytes(8).toString('hex')}.tmp`)
  // Never more open than the file that it is to replace.
  const file = openSync(temporary, CREATE, mode === null ? NEW_FILE_MODE : 0o600)
  try {
    await fill(file, bytes, mode)
    await beforeRename?.()
    renameSync(temporary, path)
  } catch (error) {
    removeQuietly(temporary)
    throw error
  }
}

const temporaryName = /^\.paddock-(\d+)-[0-9a-f]{16}\.tmp$/

/** Clears a folder of what writes of dead processes have left there: a crash between write and rename. */
export function removeAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, pid] = temporaryName.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) removeQuietly(join(folder, name))
  }
}

/** A folder that cannot be listed may still be written to. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path)
  } catch {
    // What is left is cleared away by a later write.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** Makes new names in a folder durable, where the system knows of such a thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await syncNames(folder)
  } finally {
    closeSync(folder)
  }
}

/** The same for a folder that is open under this number. */
export async function syncNames(folder: number): Promise<void> {
  if (process.platform === 'win32') return
  try {
    await sync(folder)
  } catch (error) {
    // Some network file systems cannot do it, and lose nothing by it.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error
  }
}

/** Returns what lies at a path, a link itself rather than its target; null where there is nothing. */
export function lstatOrNull(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}

function replaceableMode(path: string, name: string): number | null {
  const stats = lstatOrNull(path)
  if (!stats) return null
  if (!stats.isFile()) {
    throw new AppError('conflict', `Could not write ${name}: there is ${describeKind(stats)} of that name.`, {
      hint: 'Move it away or choose another name. Paddock replaces ordinary files only.',
    })
  }
  // A rename would not mind, but whoever made the file read-only would.
  if ((stats.mode & 0o222) === 0) {
    throw new AppError('unavailable', `Could not write ${name}: it is read-only.`, {
      hint: 'Permit writing to that file, then try again.',
    })
  }
  accessSync(path, constants.W_OK)
  return stats.mode & 0o777
}

async function fill(file: number, bytes: Uint8Array, mode: number | null): Promise<void> {
  try {
    writeFileSync(file, bytes)
    if (mode !== null) fchmodSync(file, mode)
    await sync(file)
  } finally {
    closeSync(file)
  }
}
