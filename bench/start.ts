import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { startPaddock } from './command-line.ts'
import { interleave, milliseconds, ratio, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'
import { findBuiltCore } from '../scripts/built-core.mjs'
import { oneStep } from './six-steps.ts'
import type { Start } from './start-process.ts'

const turns = 9

/** What a fresh process takes to load the core, and to have the first token of a run. */
export async function measureStart(): Promise<Measure[]> {
  return withServer((server) =>
    withScratch(async (folder) => {
      const { base } = server
      const built = findBuiltCore()
      if (!built) throw new Error('The core could not be built.')
      const start =
        (what: Start['what'], cache?: string, core = join(built, 'api.js')) =>
        () =>
          startProcess({ what, base, folder, core, workflow: oneStep }, cache)
      const cached = join(folder, 'compiled')
      const imports = await interleave(
        {
          openai: start('import-openai'),
          paddock: start('import-core'),
          sources: start('import-core', undefined, join(import.meta.dirname, '../electron/api.ts')),
        },
        turns,
      )
      const first = await interleave(
        {
          openai: start('first-openai'),
          fetch: start('first-fetch'),
          paddock: start('first-paddock'),
          openaiCached: start('first-openai', cached),
          paddockCached: start('first-paddock', cached),
        },
        turns,
      )
      const line = await interleave({ paddock: () => startCommandLine(server, folder, cached) }, turns)
      const aim = '<= 1.0 x openai'
      return [
        {
          measure: 'import of the core, as it is built for a start',
          paddock: milliseconds(imports.paddock),
          openai: milliseconds(imports.openai),
          ratio: ratio(imports.paddock, imports.openai),
          aim: '<= 0.5 x openai',
        },
        {
          measure: '... of its sources, whose types Node strips first',
          paddock: milliseconds(imports.sources),
          openai: milliseconds(imports.openai),
          ratio: ratio(imports.sources, imports.openai),
          aim: '',
        },
        {
          measure: 'spawn to first token of a run, a program on the core',
          paddock: milliseconds(first.paddock),
          openai: milliseconds(first.openai),
          fetch: milliseconds(first.fetch),
          ratio: ratio(first.paddock, first.openai),
          aim,
        },
        {
          measure: '... both with what Node compiled kept',
          paddock: milliseconds(first.paddockCached),
          openai: milliseconds(first.openaiCached),
          ratio: ratio(first.paddockCached, first.openaiCached),
          aim,
        },
        {
          measure: '... the command line as installed, which keeps it',
          paddock: milliseconds(line.paddock),
          openai: milliseconds(first.openai),
          ratio: ratio(line.paddock, first.openai),
          aim,
        },
      ]
    }),
  )
}

/** Milliseconds as the process itself tells them: of the import, or since it was spawned. */
async function startProcess(start: Start, cache?: string): Promise<number> {
  const began = process.hrtime.bigint()
  const child = fork(join(import.meta.dirname, 'start-process.ts'), [JSON.stringify(start)], {
    env: cache ? { ...process.env, NODE_COMPILE_CACHE: cache } : process.env,
  })
  const [told] = (await once(child, 'message')) as [{ ms: number } | { at: string }]
  await once(child, 'exit')
  return 'ms' in told ? told.ms : Number(BigInt(told.at) - began) / 1e6
}

/** Milliseconds until the server answers the first call of a run that the command line was asked for. */
async function startCommandLine(server: ScriptedServer, folder: string, cache: string): Promise<number> {
  await server.seen()
  const began = process.hrtime.bigint()
  const args = ['run', '--requirement', 'Bench.', '--workspace', 'workspace']
  const child = startPaddock(folder, args, { base: server.base, cache })
  const ended = once(child, 'exit')
  for (;;) {
    const [first] = (await server.seen()).began
    if (first !== undefined) {
      child.kill('SIGKILL')
      await ended
      return Number(first - began) / 1e6
    }
    await sleep(10)
  }
}
