import type { RunSummary } from './contract.ts'
import type { ErrorData } from './errors.ts'
import type { Run, TaskState } from './run.ts'
import type { RunGate } from './run-event.ts'

/** What a person calls a step: its number, or its id where it has none. */
export const stepName = ({ task }: TaskState): string => String(task.context.step ?? task.task_id)

/** Whether a person refused a step at its gate: nothing else that fails has the code `cancelled`. */
export const isRefused = (status: string, error: ErrorData | null): boolean =>
  status === 'failed' && error?.code === 'cancelled'

/** The same of a task. */
export const isRefusedStep = ({ status, task }: TaskState): boolean => isRefused(status, task.error)

/** Whether some steps failed, and each of them because a person refused it. */
export function failedByRefusal(
  steps: readonly { readonly status: string; readonly error: ErrorData | null }[],
): boolean {
  const failed = steps.filter(({ status }) => status === 'failed')
  return failed.length > 0 && failed.every(({ status, error }) => isRefused(status, error))
}

/** The steps whose gates wait for a person. */
export const waitingGates = (run: Run): TaskState[] =>
  Object.values(run.tasks).filter(({ status }) => status === 'gated')

/** The gates that make out how a run stands: those that wait, and, where nothing else failed, those that were refused. */
export function gatesOf(run: Run): RunGate[] {
  const states = Object.values(run.tasks)
  const isAllRefused = failedByRefusal(states.map(({ status, task }) => ({ status, error: task.error })))
  const gate = (is: RunGate['is']) => (state: TaskState) => ({
    step: stepName(state),
    title: state.task.description,
    is,
  })
  const refused = isAllRefused ? states.filter(isRefusedStep) : []
  return [...waitingGates(run).map(gate('waiting')), ...refused.map(gate('refused'))]
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

/** The same of a run that is here as a whole. */
export const standingIn = (run: Run, status: RunSummary['status']): Standing =>
  standingOf({ status, gates: gatesOf(run) })
