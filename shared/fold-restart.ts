import { withoutVersions } from './fold-file.ts'
import { staleAfter } from './fold-task.ts'
import type { CallState, Run, TaskState } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { dependents, mapTasks } from './run-graph.ts'

/**
 * Puts a task back to its start; what was blocked by it waits again, what was built on it is stale. What came of the
 * answers that no longer count is made again, or it is not.
 */
export function restart(run: Run, event: Extract<RunEvent, { type: 'task-restarted' }>): Partial<Run> {
  const below = dependents(run, event.task)
  const again = run.tasks[event.task]
  if (!again) return {}
  // A failure that names no question may lie in any answer.
  const all = event.from === 'beginning' || again.failedParts.length === 0
  const calls = again.calls.map((call): CallState =>
    all || again.failedParts.includes(call.part) ? { ...call, status: 'void' } : call,
  )
  const gone = new Set(calls.flatMap(({ id, status }) => (status === 'void' ? [id] : [])))
  // What a person wrote stays, whatever it was written over.
  const isGone = ({ task, call, how }: { task: string; call: string; how?: string }) =>
    task === event.task && how !== 'person' && (all || gone.has(call))
  return {
    tasks: mapTasks(run, (state, id) => {
      if (id === event.task) return { ...putBack(state), calls, plan: all ? null : state.plan }
      return below.has(id) ? afterRestart(state, event.task) : state
    }),
    files: withoutVersions(run.files, isGone),
    unplaced: run.unplaced.filter((block) => !isGone(block)),
    // What it told others is told again as it comes out now.
    messages: run.messages.filter(({ task_id }) => task_id !== event.task),
  }
}

const putBack = (state: TaskState): TaskState => ({
  ...state,
  task: { ...state.task, completed_at: null, result: null, error: null },
  status: 'pending',
  attempt: state.attempt + 1,
  startedAt: null,
  failedParts: [],
  stale: null,
})

const afterRestart = (state: TaskState, above: string): TaskState =>
  state.status === 'blocked'
    ? { ...state, status: 'pending', task: { ...state.task, error: null, completed_at: null } }
    : staleAfter(state, `${above} ran again`)
