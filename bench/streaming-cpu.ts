import { createFetchFloor, createOpenAiFloor, type Complete } from './floors.ts'
import { interleave, milliseconds, ratio, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'
import { oneStep } from './six-steps.ts'

const flooded = { tokens: 10_000, tokensPerSecond: null, isFlood: true, turns: 9, warmUps: 3 }
// What the flood has warmed up stays warm.
const paced = { tokens: 2000, tokensPerSecond: 200, isFlood: false, turns: 3, warmUps: 0 }

/** Processor time of this process while one answer streams, a run's beginning and end included. */
export async function measureStreamingCpu(): Promise<Measure[]> {
  return withServer(async (server) => [
    await measure(server, flooded, `flooded (one answer of ${flooded.tokens})`),
    await measure(server, paced, `at ${paced.tokensPerSecond} a second (one answer of ${paced.tokens})`),
  ])
}

async function measure(
  server: ScriptedServer,
  { tokens, tokensPerSecond, isFlood, turns, warmUps }: typeof flooded | typeof paced,
  how: string,
): Promise<Measure> {
  await server.configure({ tokens, tokensPerSecond, isFlood })
  return withScratch(async (folder) => {
    const paddock = new Paddock(server.base, folder)
    const one = (complete: Complete) => () => complete('Note step 1.')
    const cpu = (work: () => Promise<unknown>) => async () => {
      const start = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    const spent = await interleave(
      {
        openai: cpu(one(createOpenAiFloor(server.base))),
        fetch: cpu(one(createFetchFloor(server.base))),
        paddock: cpu(() => paddock.run(oneStep)),
      },
      turns,
      warmUps,
    )
    paddock.close()
    const perThousand = (microseconds: number) => milliseconds(microseconds / tokens)
    return {
      measure: `processor time per 1,000 tokens, ${how}`,
      paddock: perThousand(spent.paddock),
      openai: perThousand(spent.openai),
      fetch: perThousand(spent.fetch),
      ratio: ratio(spent.paddock, spent.openai),
      aim: '<= 1.0 x openai',
    }
  })
}
