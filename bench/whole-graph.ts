import { createFetchFloor, createOpenAiFloor, runPromises } from './floors.ts'
import { interleave, median, milliseconds, ratio, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer } from './scripted-server.ts'

const turns = 40
const warmUps = 30

async function wall(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Wall time of the six steps with nothing to wait for: what leading a run costs by itself. */
export async function measureWholeGraph(): Promise<Measure[]> {
  return withServer(async ({ base }) =>
    withScratch(async (folder) => {
      const paddock = new Paddock(base, `${folder}/plain`)
      const backed = new Paddock(base, `${folder}/backed`, { backups_kept: 10 })
      paddock.keepsEvents = true
      const openai = createOpenAiFloor(base)
      const fetch = createFetchFloor(base)
      const graphs: number[] = []
      const whole = await interleave(
        {
          openai: () => wall(() => runPromises(openai)),
          fetch: () => wall(() => runPromises(fetch)),
          paddock: async () => {
            paddock.told.length = 0
            const time = await wall(() => paddock.run())
            graphs.push(paddock.graphMs())
            return time
          },
          backed: () => wall(() => backed.run()),
        },
        turns,
        warmUps,
      )
      paddock.close()
      backed.close()
      const graph = median(graphs.slice(warmUps))
      const floors = { openai: milliseconds(whole.openai), fetch: milliseconds(whole.fetch) }
      return [
        {
          measure: 'whole graph, 50 tokens a step: input read to outputs written',
          paddock: milliseconds(whole.paddock),
          ...floors,
          ratio: ratio(whole.paddock, whole.openai),
          aim: '<= 1.0 x openai',
        },
        {
          measure: '... from run-created to the last task-completed',
          paddock: milliseconds(graph),
          ...floors,
          ratio: ratio(graph, whole.openai),
          aim: '',
        },
        {
          measure: '... the whole with a backup of the outputs, as configured by default',
          paddock: milliseconds(whole.backed),
          ...floors,
          ratio: ratio(whole.backed, whole.openai),
          aim: '',
        },
      ]
    }),
  )
}
