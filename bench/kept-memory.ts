import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Measure } from './measure.ts'
import { withScratch } from './scratch.ts'
import { withServer } from './scripted-server.ts'

/** What a process still holds of runs that have ended. */
export async function measureKeptMemory(): Promise<Measure[]> {
  const bytes = await withServer((server) =>
    withScratch(async (folder) => {
      const child = fork(join(import.meta.dirname, 'kept-memory-process.ts'), { execArgv: ['--expose-gc'] })
      child.send({ base: server.base, folder })
      const [kept] = (await once(child, 'message')) as [number]
      child.disconnect()
      return kept
    }),
  )
  return [
    { measure: 'memory kept per finished run', paddock: `${(bytes / 1024).toFixed(2)} KB`, aim: '<= 1 KB' },
  ]
}
