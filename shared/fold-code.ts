import { staleAfter } from './fold-task.ts'
import type { Run } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { mapTasks } from './run-graph.ts'

/** Marks what was built on a file that has changed since; a file that is again what it was makes it good. */
export function foldCode(run: Run, event: Extract<RunEvent, { type: 'code-changed' }>): Partial<Run> {
  const { path, hash } = event
  const reason = `${path} has changed since this run read it`
  const { [path]: _, ...others } = run.changedCode
  if (run.code.files.some((file) => file.path === path && file.hash === hash))
    return {
      changedCode: others,
      tasks: mapTasks(run, (state) => (state.stale === reason ? { ...state, stale: null } : state)),
    }
  return {
    changedCode: { ...others, [path]: hash },
    tasks: mapTasks(run, (state) => (state.stale === null ? staleAfter(state, reason) : state)),
  }
}
