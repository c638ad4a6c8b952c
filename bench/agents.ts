import { AgentRegistry } from '../electron/core/agents/registry.ts'
import { Journal } from '../electron/core/journal.ts'
import { openLedger } from '../electron/core/store/sqlite.ts'
import { createTaskGraph, TaskManager } from '../electron/core/task-manager.ts'
import { Settings } from '../shared/settings.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'

/** How long a team takes to be made (S95), and a task to be taken from the queue and handed over, durably (S96). */
export async function measureAgents(): Promise<Measure[]> {
  const settings = Settings.parse({})
  const began = performance.now()
  new AgentRegistry().createTeam('.', settings)
  const team = performance.now() - began
  const assignments = await withScratch(async (folder) => {
    const ledger = openLedger(folder)
    const journal = new Journal(ledger, '20260101-000000-bench0')
    const tasks = new TaskManager(journal)
    const step = {
      agent_role: 'developer',
      task_type: 'bench',
      description: 'x',
      depends_on: [],
      priority: 1,
      gate: false,
    }
    const steps = Array.from({ length: 50 }, (_, index) => ({ ...step, step: index + 1 }))
    for (const task of createTaskGraph(steps, new Date())) await tasks.addTask(task)
    const times: number[] = []
    for (let task = tasks.getNextTask(); task; task = tasks.getNextTask()) {
      const start = performance.now()
      void tasks.markStarted(task.task_id, 'dev_001')
      await journal.append([])
      times.push(performance.now() - start)
    }
    ledger.close()
    return times
  })
  return [
    { measure: 'five agents made', paddock: milliseconds(team), aim: '10 ms (S95: 1 s)' },
    {
      measure: 'task assigned, on disk (median of 50)',
      paddock: milliseconds(median(assignments)),
      aim: '3 ms (S96: 100 ms)',
    },
  ]
}
