import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, parse, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { isInside } from './folder.ts'

type Folders = {
  /** Refused with all that is in them. */
  readonly trees: readonly string[]
  /** Refused themselves: below them people do keep work of their own. */
  readonly tops: readonly string[]
}

const posix: Folders = {
  trees: [
    ...['/bin', '/boot', '/etc', '/lib', '/lib32', '/lib64', '/proc', '/sbin', '/sys'],
    ...['/usr/bin', '/usr/include', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/libexec', '/usr/sbin'],
    ...['/Applications', '/Library', '/System', '/private/etc'],
  ],
  tops: [
    ...['/dev', '/home', '/run', '/usr', '/usr/local', '/usr/share', '/var', '/var/lib'],
    ...['/Users', '/Volumes', '/private', '/private/var'],
  ],
}

function systemFolders(env: NodeJS.ProcessEnv): Folders {
  if (process.platform !== 'win32') return posix
  const named = (...keys: string[]) => keys.flatMap((key) => env[key] ?? [])
  return {
    trees: named('SystemRoot', 'ProgramFiles', 'ProgramFiles(x86)'),
    tops: [...named('ProgramData'), dirname(homedir())],
  }
}

/** Throws AppError `invalid` for a folder that only a mistake makes a workspace: the system's own, and Paddock's data. */
export function refuseMistake(folder: string, dataFolder: string, env = process.env): void {
  const path = realPath(folder)
  const why = mistakeOf(path, realPath(dataFolder), systemFolders(env))
  if (!why) return
  throw new AppError('invalid', `${path} cannot be a workspace: ${why}.`, {
    hint: `Choose a folder of the project's own, such as ${join(homedir(), 'my-project')}.`,
  })
}

/** What a person should know of a folder that they may choose all the same; null where that is nothing. */
export const warningOf = (folder: string): string | null =>
  realPath(folder) === realPath(homedir())
    ? 'This is your whole home folder: what is accepted is written between everything else there. A folder of its own is better.'
    : null

function mistakeOf(path: string, data: string, { trees, tops }: Folders): string | null {
  if (path === parse(path).root) return 'it is the top of the whole disk'
  if (isInside(data, path)) return 'Paddock keeps its own data there'
  const isSystem = trees.some((tree) => isInside(tree, path)) || tops.includes(path)
  return isSystem ? 'it belongs to the system' : null
}

/** Without links, as far as it is there: a folder may be made only later. */
function realPath(folder: string): string {
  const path = resolve(folder)
  try {
    return realpathSync.native(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}
