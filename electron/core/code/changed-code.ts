import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { inTurns } from './in-turns.ts'
import { Unread, withRegular } from './read-regular.ts'

type Known = { readonly path: string; readonly hash: string }

const filesAtOnce = 8

/** Those of some files of a workspace whose bytes are others now; null: gone, or no plain file that may be read any more. */
export async function changedCode(
  files: readonly Known[],
  root: string,
): Promise<{ path: string; hash: string | null }[]> {
  const place = await realpath(root).catch(() => null)
  const now = await inTurns(files, filesAtOnce, async ({ path }) => ({
    path,
    hash: place === null ? null : await hashNow(place, path),
  }))
  return now.filter(({ hash }, index) => hash !== files[index]!.hash)
}

async function hashNow(root: string, path: string): Promise<string | null> {
  try {
    return await withRegular(root, path, async (file, bytes) => {
      const hash = createHash('sha256')
      // No further than it reached when it was opened: a file may grow for ever.
      const end = Math.max(0, bytes - 1)
      for await (const part of file.createReadStream({ autoClose: false, end })) hash.update(part as Buffer)
      return hash.digest('hex')
    })
  } catch (error) {
    if (error instanceof Unread) return null
    throw error
  }
}
