import type { Run, TaskState } from './run.ts'

/** Every task that rests on this one, directly or through others. */
export function dependents(run: Run, id: string): Set<string> {
  const found = new Set<string>()
  for (const open = [id]; open.length > 0;) {
    const above = open.pop()!
    for (const { task } of Object.values(run.tasks))
      if (task.dependencies.includes(above) && !found.has(task.task_id)) {
        found.add(task.task_id)
        open.push(task.task_id)
      }
  }
  return found
}

/** Every task that this one rests on, directly or through others. */
export function ancestors(run: Run, id: string): Set<string> {
  const found = new Set<string>()
  for (const open = [id]; open.length > 0;)
    for (const need of run.tasks[open.pop()!]?.task.dependencies ?? [])
      if (!found.has(need)) {
        found.add(need)
        open.push(need)
      }
  return found
}

/** The run's tasks, each changed. */
export function mapTasks(run: Run, change: (state: TaskState, id: string) => TaskState): Run['tasks'] {
  return Object.fromEntries(Object.entries(run.tasks).map(([id, state]) => [id, change(state, id)]))
}

/** Tasks that may start now, the more important first, then in the order of the workflow. */
export function readyTasks(run: Run): TaskState[] {
  return Object.values(run.tasks)
    .filter(
      ({ status, task }) =>
        status === 'pending' && task.dependencies.every((need) => run.tasks[need]?.status === 'completed'),
    )
    .sort((one, other) => other.task.priority - one.task.priority)
}

/** Tasks that can never start because something they rest on failed, each with what stopped it. */
export function stoppedTasks(run: Run): { id: string; by: string }[] {
  return Object.values(run.tasks).flatMap(({ status, task }) => {
    if (status !== 'pending') return []
    const by = task.dependencies.find((need) => isStopped(run.tasks[need]))
    return by === undefined ? [] : [{ id: task.task_id, by }]
  })
}

const isStopped = (state: TaskState | undefined) =>
  state === undefined || state.status === 'failed' || state.status === 'blocked'
