import { AgentRole } from '../../../shared/agent.ts'
import type { Run, TaskState } from '../../../shared/run.ts'
import { isRefusedStep, stepName } from '../../../shared/standing.ts'
import type { StepData, StepState } from '../../components/run/step-data.ts'
import { runStrings } from '../../strings-run.ts'
import { lastCall, needsOf, timesOf, wasStopped } from './step-words.ts'

const words = runStrings.graph

/** Every step of a run as graph and list show it, in the order of the workflow. */
export const stepsOf = (run: Run): StepData[] => Object.values(run.tasks).map((state) => stepOf(run, state))

function stepOf(run: Run, state: TaskState): StepData {
  const { task, attempt } = state
  const now = stateOf(state)
  const files = filesOf(run, task.task_id)
  const facts = [
    ...(now === 'pending' ? [whyPending(run, state)] : []),
    ...(now === 'queued' ? [words.queued] : []),
    ...(now === 'gated' ? [words.gated] : []),
    ...(now === 'blocked' ? [words.blocked] : []),
    ...(now === 'failed' ? [words.failed] : []),
    ...(now === 'refused' ? [words.refused] : []),
    ...(now === 'stale' ? [words.stale] : []),
    ...(attempt > 1 ? [words.again(attempt)] : []),
    ...(files > 0 && now !== 'gated' ? [words.files(files)] : []),
  ]
  return {
    id: task.task_id,
    name: stepName(state),
    title: task.description,
    role: AgentRole.safeParse(task.context.agent_role).data ?? 'custom',
    state: now,
    word: wasStopped(run, state) ? runStrings.card.stoppedNote : wordOf[now],
    facts,
    ...timesOf(run, state),
    files,
    needs: task.dependencies,
  }
}

function whyPending(run: Run, state: TaskState): string {
  if (wasStopped(run, state)) return words.stopped
  return run.outcome === null ? words.pending(needsOf(run, state)) : words.neverBegan
}

const wordOf: Record<StepState, string> = {
  pending: 'Not started',
  queued: 'Waiting for a slot',
  running: 'Working',
  gated: 'Waits for your decision',
  completed: 'Completed',
  stale: 'Completed, stale',
  failed: 'Failed',
  refused: 'Refused at its gate',
  blocked: 'Not run',
}

function stateOf(state: TaskState): StepState {
  if (state.status === 'running') return lastCall(state)?.status === 'queued' ? 'queued' : 'running'
  if (isRefusedStep(state)) return 'refused'
  return state.status === 'completed' && state.stale ? 'stale' : state.status
}

const filesOf = (run: Run, task: string) =>
  Object.values(run.files).filter(({ versions, conflict }) =>
    [...conflict, ...versions].some((version) => version.task === task),
  ).length
