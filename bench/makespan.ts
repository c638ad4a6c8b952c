import { createOpenAiFloor, runPromises } from './floors.ts'
import { ratio, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer } from './scripted-server.ts'

/** Milliseconds that each step's answer takes; the arms 2-4 and 3-5 are unequal in opposite ways. */
const delays: Readonly<Record<number, number>> = { 1: 600, 2: 800, 3: 3200, 4: 3200, 5: 800, 6: 600 }
const criticalPath = delays[1]! + delays[2]! + delays[4]! + delays[6]!

/** Wall time of a graph with two unequal arms against its longest path; a barrier at each level would cost 1.46 times that. */
export async function measureMakespan(): Promise<Measure[]> {
  return withServer(async (server) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(server.base, folder)
      const openai = createOpenAiFloor(server.base)
      // What is loaded with a first call is not what is measured.
      await paddock.run()
      await runPromises(openai)
      await server.configure({ delays })
      paddock.keepsEvents = true
      const start = performance.now()
      await paddock.run()
      const whole = performance.now() - start
      const floorStart = performance.now()
      await runPromises(openai)
      const floor = performance.now() - floorStart
      paddock.close()
      const against = (time: number) => ratio(time, criticalPath)
      return [
        {
          measure: `two unequal arms: makespan / critical path of ${criticalPath / 1000} s`,
          paddock: against(paddock.graphMs()),
          openai: against(floor),
          ratio: against(paddock.graphMs()),
          aim: '<= 1.02',
        },
        {
          measure: '... with reading input and writing outputs',
          paddock: against(whole),
          aim: '',
        },
      ]
    }),
  )
}
