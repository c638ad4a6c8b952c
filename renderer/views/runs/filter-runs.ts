import type { RunSummary } from '../../../shared/contract.ts'
import { standingOf, type Standing } from '../../../shared/standing.ts'

/** Which runs are looked for: words, and a state, `open` (not ended) or `all`. */
export type RunFilter = { readonly words: string; readonly state: 'all' | 'open' | Standing }

/** The runs that have every word somewhere in title, workflow, folder or id, and that are in the state. */
export function filterRuns(runs: readonly RunSummary[], { words, state }: RunFilter): RunSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return runs.filter((run) => {
    if (state === 'open' ? run.ended_at !== null : state !== 'all' && standingOf(run) !== state) return false
    const text = `${run.title} ${run.workflow} ${run.workspace} ${run.id}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

/** Whether a run can go on from where it stands. */
export const canResume = ({ status }: RunSummary): boolean => status !== 'running' && status !== 'completed'
