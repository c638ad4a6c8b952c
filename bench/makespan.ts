import { setTimeout as sleep } from 'node:timers/promises'
import { openCore } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import { createWorkflow } from '../electron/core/workflow-templates.ts'
import { Settings } from '../shared/settings.ts'
import { startDelayedServer } from './delayed-server.ts'
import type { Measure } from './main.ts'
import { withScratch } from './scratch.ts'

/** Milliseconds that each step's answer takes; the arms 2-4 and 3-5 are unequal in opposite ways. */
const delays: Readonly<Record<number, number>> = { 1: 300, 2: 400, 3: 1600, 4: 1600, 5: 400, 6: 300 }
const needs: Readonly<Record<number, number[]>> = { 1: [], 2: [1], 3: [1], 4: [2], 5: [3], 6: [4, 5] }
const criticalPath = delays[1]! + delays[2]! + delays[4]! + delays[6]!

/** Wall time of a graph with two unequal arms against its longest path; a barrier at each level would cost 1.46. */
export async function measureMakespan(): Promise<Measure[]> {
  const server = await startDelayedServer((prompt) => delays[Number(/step (\d)\./.exec(prompt)?.[1])] ?? 0)
  try {
    const wall = await withScratch(async (folder) => {
      const settings = Settings.parse({ openai_api_base: server.base })
      const core = openCore(settings, { dataFolder: `${folder}/data` })
      const orchestrator = new AgentOrchestrator(folder, settings, core)
      const steps = Object.entries(needs).map(([step, depends_on]) => ({
        step: Number(step),
        agent_role: 'developer',
        task_type: 'note',
        description: `step ${step}`,
        depends_on,
      }))
      const workflow = createWorkflow({ id: 'bench', name: 'Bench', description: 'Two unequal arms', steps })
      // The SDK is loaded with the first call; what is measured is the graph.
      await orchestrator.executeWorkflow(workflow, { requirement: 'warm up' })
      await sleep(100)
      const start = performance.now()
      await orchestrator.executeWorkflow(workflow, { requirement: 'bench' })
      const spent = performance.now() - start
      core.ledger.close()
      return spent
    })
    const ratio = (wall / criticalPath).toFixed(3)
    return [{ measure: 'two unequal arms: wall time / critical path', value: ratio, aim: '1.02' }]
  } finally {
    await server.stop()
  }
}
