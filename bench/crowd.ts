import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Crowd, CrowdFigures } from './crowd-process.ts'
import { milliseconds, ratio, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'

const graphs = 1000
const unlimited = 100_000

/** A thousand graphs that are all asked for at the same moment; each contender in a process of its own. */
export async function measureCrowd(): Promise<Measure[]> {
  return withServer(async (server) => {
    // The floors are bound by nothing but themselves, nor is their server.
    const openai = await runBoth(server, 'openai', unlimited)
    const fetch = await runBoth(server, 'fetch', unlimited)
    const own = await runBoth(server, 'paddock', 8)
    const row = (measure: string, key: keyof CrowdFigures, show: (value: number) => string, aim: string) => ({
      measure,
      paddock: show(own[key]),
      openai: show(openai[key]),
      fetch: show(fetch[key]),
      ratio: ratio(own[key], openai[key]),
      aim,
    })
    const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(3)} MB`
    return [
      row(`${graphs} graphs at once: wall`, 'ms', milliseconds, '<= 1.0 x openai'),
      row('... longest stall of the event loop', 'stallMs', milliseconds, '<= 50 ms'),
      row('... heap per graph while none goes on', 'heapBytes', megabytes, '<= 0.1 MB'),
      row('... most resident memory per graph, garbage included', 'residentBytes', megabytes, ''),
    ]
  })
}

/** Once to its end, and once more with a server that answers nobody. */
async function runBoth(
  server: ScriptedServer,
  contender: Crowd['contender'],
  slots: number,
): Promise<CrowdFigures> {
  const run = (isHeld: boolean) =>
    withScratch((folder) => runCrowd(server, slots, { contender, graphs, folder, base: server.base, isHeld }))
  const { heapBytes } = await run(true)
  return { ...(await run(false)), heapBytes }
}

async function runCrowd(server: ScriptedServer, slots: number, crowd: Crowd): Promise<CrowdFigures> {
  await server.configure({ slots })
  const child = fork(join(import.meta.dirname, 'crowd-process.ts'), { execArgv: ['--expose-gc'] })
  child.send(crowd)
  await once(child, 'message')
  if (crowd.isHeld) await server.configure({ slots, delays: { 1: 3_600_000 } })
  child.send('go')
  const [figures] = (await once(child, 'message')) as [CrowdFigures]
  child.kill('SIGKILL')
  await once(child, 'exit')
  return figures
}
