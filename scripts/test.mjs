// `npm test`: sets up what is missing, then runs the tests. `--long` runs the long ones and only those; all other
// arguments go to vitest.

import { join } from 'node:path'
import { ensureDependencies, findNode, root } from './dependencies.mjs'
import { runChild, runMain } from './run.mjs'
import { ensureTools } from './setup.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureDependencies()
  ensureTools()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'count-reporter.mjs')}`]
  return runChild(findNode(), [vitest, 'run', ...reporters, ...args.filter((arg) => arg !== '--long')], {
    cwd: root,
    env: args.includes('--long') ? { ...process.env, PADDOCK_LONG: '1' } : process.env,
  })
})
