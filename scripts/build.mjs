// Builds the window: the page, and the two files that the desktop app is made of. What is built already is left as it is.
//
//   node scripts/build.mjs

import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies, findNode, root } from './dependencies.mjs'
import { withLock } from './lock.mjs'
import { SetupError, runChild, runMain, say } from './run.mjs'
import { stampOf } from './stamp.mjs'

const shared = ['shared', 'scripts/build-parts.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']

/** What is built: its place in `dist`, and the files and folders that it is built from. */
export const parts = {
  renderer: { result: 'renderer', sources: ['renderer', 'vite.config.ts', ...shared] },
  main: { result: 'main.js', sources: ['electron', ...shared] },
  preload: { result: 'preload.cjs', sources: ['electron/preload.ts', ...shared] },
}

/**
 * Builds the named parts where their sources have changed since, else does and prints nothing. Two processes may ask at
 * once. Throws SetupError where a part cannot be built.
 */
export async function ensureBuilt(names = Object.keys(parts), folder = root) {
  if (names.every((name) => isBuilt(name, folder))) return
  mkdirSync(join(folder, 'dist'), { recursive: true })
  await withLock(join(folder, 'dist', 'build.lock'), async () => {
    const missing = names.filter((name) => !isBuilt(name, folder))
    if (missing.length === 0) return
    say(`building the window (${missing.join(', ')})`)
    const started = Date.now()
    const stamps = missing.map((name) => partStamp(name, folder))
    for (const name of missing) rmSync(stampFile(name, folder), { force: true })
    await build(missing, folder)
    missing.forEach((name, at) => writeFileSync(stampFile(name, folder), stamps[at]))
    say(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  })
}

function isBuilt(name, folder) {
  const { result } = parts[name]
  return existsSync(join(folder, 'dist', result)) && readStamp(name, folder) === partStamp(name, folder)
}

const partStamp = (name, folder) => stampOf(folder, parts[name].sources)
const stampFile = (name, folder) => join(folder, 'dist', `${name}.stamp`)

function readStamp(name, folder) {
  try {
    return readFileSync(stampFile(name, folder), 'utf8')
  } catch {
    return null
  }
}

/** In a process of its own: a build takes its environment for its orders, and that of a test runner is another. */
async function build(names, folder) {
  const { NODE_ENV: _, VITEST: __, ...environment } = process.env
  const code = await runChild(findNode(), [join(root, 'scripts', 'build-parts.mjs'), folder, ...names], {
    cwd: folder,
    // stdout belongs to the program that is started afterwards.
    stdio: ['ignore', 2, 2],
    env: { ...environment, NODE_ENV: 'production' },
  })
  if (code !== 0) throw new SetupError('The window could not be built; why stands above.')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    await ensureDependencies()
    await ensureBuilt()
  })
}
