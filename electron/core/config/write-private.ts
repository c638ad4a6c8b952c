import { open } from 'node:fs/promises'
import { errorCode, explainFileError } from '../files/file-errors.ts'
import { writeAtomic } from '../files/write-atomic.ts'

/** Puts the bytes in place of a file as `writeAtomic` does; a new file can be read by its owner only, as it may hold a key. */
export async function writePrivate(path: string, bytes: Uint8Array): Promise<void> {
  // The rights of what is there stay. Should the process die in between, an empty file says the same as none.
  const made = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') return null
    throw explainFileError(error, `write ${path}`)
  })
  await made?.close()
  await writeAtomic(path, bytes)
}
