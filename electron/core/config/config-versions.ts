import { mkdir, readdir, readFile, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { errorCode, explainFileError } from '../files/file-errors.ts'
import { writePrivate } from './write-private.ts'

const mostKept = 20

/** The folder beside a configuration file that holds what it was before. */
export const versionsFolder = (file: string): string => join(dirname(file), 'versions')

/** Earlier versions of a configuration file, newest first: the time (UTC) at which each was replaced. */
export async function configVersions(file: string): Promise<string[]> {
  const start = `${basename(file)}.`
  const names = await readdir(versionsFolder(file)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw explainFileError(error, `read ${versionsFolder(file)}`)
  })
  return names
    .filter((name) => name.startsWith(start) && timeOf(name.slice(start.length)) !== null)
    .map((name) => name.slice(start.length))
    .sort()
    .toReversed()
}

/** The bytes of an earlier version; throws `not-found` where there is none of that name. */
export async function readVersion(file: string, version: string): Promise<Buffer> {
  const known = await configVersions(file)
  if (!known.includes(version))
    throw new AppError('not-found', `${file} has no version ${JSON.stringify(version)}.`, {
      hint: known.length > 0 ? `Versions: ${known.join(', ')}` : 'No earlier version is kept.',
    })
  return readFile(pathOf(file, version))
}

/** Keeps the bytes of a file that is about to change; of all that are kept the newest 20 stay. The file has to be locked. */
export async function keepVersion(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(versionsFolder(file), { recursive: true, mode: 0o700 })
  const [newest, ...older] = await configVersions(file)
  // Later than all others even where the clock was put back.
  const time = Math.max(Date.now(), (timeOf(newest ?? '') ?? 0) + 1)
  await writePrivate(pathOf(file, nameOf(time)), bytes)
  const gone = [newest, ...older].slice(mostKept - 1).filter((one) => one !== undefined)
  for (const version of gone) await unlink(pathOf(file, version)).catch(() => {})
}

const pathOf = (file: string, version: string) => join(versionsFolder(file), `${basename(file)}.${version}`)

/** A name that sorts by time, and that every file system takes. */
const nameOf = (time: number) => new Date(time).toISOString().replaceAll(/[-:.]/g, '')

function timeOf(version: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(version)?.slice(1).map(Number)
  if (!parts) return null
  const [year = 0, month = 0, ...rest] = parts
  return Date.UTC(year, month - 1, ...rest)
}
