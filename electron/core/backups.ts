import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { RunId } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Run } from '../../shared/run.ts'
import type { Core } from './core.ts'
import { errorCode, explainFileError } from './files/file-errors.ts'
import { openFolder, type Folder } from './files/folder.ts'
import { makeFolder } from './files/make-folder.ts'
import { lstatOrNull } from './files/write-atomic.ts'
import { generatedFolder } from './outputs/export-files.ts'

/** What is kept a second time, and where. */
export type BackupOptions = {
  /** The workspace's root, free of links. */
  readonly from: string
  readonly run: string
  /** The folder of all backups; made where there is none. */
  readonly folder: string
  /** How many runs' backups are kept, the newest ones; 0: none is made. */
  readonly keep: number
}

/** The file by which a backup of ours is told from a stranger's folder. */
const marker = '.paddock-backup'
const temporaryName = /^\.paddock-backup-[A-Za-z0-9]{6}(?:-old)?$/
/** Milliseconds after which a copy that never got its name was left by a crash. */
const abandonedAfter = 86_400_000
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Keeps the outputs of an ended run as the settings say. One that fails is a warning in the log, never a failed run. */
export async function keepBackup(
  { settings, dataFolder, log }: Pick<Core, 'settings' | 'dataFolder' | 'log'>,
  { id, workspace }: Pick<Run, 'id' | 'workspace'>,
): Promise<void> {
  const folder = resolve(settings.backup_directory ?? join(dataFolder, 'backups'))
  try {
    await backUpOutputs({ from: workspace, run: id, folder, keep: settings.backups_kept })
  } catch (error) {
    const err = explainFileError(error, `keep a backup of the run ${id} in ${folder}`)
    log.warn(err.message, { run: id, err })
  }
}

/**
 * Copies a run's result, summary and exported files to `FOLDER/RUN`, all or nothing, and removes the oldest backups
 * beyond those that are kept. No link is followed and none is copied. The copies are not synced: the originals are.
 */
export async function backUpOutputs({ from, run, folder, keep }: BackupOptions): Promise<void> {
  if (keep === 0) return
  makeFolder(folder, 0o700)
  const temporary = mkdtempSync(join(folder, `${marker}-`))
  try {
    inFolder(openWay(from, 'output'), (opened) => {
      mkdirSync(join(temporary, 'output'))
      for (const name of [`workflow_${run}.json`, `workflow_summary_${run}.md`])
        copyFile(opened, name, join(temporary, 'output'))
    })
    const generated = generatedFolder(run)
    inFolder(openWay(from, generated), (opened) => copyTree(from, opened, join(temporary, generated)))
    writeFileSync(join(temporary, marker), `${run}\n`)
    await putInPlace(temporary, join(folder, run))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  await prune(folder, keep)
}

/** Opens a folder below the root, no part of whose way is a link; null where there is none. */
function openWay(root: string, way: string): Folder | null {
  let folder = openFolder(root, root)
  for (const segment of way.split('/')) {
    try {
      const next = openFolder(root, join(folder.path, segment))
      folder.close()
      folder = next
    } catch (error) {
      folder.close()
      if (errorCode(error) === 'ENOENT') return null
      throw error
    }
  }
  return folder
}

function inFolder(folder: Folder | null, work: (folder: Folder) => void): void {
  try {
    if (folder) work(folder)
  } finally {
    folder?.close()
  }
}

function copyTree(root: string, folder: Folder, target: string): void {
  mkdirSync(target, { recursive: true })
  for (const entry of readdirSync(folder.path, { withFileTypes: true })) {
    if (entry.isFile()) copyFile(folder, entry.name, target)
    if (!entry.isDirectory()) continue
    const inner = openFolder(root, join(folder.path, entry.name))
    inFolder(inner, (opened) => copyTree(root, opened, join(target, entry.name)))
  }
}

function copyFile(folder: Folder, name: string, target: string): void {
  const file = openSync(join(folder.path, name), READ)
  try {
    if (fstatSync(file).isFile()) writeFileSync(join(target, name), readFileSync(file))
  } finally {
    closeSync(file)
  }
}

/** A run that went on after its end is kept as it is now. */
async function putInPlace(temporary: string, target: string): Promise<void> {
  const old = `${temporary}-old`
  if (lstatOrNull(target)) {
    if (!isBackup(target))
      throw new AppError('conflict', `There is something else at ${target}.`, {
        hint: 'Move it away, or set backup_directory to another folder.',
      })
    renameSync(target, old)
  }
  renameSync(temporary, target)
  await rm(old, { recursive: true, force: true })
}

async function prune(folder: string, keep: number): Promise<void> {
  const names = readdirSync(folder).sort().toReversed()
  const runs: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    if (temporaryName.test(name) && isAbandoned(path)) await rm(path, { recursive: true, force: true })
    if (RunId.safeParse(name).success && isBackup(path)) runs.push(path)
  }
  for (const path of runs.slice(keep)) await rm(path, { recursive: true, force: true })
}

function isBackup(path: string): boolean {
  if (!lstatOrNull(path)?.isDirectory()) return false
  try {
    return lstatOrNull(join(path, marker))?.isFile() === true
  } catch {
    return false
  }
}

function isAbandoned(path: string): boolean {
  const stats = lstatOrNull(path)
  return stats?.isDirectory() === true && Date.now() - stats.mtimeMs > abandonedAfter
}
