import { openCore } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import { createWorkflow } from '../electron/core/workflow-templates.ts'
import { Settings } from '../shared/settings.ts'
import { startDelayedServer } from './delayed-server.ts'
import type { Measure } from './main.ts'
import type { RunEvent } from '../shared/run-event.ts'
import { withScratch } from './scratch.ts'

/** Milliseconds that each step's answer takes; the arms 2-4 and 3-5 are unequal in opposite ways. */
const delays: Readonly<Record<number, number>> = { 1: 600, 2: 800, 3: 3200, 4: 3200, 5: 800, 6: 600 }
const needs: Readonly<Record<number, number[]>> = { 1: [], 2: [1], 3: [1], 4: [2], 5: [3], 6: [4, 5] }
const criticalPath = delays[1]! + delays[2]! + delays[4]! + delays[6]!

const workflow = createWorkflow({
  id: 'bench',
  name: 'Bench',
  description: 'Two unequal arms',
  steps: Object.entries(needs).map(([step, depends_on]) => ({
    step: Number(step),
    agent_role: 'developer',
    task_type: 'note',
    description: `step ${step}`,
    depends_on,
  })),
})

/** Wall time of a graph with two unequal arms against its longest path; a barrier at each level would cost 1.46 times that. */
export async function measureMakespan(): Promise<Measure[]> {
  const server = await startDelayedServer((prompt) => delays[Number(/step (\d)\./.exec(prompt)?.[1])] ?? 0)
  try {
    const { graph, whole } = await withScratch(async (folder) => {
      const settings = Settings.parse({ openai_api_base: server.base })
      const told: { type: RunEvent['type']; at: number }[] = []
      const publish = (name: string, payload: unknown) => {
        if (name === 'run') told.push({ type: (payload as RunEvent).type, at: performance.now() })
      }
      const core = openCore(settings, { dataFolder: `${folder}/data`, publish })
      const orchestrator = new AgentOrchestrator(folder, settings, core)
      // The SDK is loaded with the first call; what is measured is the graph.
      await orchestrator.executeWorkflow(workflow, { requirement: 'warm up' })
      told.length = 0
      const start = performance.now()
      await orchestrator.executeWorkflow(workflow, { requirement: 'bench' })
      const end = performance.now()
      core.ledger.close()
      const created = told.find(({ type }) => type === 'run-created')!.at
      const completed = told.findLast(({ type }) => type === 'task-completed')!.at
      return { graph: completed - created, whole: end - start }
    })
    const ratio = (time: number) => (time / criticalPath).toFixed(3)
    return [
      {
        measure: `two unequal arms: makespan / critical path of ${criticalPath / 1000} s`,
        value: ratio(graph),
        aim: '1.02',
      },
      { measure: 'the same with reading input and writing outputs', value: ratio(whole), aim: '' },
    ]
  } finally {
    await server.stop()
  }
}
