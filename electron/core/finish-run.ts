import type { Outcome } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import type { Task } from '../../shared/task.ts'
import type { Team } from './agents/base-agent.ts'
import { acceptChanges } from './files/changes.ts'
import type { Workspace } from './files/workspace.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import { runTasks } from './run-tasks.ts'

/** A run that this process leads. */
export type Lead = { readonly team: Team; readonly workspace: Workspace; readonly stop: AbortController }

/** Runs what is left of a run, accepts where that was asked for, writes the outputs and ends it. */
export async function finishRun(
  { team, workspace, stop }: Lead,
  execute: (task: Task) => Promise<unknown>,
): Promise<WorkflowResult> {
  const { tasks, asking } = team
  const { journal } = asking
  await runTasks({ journal, tasks, execute, signal: stop.signal }).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  const outcome = outcomeOf(journal.run, stop.signal.aborted)
  if (journal.run.accept && outcome !== 'cancelled') await acceptChanges(journal, workspace)
  // A run whose outputs cannot be written has not ended: resumed, it asks nothing again and writes them.
  const result = await writeOutputs(journal, workspace, outcome)
  await journal.append([{ type: 'run-ended', outcome }])
  return result
}

/** `completed` only when every step is; `partial` when some are. */
function outcomeOf(run: Run, cancelled: boolean): Outcome {
  const states = Object.values(run.tasks)
  if (states.every(({ status }) => status === 'completed')) return 'completed'
  if (cancelled) return 'cancelled'
  return states.some(({ status }) => status === 'completed') ? 'partial' : 'failed'
}
