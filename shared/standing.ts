import type { RunSummary } from './contract.ts'
import type { ErrorData } from './errors.ts'
import type { Run, TaskState } from './run.ts'
import type { RunGate } from './run-event.ts'

/** What a person calls a step: its number, or its id where it has none. */
export const stepName = ({ task }: TaskState): string => String(task.context.step ?? task.task_id)

/** Whether a person refused a step at its gate: nothing else that fails has the code `cancelled`. */
export const isRefused = (status: string, error: ErrorData | null): boolean =>
  status === 'failed' && error?.code === 'cancelled'

/** The steps whose gates wait for a person. */
export const waitingGates = (run: Run): TaskState[] =>
  Object.values(run.tasks).filter(({ status }) => status === 'gated')

/** The gates that make out how a run stands: those that wait, and, where nothing else failed, those that were refused. */
export function gatesOf(run: Run): RunGate[] {
  const failed = Object.values(run.tasks).filter(({ status }) => status === 'failed')
  const isAllRefused = failed.every(({ status, task }) => isRefused(status, task.error))
  const gate = (is: RunGate['is']) => (state: TaskState) => ({
    step: stepName(state),
    title: state.task.description,
    is,
  })
  return [...waitingGates(run).map(gate('waiting')), ...(isAllRefused ? failed.map(gate('refused')) : [])]
}

/** How a run stands, as people read it: `gated` waits for a person's decision, `refused` ended because of one. */
export type Standing = RunSummary['status'] | 'gated' | 'refused'

/** What the status of a run means to people, with its gates. */
export function standingOf({ status, gates }: Pick<RunSummary, 'status' | 'gates'>): Standing {
  const has = (is: RunGate['is']) => gates.some((gate) => gate.is === is)
  if (status === 'running' && has('waiting')) return 'gated'
  if ((status === 'failed' || status === 'partial') && has('refused')) return 'refused'
  return status
}
