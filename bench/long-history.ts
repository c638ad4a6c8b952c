import { createTaskGraph } from '../electron/core/task-manager.ts'
import { blobOf } from '../electron/core/store/ledger.ts'
import type { NewRunEvent } from '../shared/run-event.ts'
import { oneStep } from './six-steps.ts'

/** What an interrupted run of one task has left behind: thousands of calls, each with a file that it made. */
export function longHistory(count: number, workspace: string): NewRunEvent[] {
  const [task] = createTaskGraph(oneStep.steps, new Date())
  const id = task!.task_id
  const events: NewRunEvent[] = [
    {
      type: 'run-created',
      workflow: oneStep,
      requirement: 'Bench.',
      documents: [],
      code: { files: [], left_out: [] },
      workspace,
      accept: false,
      rehearsal: null,
      agents: [{ agent_id: 'dev_001', role: 'developer' }],
      tasks: [task!],
    },
    { type: 'run-claimed', pid: 1, model: 'bench', window: 32_768 },
    { type: 'task-started', task: id, agent: 'dev_001' },
  ]
  for (let number = 1; events.length < count; number++) events.push(...callEvents(id, number))
  return events.slice(0, count)
}

function callEvents(task: string, number: number): NewRunEvent[] {
  const call = `${task}.${number}`
  const path = `src/package_${number % 50}/module_${number}.py`
  const { hash } = blobOf(path)
  return [
    { type: 'call-queued', task, call, part: `file ${path}` },
    {
      type: 'call-started',
      task,
      call,
      purpose: 'first',
      reason: null,
      prompt: hash,
      prompt_tokens: 1800,
      counted_by: 'server',
      max_tokens: 8192,
      prefilled: false,
    },
    {
      type: 'answer-ended',
      task,
      call,
      bytes: 4096,
      hash,
      finish: 'stop',
      usage: { prompt: 1800, completion: 1000, cached: 1500 },
      ms: 20_000,
      first_token_ms: 500,
    },
    {
      type: 'file-drafted',
      task,
      role: 'developer',
      draft: {
        path,
        hash,
        bytes: 4000,
        language: 'python',
        complete: true,
        elided: false,
        note: null,
        how: 'plan',
        call,
        line: 1,
      },
    },
  ]
}
