import { settleOpen } from '../../../shared/fold-task.ts'
import type { Outcome } from '../../../shared/run-event.ts'
import { listChanges } from '../files/changes.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Journal } from '../journal.ts'
import { buildResult } from './build-result.ts'
import { exportFiles } from './export-files.ts'
import { outputPaths } from './output-paths.ts'
import { renderSummary } from './render-summary.ts'
import type { WorkflowResult } from './workflow-result.ts'

/** Writes what a run came to below `output/` in its workspace: the result, the summary and the exported files. */
export async function writeOutputs(
  journal: Journal,
  workspace: Workspace,
  outcome: Outcome,
): Promise<WorkflowResult> {
  // Written before the run's end is recorded, so what is still open is shown as it will be then.
  const run = { ...journal.run, tasks: settleOpen(journal.run) }
  const changes = await listChanges(run, workspace)
  const notExported = await exportFiles(journal, workspace, changes)
  const result = buildResult(run, changes, { outcome, notExported, now: new Date() })
  const paths = outputPaths(run.id)
  const written = await workspace.writeAll([
    { path: paths.result, bytes: Buffer.from(`${JSON.stringify(result, null, 2)}\n`) },
    { path: paths.summary, bytes: Buffer.from(renderSummary(result)) },
  ])
  const failed = written.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return result
}
