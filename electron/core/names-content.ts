import type { Run } from '../../shared/run.ts'

/** Whether a run's events name a content by this hash: nothing else of the ledger is shown for it. */
export function namesContent(run: Run, hash: string): boolean {
  const isIt = (other: { readonly hash: string }) => other.hash === hash
  return (
    run.documents.some(isIt) ||
    run.code.files.some(isIt) ||
    run.unplaced.some(isIt) ||
    Object.values(run.files).some(
      ({ versions, conflict, writing }) =>
        versions.some(isIt) || conflict.some(isIt) || writing?.previous === hash,
    ) ||
    Object.values(run.tasks).some(
      ({ task, calls }) => task.result?.text === hash || calls.some(({ prompt }) => prompt === hash),
    )
  )
}
