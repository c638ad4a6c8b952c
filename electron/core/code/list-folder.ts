import type { Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { describeKind } from '../files/file-errors.ts'
import { openFolder } from '../files/folder.ts'
import { inTurns, throwIfCancelled } from './in-turns.ts'
import { changedMeanwhile, readFault } from './read-regular.ts'

/** What lies in a folder under a name: "a file", "a folder", "a symbolic link"; the size counts for files only. */
export type Entry = { readonly name: string; readonly kind: string; readonly bytes: number }

/** A folder's entries in the order of their names; `isCut` where there are more than were asked for. */
export type Listing = { readonly entries: readonly Entry[]; readonly isCut: boolean }

const atOnce = 16

/**
 * Lists at most so many entries of a folder at or below a root, without following a link; a text says why it could not.
 * Throws AppError `cancelled` only.
 */
export async function listFolder(
  root: string,
  path: string,
  most: number,
  signal: AbortSignal,
): Promise<Listing | string> {
  try {
    const folder = openFolder(root, join(root, path))
    try {
      const found = await readNames(folder.path, most, signal)
      const entries = await inTurns(
        found.slice(0, most),
        atOnce,
        (entry) => describeEntry(folder.path, entry),
        signal,
      )
      return {
        entries: entries
          .filter((entry) => entry !== null)
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
        isCut: found.length > most,
      }
    } finally {
      folder.close()
    }
  } catch (error) {
    if (!(error instanceof AppError)) return readFault(error)
    if (error.code === 'cancelled') throw error
    return changedMeanwhile
  }
}

// A folder can have millions of entries: they are not all held in memory to be counted.
async function readNames(place: string, most: number, signal: AbortSignal): Promise<Dirent[]> {
  const found: Dirent[] = []
  for await (const entry of await opendir(place, { bufferSize: 256 })) {
    throwIfCancelled(signal)
    found.push(entry)
    if (found.length > most) break
  }
  return found
}

async function describeEntry(place: string, entry: Dirent): Promise<Entry | null> {
  const { name } = entry
  if (entry.isDirectory()) return { name, kind: 'a folder', bytes: 0 }
  const stats = await lstat(join(place, name)).catch(() => null)
  // A name that is no text cannot be looked up as one; any other is gone again since it was listed.
  if (!stats && name.includes('\ufffd')) return { name, kind: 'a file', bytes: 0 }
  return stats && { name, kind: describeKind(stats), bytes: stats.size }
}
