// Finds the core and the command line as they were built from the sources that are here, and builds them where they are not.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findNode, root } from './dependencies.mjs'
import { stampOf } from './stamp.mjs'

/** Milliseconds after which nothing runs any more that was built from other sources. */
const abandonedAfter = 7 * 86_400_000

/**
 * The folder with `cli.js` and `api.js`, built from exactly the sources that are here: its name is their hash. Null where
 * they cannot be built, as in a folder that cannot be written to: then the sources run as they are.
 */
export function findBuiltCore(folder = root) {
  const dist = join(folder, 'dist')
  try {
    const built = join(dist, `core-${coreStamp(folder)}`)
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
export const coreStamp = (folder) =>
  stampOf(folder, ['package-lock.json', 'tsconfig.json', 'scripts/build-core.mjs', 'electron', 'shared'])

function removeAbandoned(dist) {
  for (const name of readdirSync(dist)) {
    const path = join(dist, name)
    if (name.startsWith('core-') && Date.now() - statSync(path).mtimeMs > abandonedAfter)
      rmSync(path, { recursive: true, force: true })
  }
}
