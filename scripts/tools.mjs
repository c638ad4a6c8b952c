// Where the programs are found that tests, and nothing else, need.

import { accessSync, constants, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

/** The folder where set-up keeps what it fetches: PADDOCK_CACHE_DIR, else `paddock` in the user's cache folder. */
export function cacheFolder() {
  const { PADDOCK_CACHE_DIR: own, XDG_CACHE_HOME: shared } = process.env
  if (own) return resolve(own)
  return join(shared && isAbsolute(shared) ? shared : join(homedir(), '.cache'), 'paddock')
}

/** Where set-up puts llama-server. */
export function llamaServerFolder() {
  return join(cacheFolder(), 'llama-server')
}

/** The environment variables by which a person names a tool of their own. */
export const variables = { 'llama-server': 'PADDOCK_LLAMA_SERVER', chromium: 'PADDOCK_CHROMIUM' }

/** Finds `llama-server`, `chromium` or `python3`: its absolute path, or null where it is not there. */
export function findTool(tool) {
  const { names, fetched } = tools[tool]
  const named = process.env[variables[tool] ?? '']
  if (named) return isProgram(resolve(named)) ? resolve(named) : null
  const candidates = searchPath(names)
  if (fetched) candidates.push(fetched())
  return candidates.find(isProgram) ?? null
}

const tools = {
  'llama-server': {
    names: ['llama-server'],
    fetched: () => join(llamaServerFolder(), 'bin', 'llama-server'),
  },
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'] },
  python3: { names: ['python3'] },
}

function searchPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)))
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
