import { AppError } from '../../shared/errors.ts'
import type { Outcome } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import type { Task } from '../../shared/task.ts'
import type { Team } from './agents/base-agent.ts'
import { keepBackup } from './backups.ts'
import type { Core } from './core.ts'
import { acceptChanges } from './files/changes.ts'
import type { CustomOutput } from './files/custom-format.ts'
import type { Workspace } from './files/workspace.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import { writeCustomOutput } from './outputs/write-custom-output.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import { noteChangedCode } from './run-code.ts'
import { runTasks } from './run-tasks.ts'
import { tallyRun } from './tally-run.ts'

/** A run that this process leads. */
export type Lead = {
  readonly core: Core
  readonly team: Team
  readonly workspace: Workspace
  readonly stop: AbortController
  /** Whether its program goes away: a run that a person has paused is only left then, and stays paused. */
  isLeaving(): boolean
  /** What the person's own module makes of the result. */
  readonly customOutput: CustomOutput | null
}

/**
 * Waits until it is the run's turn, runs what is left of it, accepts where that was asked for, writes the outputs and
 * ends it.
 */
export async function finishRun(
  lead: Lead,
  execute: (task: Task) => Promise<unknown>,
): Promise<WorkflowResult> {
  const { core, team, workspace, stop, customOutput } = lead
  const { journal } = team.asking
  const graph = { journal, tasks: team.tasks, execute, signal: stop.signal }
  await inTurn(lead, (rest) => runTasks({ ...graph, rest })).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  if (lead.isLeaving() && journal.run.control === 'pause') throw leftPaused(journal.run.id)
  const outcome = outcomeOf(journal.run, stop.signal.aborted)
  await noteChangedCode(journal, workspace.root)
  if (journal.run.accept && outcome !== 'cancelled') await acceptChanges(journal, workspace)
  // A run whose outputs cannot be written has not ended: resumed, it asks nothing again and writes them.
  const result = await writeOutputs(journal, workspace, outcome).catch((error: unknown) => {
    throw toBeResumed(AppError.from(error), journal.run.id)
  })
  // The run's own outputs are there: what a person's module cannot do does not keep it from its end.
  if (customOutput)
    await writeCustomOutput(customOutput, result, workspace).catch((error: unknown) =>
      core.log.error('The custom output was not written', { run: journal.run.id, err: error }),
    )
  await journal.append([{ type: 'run-ended', outcome, tally: tallyRun(journal.run) }])
  await keepBackup(core, journal.run)
  return result
}

/** Only so many runs are under way at once, the older ones first; one that waits for a person lets others go. */
async function inTurn(
  { core, team, stop }: Lead,
  work: (rest: (decided: Promise<void>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { id: run, createdAt } = team.asking.journal.run
  const turn = { age: Date.parse(createdAt), run, priority: 1 }
  const enter = () => core.admission.acquire(turn, stop.signal)
  let leave = await enter()
  try {
    await work(async (decided) => {
      leave()
      await decided
      leave = await enter()
    })
  } finally {
    leave()
  }
}

const leftPaused = (id: string) =>
  new AppError('cancelled', `The run ${id} is paused, and its program has ended.`, {
    hint: `To go on: paddock resume ${id}`,
  })

const toBeResumed = ({ code, message, hint = '', cause }: AppError, id: string) =>
  new AppError(code, message, { hint: `${hint} Nothing is lost; then: paddock resume ${id}`.trim(), cause })

/** `completed` only when every step is; `partial` when some are. */
function outcomeOf(run: Run, cancelled: boolean): Outcome {
  const states = Object.values(run.tasks)
  if (states.every(({ status }) => status === 'completed')) return 'completed'
  if (cancelled) return 'cancelled'
  return states.some(({ status }) => status === 'completed') ? 'partial' : 'failed'
}
