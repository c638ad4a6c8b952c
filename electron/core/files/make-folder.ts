import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it that are missing; returns the outermost that was made, undefined where it was there.
 * Node's own `recursive` never ends where a file system, such as /proc, denies that there can be one.
 */
export function makeFolder(path: string, mode?: number): string | undefined {
  const folder = resolve(path)
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at)
  for (const one of missing) {
    try {
      mkdirSync(one, mode)
    } catch (error) {
      // Somebody else was quicker.
      if (!existsSync(one)) throw error
    }
  }
  // A file in its place is for the caller to find, as with `recursive`.
  if (missing.length === 0) mkdirSync(folder, { recursive: true })
  return missing[0]
}
