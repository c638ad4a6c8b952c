import { closeSync, constants, existsSync, mkdirSync, openSync, readlinkSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { describeKind, errorCode } from './file-errors.ts'
import { lstatOrNull, syncNames } from './write-atomic.ts'

// Windows has neither flag; there the look at the kind before and at the place after do alone.
const OPEN_FOLDER = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0)

/**
 * A real folder held open at or below a root. On Linux a name joined to `path` stays in this very folder, whatever
 * others put in its place meanwhile; elsewhere `checkInside` tells afterwards.
 */
export interface Folder {
  readonly path: string
  /** Throws AppError `conflict` when the folder no longer lies in the root. */
  checkInside(): void
  /** Makes new names in it durable. */
  sync(): Promise<void>
  close(): void
}

/** Opens a folder that must lie in the root; never follows a link at its last part. */
export function openFolder(root: string, path: string): Folder {
  const number = openSync(path, OPEN_FOLDER)
  const folder = {
    path: pinnedPath(number) ?? path,
    checkInside() {
      if (isInside(root, locate(number, path))) return
      throw new AppError('conflict', `A folder on the way leads out of the workspace ${root}.`, {
        hint: 'Another program changes these folders. Wait until it has ended, then try again.',
      })
    },
    sync: () => syncNames(number),
    close: () => closeSync(number),
  }
  try {
    folder.checkInside()
    return folder
  } catch (error) {
    closeSync(number)
    throw error
  }
}

/**
 * Opens the folder of that name, made where there is none; throws `clash` where anything but a real folder lies. The name
 * of a new one is the caller's to make durable in `parent`.
 */
export function enterFolder(
  root: string,
  parent: Folder,
  name: string,
  clash: (kind: string) => Error,
): { folder: Folder; isNew: boolean } {
  const path = join(parent.path, name)
  const stats = lstatOrNull(path)
  if (!stats) makeFolder(path)
  else if (!stats.isDirectory()) throw clash(describeKind(stats))
  return { folder: openFolder(root, path), isNew: !stats }
}

/** Whether a canonical path is the root or lies below it. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return isAbsolute(path) && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}

/** Where a file or folder that is open under a number really lies now; `path` is what it was opened by. */
export function locate(number: number, path: string): string {
  const pinned = pinnedPath(number)
  return pinned ? readlinkSync(pinned) : realpathSync.native(path)
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    // Made by another write meanwhile, or a link put in its place: opening it tells.
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

// Linux offers the open file itself under this name: Node has no openat.
const canPin = process.platform === 'linux' && existsSync('/proc/self/fd')

const pinnedPath = (number: number): string | null => (canPin ? `/proc/self/fd/${number}` : null)
