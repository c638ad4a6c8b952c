import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, open, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Check } from '../../../shared/reports.ts'
import { explainFileError } from '../files/file-errors.ts'
import { refuseMistake, warningOf } from '../files/workspace-choice.ts'
import { openWorkspace } from '../files/workspace.ts'
import { freeBytes } from '../figures.ts'
import { ok, problem, problemOf, sizeOf, warning } from './check.ts'

const neededNode = 24
const leastDisk = 200 * 2 ** 20
const littleDisk = 2 * 2 ** 30
const littleMemory = 2 * 2 ** 30
const elsewhere = 'Choose another folder as the workspace.'

/** Whether this Node can run Paddock. */
export const checkNode = (version = process.version): Check =>
  Number(/^v(\d+)\./.exec(version)?.[1]) >= neededNode
    ? ok('Node.js', version)
    : problem(
        'Node.js',
        `This is Node.js ${version}.`,
        `Install Node.js ${neededNode} or later: https://nodejs.org`,
      )

/** Whether the data folder can be written, and what is left of its disk. */
export async function checkDataFolder(folder: string): Promise<Check> {
  const name = 'Data folder'
  try {
    await tryToWrite(folder)
  } catch (error) {
    const { message } = explainFileError(error, `write to ${folder}`)
    return problem(name, message, 'Correct that, or set PADDOCK_DATA_DIR to another folder.')
  }
  return judgeDisk(folder, await freeBytes(dirname((await missingAbove(folder))[0] ?? join(folder, '.'))))
}

/** Whether runs have room on the disk of the data folder; null where the system does not say. */
export function judgeDisk(folder: string, free: number | null): Check {
  const name = 'Data folder'
  if (free === null) return ok(name, folder)
  const message = `${folder}, ${sizeOf(free)} left on its disk`
  const hint = 'Free some space, or set PADDOCK_DATA_DIR to a folder on another disk.'
  if (free < leastDisk) return problem(name, message, hint)
  return free < littleDisk ? warning(name, message, hint) : ok(name, message)
}

/** Whether the log can be written. */
export async function checkLog(file: string): Promise<Check> {
  try {
    await tryToWrite(dirname(file))
    if (await isThere(file)) await access(file, constants.W_OK)
    return ok('Log', file)
  } catch (error) {
    const { message } = explainFileError(error, `write ${file}`)
    return warning('Log', message, 'Correct that, or set log_file to another path. Runs go on without a log.')
  }
}

/** Whether a folder, if any is named, can serve as a workspace. */
export async function checkWorkspace(folder: string | undefined, dataFolder: string): Promise<Check> {
  const name = 'Workspace'
  if (folder === undefined) return ok(name, 'each run names its own')
  const path = resolve(folder)
  try {
    refuseMistake(path, dataFolder)
    if (!(await isThere(path))) return ok(name, `${path} is not there yet: the first run makes it`)
    const { root } = await openWorkspace(path)
    const doubt = warningOf(root)
    return doubt === null ? ok(name, root) : warning(name, `${root}: ${doubt}`, elsewhere)
  } catch (error) {
    return problemOf(name, error, elsewhere)
  }
}

/** Whether the machine has memory left. A model server has mostly taken its share already. */
export function checkMemory(free = process.availableMemory()): Check {
  return free < littleMemory
    ? warning('Memory', `${sizeOf(free)} free`, 'Close other programs, or take a smaller model.')
    : ok('Memory', `${sizeOf(free)} free`)
}

/** What there is to run generated tests with; for information only. */
export async function checkTestTools(signal: AbortSignal): Promise<Check> {
  const python = await versionOf('python3', signal)
  const found = [python ?? 'no python3', `Node.js ${process.version}`]
  return ok('For tests later', found.join(', '))
}

async function versionOf(program: string, signal: AbortSignal): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { signal })
    return stdout.trim().split('\n')[0] ?? null
  } catch {
    return null
  }
}

/** Writes a file in a folder and takes it away again, with the folders that were made for it. Rejects as the disk does. */
async function tryToWrite(folder: string): Promise<void> {
  const missing = await missingAbove(folder)
  const made: string[] = []
  const path = join(folder, `.paddock-doctor-${process.pid}`)
  try {
    for (const one of missing) {
      await mkdir(one)
      made.unshift(one)
    }
    const file = await open(path, 'wx')
    await file.writeFile('x').finally(() => file.close())
  } finally {
    await rm(path, { force: true }).catch(() => {})
    for (const one of made) await rmdir(one).catch(() => {})
  }
}

/** The folders that would have to be made, the outermost first. */
async function missingAbove(folder: string): Promise<string[]> {
  const missing: string[] = []
  for (let at = resolve(folder); !(await isThere(at)) && at !== dirname(at); at = dirname(at))
    missing.unshift(at)
  return missing
}

const isThere = async (path: string) => (await stat(path).catch(() => null)) !== null
