import { constants } from 'node:fs'
import { access, opendir, realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { FolderReport } from '../../shared/reports.ts'
import { errorCode } from './files/file-errors.ts'
import { refuseMistake, warningOf } from './files/workspace-choice.ts'
import { openWorkspace } from './files/workspace.ts'

const mostEntries = 1000

/** Whether a folder can serve as a workspace, and what is in it. `~` is the person's home. Never rejects. */
export async function reportFolder(text: string, dataFolder: string): Promise<FolderReport> {
  const path = text.replace(/^~(?=$|[\\/])/, homedir())
  const nothing = { path, is_new: false, entries: 0, is_git: false }
  if (!isAbsolute(path))
    return {
      ...nothing,
      problem: 'This is not a whole path.',
      hint: `Write it from the top, such as ${join(homedir(), 'my-project')}.`,
    }
  if (path.includes('\0'))
    return { ...nothing, problem: 'This path holds a character that no path has.', hint: 'Write it anew.' }
  try {
    refuseMistake(path, dataFolder)
    const { root } = await openWorkspace(path)
    const warning = warningOf(root)
    return {
      ...{ path: root, problem: null, is_new: false, ...(await look(root)) },
      ...(warning === null ? {} : { warning }),
    }
  } catch (error) {
    const { code, message, hint } = AppError.from(error)
    if (code === 'not-found') return reportMissing(resolve(path))
    return { ...nothing, problem: message, ...(hint === undefined ? {} : { hint }) }
  }
}

async function look(root: string): Promise<Pick<FolderReport, 'entries' | 'is_git'>> {
  let entries = 0
  let isGit = false
  for await (const { name } of await opendir(root)) {
    if (name === '.git') isGit = true
    if (++entries >= mostEntries) break
  }
  return { entries, is_git: isGit }
}

/** A folder that is not there can be made where the nearest one above it lets us. */
async function reportMissing(path: string): Promise<FolderReport> {
  const above = await nearest(dirname(path))
  const report = { path, is_new: true, entries: 0, is_git: false }
  try {
    await access(above, constants.W_OK | constants.X_OK)
    return { ...report, problem: null }
  } catch {
    return {
      ...report,
      problem: `${path} is not there, and ${above} does not let it be made.`,
      hint: 'Choose a folder of your own.',
    }
  }
}

async function nearest(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    const isTop = path === dirname(path)
    return isTop || errorCode(error) !== 'ENOENT' ? path : nearest(dirname(path))
  }
}
