import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AppError } from '../../../shared/errors.ts'

/** Proof that a process lives: a file lock that the system itself drops at its death, on every platform. */
export type Owner = { readonly id: string; isAlive(id: string): boolean; stop(): void }

/** Locks a file of this process in the folder; removes those that the dead have left. */
export function createOwner(folder: string): Owner {
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(folder)) {
    const path = join(folder, file)
    // A young file may be that of a process which is about to lock it.
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found || Date.now() - found.mtimeMs < 60_000) continue
    removeAbandoned(path)
  }
  const id = randomUUID()
  const lock = tryLock(join(folder, id), 1000)
  if (!lock)
    throw new AppError(
      'unavailable',
      `The lock file ${join(folder, id)} of the data folder cannot be locked.`,
      {
        hint: 'Set PADDOCK_DATA_DIR to a folder on a disk of this machine.',
      },
    )
  return {
    id,
    isAlive(other) {
      if (other === id) return true
      if (!existsSync(join(folder, other))) return false
      // Long enough to outlast another process that only asks the same question.
      try {
        const free = tryLock(join(folder, other), 50)
        free?.close()
        return free === null
      } catch (error) {
        // It ended while it was being asked after.
        if (!existsSync(join(folder, other))) return false
        throw error
      }
    },
    stop() {
      lock.close()
      rmSync(join(folder, id), { force: true })
    },
  }
}

/** Removes a lock file that nobody holds; another process may be doing the same. */
function removeAbandoned(path: string): void {
  try {
    const lock = tryLock(path, 0)
    if (!lock) return
    lock.close()
    rmSync(path, { force: true })
  } catch (error) {
    if (existsSync(path)) throw error
  }
}

/** An exclusive lock on a file, without side files, until it is closed; null where another process holds it. */
export function tryLock(path: string, timeout: number): DatabaseSync | null {
  const database = new DatabaseSync(path, { timeout })
  try {
    database.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null
    throw error
  }
}

const sqliteBusy = 5
