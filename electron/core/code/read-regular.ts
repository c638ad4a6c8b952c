import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { describeKind, errorCode, explainFileError } from '../files/file-errors.ts'
import { isInside, locate } from '../files/folder.ts'

// Not to wait for the other end of a pipe, should one be put there between the look and the opening.
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

/** Why a file of the workspace was not read, in words that go after its name. */
export class Unread extends Error {}

/**
 * Gives what `use` makes of a plain file of the workspace, opened without following a link anywhere on its way; `root`
 * is canonical, `path` is below it. Throws `Unread` for anything else that lies there, also when it was put there meanwhile.
 */
export async function withRegular<T>(
  root: string,
  path: string,
  use: (file: FileHandle, bytes: number) => Promise<T>,
): Promise<T> {
  const place = join(root, path)
  if (!isInside(root, place)) throw new Unread('lies outside the workspace')
  const file = await open(place, READ).catch((error: unknown) => {
    throw new Unread(readFault(error))
  })
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Unread(`is ${describeKind(stats)}`)
    // A folder on the way may have become a link, inside the workspace or out of it.
    if (locate(file.fd, place) !== place) throw new Unread(changedMeanwhile)
    return await use(file, stats.size)
  } catch (error) {
    throw error instanceof Unread ? error : new Unread(readFault(error))
  } finally {
    await file.close()
  }
}

/** The bytes of a plain file of the workspace, at most so many; throws `Unread` where it is longer or not to be read. */
export const readRegular = (root: string, path: string, longest: number): Promise<Buffer> =>
  withRegular(root, path, async (file, size) => {
    if (size > longest) throw new Unread(tooLarge(size, longest))
    // One byte more, so that a file that grows meanwhile is noticed.
    const buffer = Buffer.alloc(size + 1)
    let length = 0
    for (let isMore = true; isMore;) {
      const wanted = buffer.length - length
      const { bytesRead } = await file.read(buffer, length, wanted, length)
      length += bytesRead
      // Less than was asked for is the end of a plain file.
      isMore = bytesRead === wanted && wanted > 0
    }
    if (length !== size) throw new Unread(changedMeanwhile)
    return buffer.subarray(0, size)
  })

/** What a fault of the file system means for the one who looks for a file's content. */
export function readFault(error: unknown): string {
  const code = errorCode(error) ?? ''
  if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return changedMeanwhile
  if (['EACCES', 'EPERM'].includes(code)) return 'may not be read: the system does not permit it'
  return explainFileError(error, 'read it').message.replace(/^C/, 'c').replace(/\.$/, '')
}

/** Says how large a file is, and how large one may be. */
export const tooLarge = (bytes: number, longest: number): string =>
  `is too large: ${Math.ceil(bytes / 1024).toLocaleString('en-US')} KB, and at most ${longest / 1024} KB are read of one file`

/** Why a file was not read that another program moved or changed at that moment. */
export const changedMeanwhile = 'was changed or went away while it was read'
