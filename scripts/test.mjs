// `npm test`: sets up what is missing, then runs the tests. `--long` runs the long ones and only those; all other
// arguments go to vitest.

import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureDependencies, findNode, root } from './dependencies.mjs'
import { runChild, runMain, say } from './run.mjs'
import { ensureTools } from './setup.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureDependencies()
  ensureTools()
  // The tests of the window ask for it themselves; made now it takes none of their time, and fails none of the others.
  await ensureBuilt().catch((error) => say(error.message))
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'count-reporter.mjs')}`]
  return runChild(findNode(), [vitest, 'run', ...reporters, ...args.filter((arg) => arg !== '--long')], {
    cwd: root,
    env: args.includes('--long') ? { ...process.env, PADDOCK_LONG: '1' } : process.env,
  })
})
