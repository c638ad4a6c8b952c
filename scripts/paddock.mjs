#!/usr/bin/env node
// `npx paddock <arguments>` in the clone: sets up what is missing, then runs the command line in the caller's folder.

import { ensureBuilt } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runCli } from './run-cli.mjs'
import { runMain } from './run.mjs'

await runMain(async () => {
  await ensureDependencies()
  const args = process.argv.slice(2)
  const takesValue = ['--config', '--dotenv']
  const command = args.find((arg, at) => !arg.startsWith('-') && !takesValue.includes(args[at - 1]))
  if (command === 'serve') await ensureBuilt(['renderer'])
  return runCli(args)
})
