// `npm start`: sets up what is missing, then runs the rehearsal. What stands after `npm start --` goes to it.

import { cli, ensureDependencies, findNode } from './dependencies.mjs'
import { runChild, runMain } from './run.mjs'

await runMain(async () => {
  await ensureDependencies()
  return runChild(findNode(), [cli, 'rehearse', ...process.argv.slice(2)])
})
