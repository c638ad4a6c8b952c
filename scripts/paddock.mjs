#!/usr/bin/env node
// `npx paddock <arguments>` in the clone: sets up what is missing, then runs the command line in the caller's folder.

import { pathToFileURL } from 'node:url'
import { cli, ensureDependencies, findNode, isNewEnough } from './dependencies.mjs'
import { runChild, runMain } from './run.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  await ensureDependencies()
  // npm passes Ctrl-C on although the terminal has sent it to us too; a child of our own gets it once.
  const isUnderNpm = process.env.npm_command !== undefined
  if (isUnderNpm || !isNewEnough(process.version)) return runChild(findNode(), [cli, ...args])
  process.argv = [process.execPath, cli, ...args]
  await import(pathToFileURL(cli).href)
})
