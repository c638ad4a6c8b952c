import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'

/** The absolute path of a program: a path as it is, a name from the search path. Throws AppError where none can be run. */
export function findProgram(name: string, searchPath = process.env['PATH'] ?? ''): string {
  const suffix = process.platform === 'win32' && !/\.exe$/i.test(name) ? '.exe' : ''
  const folders = /[\\/]/.test(name) ? ['.'] : searchPath.split(delimiter).filter(Boolean)
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
