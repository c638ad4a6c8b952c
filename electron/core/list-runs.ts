import type { RunSummary } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunEvent, RunGate, RunTally } from '../../shared/run-event.ts'
import { gatesOf } from '../../shared/standing.ts'
import { readRun } from './journal.ts'
import { titleOf } from './run-title.ts'
import type { Ledger } from './store/ledger.ts'
import { inFewWords } from './tally-run.ts'

/** What a process knows of its own runs, and the ledger's bounds do not say. */
export type KnownRuns = {
  /** How far a run has come that it leads. */
  tallyOf(id: string): RunTally | null
  /** Why a run could not go on. */
  faultOf(id: string): AppError | null
}

type Created = Extract<RunEvent, { type: 'run-created' }>

/** Every run of a ledger as one line of a list, newest first. */
export function listRuns(ledger: Ledger, known: KnownRuns): RunSummary[] {
  const text = (hash: string) => Buffer.from(ledger.blob(hash) ?? []).toString('utf8')
  return ledger.runs().map(({ created, ended, owner, paused }) => {
    if (created.type !== 'run-created')
      throw new AppError('internal', `The run ${created.run} has no beginning.`)
    const { run: id, workflow, workspace, rehearsal, at, tasks } = created
    const end = ended?.type === 'run-ended' ? ended : null
    const status = end?.outcome ?? (paused ? 'paused' : owner ? 'running' : 'interrupted')
    const tally = end ? end.tally : known.tallyOf(id)
    const fault = status === 'interrupted' ? known.faultOf(id) : null
    return {
      id,
      title: titleOf(created, text),
      workflow: workflow.id,
      workspace,
      rehearsal,
      created_at: at,
      ended_at: end?.at ?? null,
      status,
      steps: tally?.steps ?? tasks.length,
      steps_done: tally?.steps_done ?? (status === 'completed' ? tasks.length : null),
      files: tally?.files ?? null,
      reason: fault ? inFewWords(fault.message) : (tally?.reason ?? null),
      gates: tally?.gates ?? (status === 'running' ? gatesElsewhere(ledger, created) : []),
    }
  })
}

/** Where a run waits that another process leads. Only runs that have a gate are read for it. */
function gatesElsewhere(ledger: Ledger, { run, tasks }: Created): RunGate[] {
  return tasks.some(({ context }) => context.gate) ? gatesOf(readRun(ledger, run)) : []
}
