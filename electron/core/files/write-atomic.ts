import { randomBytes } from 'node:crypto'
import { constants, lstatSync, type Stats } from 'node:fs'
import { access, type FileHandle, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, errorCode, explainFileError } from './file-errors.ts'

const NEW_FILE_MODE = 0o644
// Windows has no such flag; there the random name and O_EXCL do alone.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW

/** What a caller may add to an atomic write. */
export interface AtomicWriteOptions {
  /** What messages call the file; the path otherwise. */
  readonly name?: string
  /** Runs when the bytes are on disk and before they take their place; what it throws stops the write. */
  readonly beforeRename?: () => Promise<void>
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
    await removeAbandoned(dirname(path))
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
  const mode = await replaceableMode(path, name)
  const temporary = join(dirname(path), `.paddock-${process.pid}-${randomBytes(8).toString('hex')}.tmp`)
  // Never more open than the file that it is to replace.
  const file = await open(temporary, CREATE, mode === null ? NEW_FILE_MODE : 0o600)
  try {
    await fill(file, bytes, mode)
    await beforeRename?.()
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => {})
    throw error
  }
}

const temporaryName = /^\.paddock-(\d+)-[0-9a-f]{16}\.tmp$/

/** Clears a folder of what writes of dead processes have left there: a crash between write and rename. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid] = temporaryName.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) await unlink(join(folder, name)).catch(() => {})
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
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await folder.sync()
  } catch (error) {
    // Some network file systems cannot do it, and lose nothing by it.
    if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error
  } finally {
    await folder.close()
  }
}

/** Returns what lies at a path, a link itself rather than its target; null where there is nothing. */
export async function lstatOrNull(path: string): Promise<Stats | null> {
  // At once: for files that are not there, as most are, this takes a tenth of the time.
  return lstatSync(path, { throwIfNoEntry: false }) ?? null
}

async function replaceableMode(path: string, name: string): Promise<number | null> {
  const stats = await lstatOrNull(path)
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
  await access(path, constants.W_OK)
  return stats.mode & 0o777
}

async function fill(file: FileHandle, bytes: Uint8Array, mode: number | null): Promise<void> {
  try {
    await file.writeFile(bytes)
    if (mode !== null) await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}
