import { createOpenAiFloor, runPromises } from './floors.ts'
import { median, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'
import { steps } from './six-steps.ts'

const runs = 40
const slots = 8
const callMs = 100

/** Forty runs at once on eight slots: whether slots stand idle, and whether runs end one after the other or all at the end. */
export async function measureSharedSlots(): Promise<Measure[]> {
  return withServer(async (server) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(server.base, folder)
      const openai = createOpenAiFloor(server.base)
      for (let turn = 0; turn < 20; turn++) {
        await paddock.run()
        await runPromises(openai)
      }
      await server.configure({ slots, delays: Object.fromEntries(steps.map((step) => [step, callMs])) })
      const floor = await together(server, () => runPromises(openai))
      const own = await together(server, () => paddock.run())
      paddock.close()
      return [
        {
          measure: `${runs} runs on ${slots} slots: wall / work bound`,
          paddock: own.toBound.toFixed(3),
          openai: floor.toBound.toFixed(3),
          ratio: own.toBound.toFixed(3),
          aim: '<= 1.03',
        },
        {
          measure: '... median completion / last',
          paddock: own.middle.toFixed(3),
          openai: floor.middle.toFixed(3),
          ratio: own.middle.toFixed(3),
          aim: '<= 0.6 (older runs first)',
        },
      ]
    }),
  )
}

/** The work bound is what the server worked in all, with every slot busy from the first moment to the last. */
async function together(
  server: ScriptedServer,
  run: () => Promise<unknown>,
): Promise<{ toBound: number; middle: number }> {
  await server.seen()
  const start = performance.now()
  const ends: number[] = []
  await Promise.all(
    Array.from({ length: runs }, () => run().then(() => ends.push(performance.now() - start))),
  )
  const last = Math.max(...ends)
  const { busyMs } = await server.seen()
  return { toBound: last / (busyMs / slots), middle: median(ends) / last }
}
