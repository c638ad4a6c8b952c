import type { Run, TaskState } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { mapTasks } from './run-graph.ts'

/** Marks what was built on files that have changed since; files that are again what they were make it good. */
export function foldCode(run: Run, event: Extract<RunEvent, { type: 'code-changed' }>): Partial<Run> {
  const { path, hash } = event
  const { [path]: _, ...others } = run.changedCode
  const isAsRead = run.code.files.some((file) => file.path === path && file.hash === hash)
  const changedCode = isAsRead || isOwnContent(run, path, hash) ? others : { ...others, [path]: hash }
  const before = reasonOf(run.changedCode)
  return {
    changedCode,
    tasks: mapTasks(run, (state) =>
      staleByCode(before !== null && state.stale === before ? { ...state, stale: null } : state, changedCode),
    ),
  }
}

/** A task that has ended is stale where the code that it was given is another one now, whenever that became known. */
export function staleByCode(state: TaskState, changedCode: Run['changedCode']): TaskState {
  const reason = reasonOf(changedCode)
  return reason === null || state.stale !== null || !ended.has(state.status)
    ? state
    : { ...state, stale: reason }
}

/** A failed task may have made some of its files. */
const ended: ReadonlySet<TaskState['status']> = new Set(['completed', 'gated', 'failed'])

/** Whether it is the run itself that put this content there, or was about to. */
export function isOwnContent({ files }: Pick<Run, 'files'>, path: string, hash: string | null): boolean {
  const file = hash !== null && Object.hasOwn(files, path) ? files[path]! : null
  return file !== null && (file.written === hash || file.writing?.hash === hash)
}

function reasonOf(changedCode: Run['changedCode']): string | null {
  const [path] = Object.keys(changedCode)
  return path === undefined ? null : `${path} has changed since this run read it`
}
