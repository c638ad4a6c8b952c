import { constants, existsSync, readlinkSync } from 'node:fs'
import { type FileHandle, mkdir, open, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, errorCode } from './file-errors.ts'
import { lstatOrNull } from './write-atomic.ts'

// Windows has neither flag; there the look at the kind before and at the place after do alone.
const OPEN_FOLDER = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0)

/**
 * A real folder held open at or below a root. On Linux a name joined to `path` stays in this very folder, whatever
 * others put in its place meanwhile; elsewhere `checkInside` tells afterwards.
 */
export interface Folder {
  readonly path: string
  /** Throws AppError `conflict` when the folder no longer lies in the root. */
  checkInside(): Promise<void>
  close(): Promise<void>
}

/** Opens a folder that must lie in the root; never follows a link at its last part. */
export async function openFolder(root: string, path: string): Promise<Folder> {
  const handle = await open(path, OPEN_FOLDER)
  const folder = {
    path: pinnedPath(handle) ?? path,
    async checkInside() {
      if (isInside(root, await locate(handle, path))) return
      throw new AppError('conflict', `A folder on the way leads out of the workspace ${root}.`, {
        hint: 'Another program changes these folders. Wait until it has ended, then try again.',
      })
    },
    close: () => handle.close(),
  }
  try {
    await folder.checkInside()
    return folder
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Opens the folder of that name, made where there is none; throws `clash` where anything but a real folder lies. The name
 * of a new one is the caller's to make durable in `parent`.
 */
export async function enterFolder(
  root: string,
  parent: Folder,
  name: string,
  clash: (kind: string) => Error,
): Promise<{ folder: Folder; isNew: boolean }> {
  const path = join(parent.path, name)
  const stats = await lstatOrNull(path)
  if (!stats) await makeFolder(path)
  else if (!stats.isDirectory()) throw clash(describeKind(stats))
  return { folder: await openFolder(root, path), isNew: !stats }
}

/** Whether a canonical path is the root or lies below it. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return isAbsolute(path) && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}

/** Where an open file or folder really lies now; `path` is what it was opened by. */
export async function locate(handle: FileHandle, path: string): Promise<string> {
  const pinned = pinnedPath(handle)
  // No disk is asked for this.
  return pinned ? readlinkSync(pinned) : realpath(path)
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    // Made by another write meanwhile, or a link put in its place: opening it tells.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

// Linux offers the open file itself under this name: Node has no openat.
const canPin = process.platform === 'linux' && existsSync('/proc/self/fd')

const pinnedPath = (handle: FileHandle): string | null => (canPin ? `/proc/self/fd/${handle.fd}` : null)
