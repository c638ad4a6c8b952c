import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made: string[] = []

// Not sooner: next to files that were deleted in the last minutes ext4 takes up to forty times as long to make new ones.
process.once('exit', () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** Runs something with a folder of its own that is gone when the bench has ended. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-bench-'))
  made.push(folder)
  return work(folder)
}
