import type { RunSummary } from '../../../shared/contract.ts'
import { standingOf } from '../../../shared/standing.ts'
import { runsStrings } from '../../strings-runs.ts'

/** Why a run does not go on, in a few words: what went wrong, or which decision it waits for; null where it does. */
export const reasonOf = (run: RunSummary): string | null =>
  standingOf(run) === 'gated' ? runsStrings.waitsAt(run.gates) : run.reason
