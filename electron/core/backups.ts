import { constants } from 'node:fs'
import { lstat, mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
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
  const temporary = await mkdtemp(join(folder, `${marker}-`))
  try {
    const output = await openWay(from, 'output')
    await inFolder(output, async (opened) => {
      await mkdir(join(temporary, 'output'))
      for (const name of [`workflow_${run}.json`, `workflow_summary_${run}.md`])
        await copyFile(opened, name, join(temporary, 'output'))
    })
    const generated = generatedFolder(run)
    await inFolder(await openWay(from, generated), (opened) =>
      copyTree(from, opened, join(temporary, generated)),
    )
    await writeFile(join(temporary, marker), `${run}\n`)
    await putInPlace(temporary, join(folder, run))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  await prune(folder, keep)
}

/** Opens a folder below the root, no part of whose way is a link; null where there is none. */
async function openWay(root: string, way: string): Promise<Folder | null> {
  let folder = await openFolder(root, root)
  for (const segment of way.split('/')) {
    const next = await openFolder(root, join(folder.path, segment)).catch((error: unknown) => error)
    await folder.close()
    if (errorCode(next) === 'ENOENT') return null
    if (next instanceof Error) throw next
    folder = next as Folder
  }
  return folder
}

async function inFolder(folder: Folder | null, work: (folder: Folder) => Promise<void>): Promise<void> {
  try {
    if (folder) await work(folder)
  } finally {
    await folder?.close()
  }
}

async function copyTree(root: string, folder: Folder, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    if (entry.isFile()) await copyFile(folder, entry.name, target)
    if (!entry.isDirectory()) continue
    const inner = await openFolder(root, join(folder.path, entry.name))
    await inFolder(inner, (opened) => copyTree(root, opened, join(target, entry.name)))
  }
}

async function copyFile(folder: Folder, name: string, target: string): Promise<void> {
  const file = await open(join(folder.path, name), READ)
  try {
    if ((await file.stat()).isFile()) await writeFile(join(target, name), await file.readFile())
  } finally {
    await file.close()
  }
}

/** A run that went on after its end is kept as it is now. */
async function putInPlace(temporary: string, target: string): Promise<void> {
  const old = `${temporary}-old`
  if (await lstatOrNull(target)) {
    if (!(await isBackup(target)))
      throw new AppError('conflict', `There is something else at ${target}.`, {
        hint: 'Move it away, or set backup_directory to another folder.',
      })
    await rename(target, old)
  }
  await rename(temporary, target)
  await rm(old, { recursive: true, force: true })
}

async function prune(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).sort().toReversed()
  const runs: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    if (temporaryName.test(name) && (await isAbandoned(path)))
      await rm(path, { recursive: true, force: true })
    if (RunId.safeParse(name).success && (await isBackup(path))) runs.push(path)
  }
  for (const path of runs.slice(keep)) await rm(path, { recursive: true, force: true })
}

async function isBackup(path: string): Promise<boolean> {
  const [folder, mark] = await Promise.all([lstatOrNull(path), lstat(join(path, marker)).catch(() => null)])
  return folder?.isDirectory() === true && mark?.isFile() === true
}

async function isAbandoned(path: string): Promise<boolean> {
  const stats = await lstatOrNull(path)
  return stats?.isDirectory() === true && Date.now() - stats.mtimeMs > abandonedAfter
}
