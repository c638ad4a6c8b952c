// `npm start`: sets up what is missing, then runs the rehearsal. What stands after `npm start --` goes to it.

import { ensureDependencies } from './dependencies.mjs'
import { runCli } from './run-cli.mjs'
import { runMain } from './run.mjs'

await runMain(async () => {
  await ensureDependencies()
  return runCli(['rehearse', ...process.argv.slice(2)])
})
