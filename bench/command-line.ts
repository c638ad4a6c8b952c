import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const launcher = join(import.meta.dirname, '../scripts/paddock.mjs')

/** Starts the command line as a person does, with its data below a folder, and what Node compiled in the other. */
export function startPaddock(
  folder: string,
  args: readonly string[],
  { base, cache }: { base: string; cache: string },
): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      PADDOCK_DATA_DIR: join(folder, 'data'),
      NODE_COMPILE_CACHE: cache,
      OPENAI_API_BASE: base,
    },
  })
}
