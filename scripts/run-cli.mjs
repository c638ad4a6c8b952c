// Runs the command line on a Node that is new enough.

import module from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBuiltCore } from './built-core.mjs'
import { cli, findNode, isNewEnough } from './dependencies.mjs'
import { runChild } from './run.mjs'
import { cacheFolder } from './tools.mjs'

/** Runs the command line with arguments; returns its exit code, or nothing where it runs in this very process. */
export async function runCli(args) {
  // What Node has compiled is kept, which halves the time that the next start takes.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(cacheFolder(), 'compiled')
  const built = findBuiltCore()
  const program = built ? join(built, 'cli.js') : cli
  // npm passes Ctrl-C on although the terminal has sent it to us too; a child of our own gets it once.
  const isUnderNpm = process.env.npm_command !== undefined
  if (isUnderNpm || !isNewEnough(process.version))
    return runChild(findNode(), [program, ...args], { env: { ...process.env, NODE_COMPILE_CACHE: compiled } })
  module.enableCompileCache(compiled)
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
}
