// Finds the core and the command line as they were built from the sources that are here, and builds them where they are not.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findNode, root } from './dependencies.mjs'

/** Milliseconds after which nothing runs any more that was built from other sources. */
const abandonedAfter = 7 * 86_400_000

/**
 * The folder with `cli.js` and `api.js`, built from exactly the sources that are here: its name is their hash. Null where
 * they cannot be built, as in a folder that cannot be written to: then the sources run as they are.
 */
export function findBuiltCore(folder = root) {
  const dist = join(folder, 'dist')
  try {
    const built = join(dist, `core-${stampOf(folder)}`)
    if (existsSync(built)) return built
    mkdirSync(dist, { recursive: true })
    removeAbandoned(dist)
    spawnSync(findNode(folder), [join(folder, 'scripts', 'build-core.mjs'), folder, built], {
      stdio: 'ignore',
    })
    return existsSync(built) ? built : null
  } catch {
    return null
  }
}

/** The hash of everything that the built files depend on. To make it takes a tenth of the time that they save. */
export function stampOf(folder) {
  const hash = createHash('sha256')
  const add = (path) =>
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0')
  for (const path of ['package-lock.json', 'tsconfig.json', join('scripts', 'build-core.mjs')])
    if (existsSync(join(folder, path))) add(path)
  const addBelow = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      if (entry.isDirectory()) addBelow(join(path, entry.name))
      else if (isSource(entry.name)) add(join(path, entry.name))
    }
  }
  for (const path of ['electron', 'shared']) if (existsSync(join(folder, path))) addBelow(path)
  return hash.digest('hex').slice(0, 16)
}

const isSource = (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.fixture.ts')

function removeAbandoned(dist) {
  for (const name of readdirSync(dist)) {
    const path = join(dist, name)
    if (name.startsWith('core-') && Date.now() - statSync(path).mtimeMs > abandonedAfter)
      rmSync(path, { recursive: true, force: true })
  }
}
