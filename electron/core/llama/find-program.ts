import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'

/** Where Homebrew, MacPorts and people put programs: what a desktop starts has a search path without these. */
export const usualFolders = (platform: NodeJS.Platform, home: string): readonly string[] =>
  // On Windows the search path is the same for all, and anyone may make a folder such as \opt.
  platform === 'win32'
    ? []
    : [
        '/opt/homebrew/bin',
        '/usr/local/bin',
        '/home/linuxbrew/.linuxbrew/bin',
        '/opt/local/bin',
        join(home, '.local', 'bin'),
        join(home, 'bin'),
      ]

/**
 * The absolute path of a program: a path as it is, a name from the search path, then from the usual folders. Throws
 * AppError where none can be run.
 */
export function findProgram(
  name: string,
  searchPath = process.env['PATH'] ?? '',
  usual = usualFolders(process.platform, homedir()),
): string {
  const suffix = process.platform === 'win32' && !/\.exe$/i.test(name) ? '.exe' : ''
  const isPath = /[\\/]/.test(name)
  const folders = isPath ? ['.'] : [...searchPath.split(delimiter).filter(Boolean), ...usual]
  const files = folders.map((folder) => resolve(folder, name + suffix)).filter(isFile)
  const program = files.find(isExecutable)
  if (program !== undefined) return program
  const [forbidden] = files
  if (forbidden !== undefined)
    throw new AppError('unavailable', `The program ${forbidden} may not be run.`, {
      hint: `Permit it (chmod +x), or set llama_server.binary to another one.`,
    })
  throw new AppError('not-found', `There is no program ${name} here.`, {
    hint: 'Install llama.cpp, or set llama_server.binary to the path of its llama-server.',
  })
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
