import { agentIdOf } from '../../../shared/agent.ts'
import { historyOf } from '../../../shared/agent-state.ts'
import type { PlannedFile } from '../../../shared/change.ts'
import type { CallState, Run, TaskState } from '../../../shared/run.ts'
import { stepName } from '../../../shared/standing.ts'

/** The names of the steps that this one waits for. */
export const needsOf = (run: Run, { task }: TaskState): string[] =>
  task.dependencies.map((need) => {
    const state = run.tasks[need]
    return state ? stepName(state) : need
  })

/** What a question is about: the path of the file that it asks for, or its own name; nothing for a step's only one. */
export const aboutOf = (part: string): string =>
  part.startsWith('file ') ? part.slice(5) : part === 'answer' ? '' : part

/** The files that a step is to write, as the plan has it. */
export function plannedFiles(run: Run, { task, plan }: TaskState): PlannedFile[] {
  const kind = task.context.task_type
  // The plan of a design is what later steps write; a step with a plan of its own writes that.
  const plans = plan ? [plan] : Object.values(run.tasks).flatMap((state) => state.plan ?? [])
  return plans.flat().filter((file) => file.kind === kind)
}

/** The last call that a step made and that still counts. */
export const lastCall = ({ calls }: TaskState): CallState | undefined =>
  calls.findLast(({ status }) => status !== 'void') ?? calls.at(-1)

/** The step that an agent is busy with, else the one that it ended last, else the one that is next for it, or would have been. */
export function stepOfAgent(run: Run, agent: string): TaskState | undefined {
  const states = Object.values(run.tasks)
  const isFor = ({ task }: TaskState) => agentIdOf(task.context.agent_role) === agent
  return (
    states.find((state) => state.agent === agent && state.status === 'running') ??
    historyOf(run, agent).at(-1) ??
    states.find((state) => state.status === 'pending' && isFor(state)) ??
    states.find((state) => state.status === 'blocked' && isFor(state))
  )
}

/** Whether a step was under way when its run ended. */
export const wasStopped = (run: Run, { status, startedAt }: TaskState): boolean =>
  run.outcome !== null && status === 'pending' && startedAt !== null

/** From when to when a step was under way; `to` is null while it is. */
export function timesOf(run: Run, { status, startedAt, task }: TaskState) {
  if (status === 'running') return { from: startedAt, to: null }
  const to = task.completed_at ?? run.endedAt
  return { from: to && startedAt, to }
}
