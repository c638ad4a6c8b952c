import type { RunSummary } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import { titleOf } from './run-title.ts'
import type { Ledger } from './store/ledger.ts'

/** Every run of a ledger as one line of a list, newest first. */
export function listRuns(ledger: Ledger): RunSummary[] {
  const text = (hash: string) => Buffer.from(ledger.blob(hash) ?? []).toString('utf8')
  return ledger.runs().map(({ created, ended, owner, paused }) => {
    if (created.type !== 'run-created')
      throw new AppError('internal', `The run ${created.run} has no beginning.`)
    const { run: id, workflow, workspace, rehearsal, at } = created
    const outcome = ended?.type === 'run-ended' ? ended.outcome : null
    return {
      id,
      title: titleOf(created, text),
      workflow: workflow.id,
      workspace,
      rehearsal,
      created_at: at,
      ended_at: ended?.at ?? null,
      status: outcome ?? (paused ? 'paused' : owner ? 'running' : 'interrupted'),
    }
  })
}
