import { createOpenAiFloor, runPromises } from './floors.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer } from './scripted-server.ts'
import { steps } from './six-steps.ts'

const runs = 40
const slots = 8
const callMs = 100
/** With every slot busy from the first moment to the last. */
const workBound = (runs * steps.length * callMs) / slots

/** Forty runs at once on eight slots: whether slots stand idle, and whether runs end one after the other or all at the end. */
export async function measureSharedSlots(): Promise<Measure[]> {
  return withServer(async (server) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(server.base, folder)
      const openai = createOpenAiFloor(server.base)
      await paddock.run()
      await runPromises(openai)
      await server.configure({ slots, delays: Object.fromEntries(steps.map((step) => [step, callMs])) })
      const floor = await together(() => runPromises(openai))
      const own = await together(() => paddock.run())
      paddock.close()
      return [
        {
          measure: `${runs} runs on ${slots} slots: wall / work bound of ${milliseconds(workBound)}`,
          paddock: (own.last / workBound).toFixed(3),
          openai: (floor.last / workBound).toFixed(3),
          ratio: (own.last / workBound).toFixed(3),
          aim: '<= 1.03',
        },
        {
          measure: '... median completion / last',
          paddock: (own.middle / own.last).toFixed(3),
          openai: (floor.middle / floor.last).toFixed(3),
          ratio: (own.middle / own.last).toFixed(3),
          aim: '<= 0.6 (older runs first)',
        },
      ]
    }),
  )
}

async function together(run: () => Promise<unknown>): Promise<{ middle: number; last: number }> {
  const start = performance.now()
  const ends: number[] = []
  await Promise.all(
    Array.from({ length: runs }, () => run().then(() => ends.push(performance.now() - start))),
  )
  return { middle: median(ends), last: Math.max(...ends) }
}
