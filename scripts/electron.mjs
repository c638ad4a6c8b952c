// Whether the desktop window can be opened here, and with which program.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode, root } from './dependencies.mjs'
import { say } from './run.mjs'

/** The longest that fetching Electron may take, in milliseconds. */
const longestFetch = 10 * 60_000

/** Why no desktop window can be opened on this system; null where nothing is against it. */
export function whyNoDesktop({ env = process.env, platform = process.platform, user = userId() } = {}) {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display'
  return user === 0 ? 'Electron does not run as root' : null
}

/** Finds Electron's program, or fetches it: `{ program }`, or `{ reason }` in one line where it cannot be had. */
export async function ensureElectron({ folder = root, milliseconds = longestFetch } = {}) {
  const present = findElectron(folder)
  if (present) return { program: present }
  const installer = join(folder, 'node_modules', 'electron', 'install.js')
  if (!existsSync(installer)) return { reason: 'the package electron is not installed' }
  const version = versionIn(folder)
  say(`fetching Electron ${version} (some 120 MB, once) from github.com`)
  const fault = await fetchElectron(installer, milliseconds)
  const program = findElectron(folder)
  if (program) return { program }
  return { reason: `Electron ${version} could not be fetched (${fault ?? 'its program is missing'})` }
}

/** The program that was fetched, where it is whole and of the version that the package asks for. */
function findElectron(folder) {
  const electron = join(folder, 'node_modules', 'electron')
  try {
    const fetched = readFileSync(join(electron, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    const program = join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8'))
    return fetched === versionIn(folder) && existsSync(program) ? program : null
  } catch {
    // Not fetched yet, or cut off meanwhile.
    return null
  }
}

function versionIn(folder) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/** Runs Electron's own installer, which checks what it fetched; resolves with what went wrong, or null. */
function fetchElectron(installer, milliseconds) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), [installer], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: milliseconds,
    })
    let errors = ''
    child.stderr.on('data', (piece) => (errors += piece))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => {
      if (signal) resolve(`it took longer than ${Math.round(milliseconds / 1000)} s`)
      else if (code === 0) resolve(null)
      else if (errors.startsWith('TypeError: fetch failed')) whyUnreachable().then(resolve)
      else resolve(firstLine(errors))
    })
  })
}

/** The installer does not tell why it could not reach the server. */
function whyUnreachable() {
  const asked = fetch('https://github.com/', { method: 'HEAD', signal: AbortSignal.timeout(5000) })
  return asked.then(
    () => 'the transfer broke off',
    (error) => error.cause?.message || error.cause?.code || error.message,
  )
}

const firstLine = (text) =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? 'no reason was given'

const userId = () => process.getuid?.()
