import type { RunSummary } from '../../shared/contract.ts'
import type { Run, TaskState } from '../../shared/run.ts'
import { isRefusedStep, standingOf, stepName } from '../../shared/standing.ts'
import { printable } from './format.ts'
import { asTyped } from './program-name.ts'

const waits = 'waits for you'

/** How a run of the list stands, in a word. */
export function standingWord(run: RunSummary): string {
  const standing = standingOf(run)
  return standing === 'gated' ? waits : standing
}

/** How a step stands, in a word. */
export const stepWord = (state: TaskState): string =>
  isRefusedStep(state) ? 'refused' : state.status === 'gated' ? waits : state.status

/** Says that a gate waits, and how it is opened. */
export const gateLine = ({ id }: Run, state: TaskState): string =>
  asTyped(
    `Step ${stepName(state)} (${printable(state.task.description)}) waits for your decision: paddock gate ${id} ${stepName(state)} --open (or --close)`,
  )
