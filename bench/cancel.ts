import { setTimeout as sleep } from 'node:timers/promises'
import { createOpenAiFloor } from './floors.ts'
import { median, milliseconds, ratio, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'

const turns = 9

/** A run that is cancelled while both of its arms stream: when the server sees each go, and when all has settled. */
export async function measureCancel(): Promise<Measure[]> {
  return withServer(async (server) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(server.base, folder)
      await paddock.run()
      const own = await repeat(server, 2, (signal) => paddock.run(undefined, signal))
      paddock.close()
      const openai = createOpenAiFloor(server.base)
      const prompts = ['Note step 2.', 'Note step 3.']
      const floor = await repeat(server, 2, (signal) =>
        Promise.allSettled(prompts.map((prompt) => openai(prompt, signal))),
      )
      return [
        {
          measure: 'cancel: the server sees both arms close',
          paddock: milliseconds(own.seen),
          openai: milliseconds(floor.seen),
          ratio: ratio(own.seen, floor.seen),
          aim: '<= 10 ms',
        },
        {
          measure: '... the run has settled, outputs written',
          paddock: milliseconds(own.settled),
          openai: milliseconds(floor.settled),
          ratio: ratio(own.settled, floor.settled),
          aim: '<= 50 ms',
        },
      ]
    }),
  )
}

async function repeat(
  server: ScriptedServer,
  streams: number,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<{ seen: number; settled: number }> {
  const seen: number[] = []
  const settled: number[] = []
  // The first step ends soon; the arms then stream for ten seconds.
  await server.configure({ tokens: { 1: 20, 2: 2000, 3: 2000 }, tokensPerSecond: 200 })
  for (let turn = 0; turn < turns; turn++) {
    await server.seen()
    const stop = new AbortController()
    const ended = work(stop.signal)
    await sleep(250)
    const start = process.hrtime.bigint()
    stop.abort()
    await ended
    settled.push(Number(process.hrtime.bigint() - start) / 1e6)
    await sleep(30)
    const { closed } = await server.seen()
    if (closed.length !== streams) throw new Error(`${closed.length} streams were open, not ${streams}.`)
    seen.push(Number(closed.at(-1)! - start) / 1e6)
  }
  return { seen: median(seen), settled: median(settled) }
}
