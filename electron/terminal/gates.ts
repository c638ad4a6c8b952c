import type { Run, TaskState } from '../../shared/run.ts'
import { printable } from './format.ts'
import { asTyped } from './program-name.ts'

/** The steps whose gates wait for a person. */
export const waitingGates = (run: Run): TaskState[] =>
  Object.values(run.tasks).filter(({ status }) => status === 'gated')

/** What a person calls a step: its number, or its id where it has none. */
export const stepName = ({ task }: TaskState): string => String(task.context.step ?? task.task_id)

/** Says that a gate waits, and how it is opened. */
export const gateLine = ({ id }: Run, state: TaskState): string =>
  asTyped(
    `Step ${stepName(state)} (${printable(state.task.description)}) waits for your decision: paddock gate ${id} ${stepName(state)} --open (or --close)`,
  )
