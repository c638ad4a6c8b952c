import type { RunSummary } from '../../../shared/contract.ts'
import type { Run, TaskState } from '../../../shared/run.ts'
import { isRefusedStep, standingIn, waitingGates } from '../../../shared/standing.ts'
import type { Phase } from '../../strings-run.ts'
import type { StepTone } from '../../components/run/progress.ts'

/** What the header of a run shows, and what can be done now. */
export type RunHeader = {
  readonly phase: Phase
  /** The step that is on, counted from 1: completed ones and one more while the run goes on. */
  readonly step: number
  readonly steps: number
  readonly completed: number
  readonly segments: readonly StepTone[]
  readonly files: number
  readonly can: {
    readonly pause: boolean
    readonly goOn: boolean
    readonly resume: boolean
    readonly stop: boolean
  }
  /** Whether a step can be run again: only while nobody leads the run. */
  readonly canRetry: boolean
  /** Steps that failed, or could not run. */
  readonly failed: readonly TaskState[]
  readonly gates: readonly TaskState[]
}

/** What the header of a run shows. `status` is the run's line in the list, which knows whether somebody leads it. */
export function runHeader(run: Run, status: RunSummary['status'] | undefined): RunHeader {
  const states = Object.values(run.tasks)
  const completed = states.filter((state) => state.status === 'completed' || state.status === 'gated').length
  const phase = phaseOf(run, status)
  const goesOn = phase === 'running' || phase === 'gated'
  const isOn = goesOn || phase === 'paused' || phase === 'stopping'
  return {
    phase,
    step: isOn ? Math.min(completed + 1, states.length) : completed,
    steps: states.length,
    completed,
    segments: states.map(toneOf),
    files: Object.keys(run.files).length,
    can: {
      pause: goesOn,
      goOn: phase === 'paused',
      resume: phase === 'interrupted' || (run.outcome !== null && run.outcome !== 'completed'),
      stop: goesOn || phase === 'paused' || phase === 'interrupted',
    },
    canRetry: !isOn,
    failed: states.filter((state) => state.status === 'failed' || state.status === 'blocked'),
    gates: waitingGates(run),
  }
}

function phaseOf(run: Run, status: RunSummary['status'] | undefined): Phase {
  if (run.outcome) return standingIn(run, run.outcome)
  if (status === 'interrupted') return 'interrupted'
  if (run.control === 'cancel') return 'stopping'
  return run.control === 'pause' ? 'paused' : standingIn(run, 'running')
}

function toneOf(state: TaskState): StepTone {
  const { status, stale } = state
  if (status === 'completed') return stale ? 'waiting' : 'good'
  if (status === 'running') return 'accent'
  if (status === 'gated' || isRefusedStep(state)) return 'waiting'
  return status === 'failed' ? 'error' : status === 'blocked' ? 'off' : 'none'
}
