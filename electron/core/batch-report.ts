import type { ErrorData } from '../../shared/errors.ts'
import type { Usage } from '../../shared/model.ts'
import type { Outcome } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'

/** What became of one document of a batch. */
export type BatchItem = {
  readonly document: string
  /** `refused`: no run could be begun; `not started`: the batch was cancelled before. */
  readonly outcome: Outcome | 'refused' | 'not started'
  /** Null where no run was begun. */
  readonly run: string | null
  /** The run's own folder below the batch's workspace. */
  readonly folder: string | null
  /** Paths of whole, undisputed files, below that folder once they are written. */
  readonly files: readonly string[]
  readonly written: readonly string[]
  readonly tokens: Usage
  readonly duration_ms: number
  /** Why it was refused, or what failed first. */
  readonly error: ErrorData | null
}

/** A whole batch, as `output/batch_<id>.json` holds it. Durations are milliseconds, times ISO 8601 in UTC. */
export type BatchReport = {
  readonly schema_version: 1
  readonly batch_id: string
  readonly workflow_type: string
  readonly workspace: string
  readonly cancelled: boolean
  readonly started_at: string
  readonly completed_at: string
  readonly duration_ms: number
  readonly totals: {
    readonly documents: number
    readonly outcomes: Readonly<Partial<Record<BatchItem['outcome'], number>>>
    readonly files: number
    readonly tokens: Usage
  }
  readonly items: readonly BatchItem[]
}

const noTokens: Usage = { prompt: 0, completion: 0, cached: 0 }
const nothing = {
  run: null,
  folder: null,
  files: [],
  written: [],
  tokens: noTokens,
  duration_ms: 0,
  error: null,
}

/** A document that came to no run. */
export const itemWithoutRun = (
  document: string,
  outcome: 'refused' | 'not started',
  error: ErrorData | null,
): BatchItem => ({ ...nothing, document, outcome, error })

/** What a run made, from its state. */
export function itemOf(
  run: Run,
  item: Pick<BatchItem, 'document' | 'outcome' | 'folder' | 'duration_ms' | 'error'>,
): BatchItem {
  const tasks = Object.values(run.tasks)
  const files = Object.values(run.files)
  const whole = files.filter(({ conflict, versions }) => conflict.length === 0 && versions.at(-1)?.complete)
  return {
    ...item,
    run: run.id,
    files: whole.map(({ path }) => path),
    written: files.filter(({ written }) => written !== null).map(({ path }) => path),
    tokens: addUp(
      tasks.flatMap(({ calls }) => calls.flatMap(({ answer }) => (answer ? [answer.usage] : []))),
    ),
    error: item.error ?? tasks.find(({ status }) => status === 'failed')?.task.error ?? null,
  }
}

/** The sums over all documents. */
export function totalsOf(items: readonly BatchItem[]): BatchReport['totals'] {
  const outcomes: Partial<Record<BatchItem['outcome'], number>> = {}
  for (const { outcome } of items) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return {
    documents: items.length,
    outcomes,
    files: items.reduce((sum, { files }) => sum + files.length, 0),
    tokens: addUp(items.map(({ tokens }) => tokens)),
  }
}

const addUp = (usages: readonly Usage[]): Usage =>
  usages.reduce(
    (sum, { prompt, completion, cached }) => ({
      prompt: sum.prompt + prompt,
      completion: sum.completion + completion,
      cached: sum.cached + cached,
    }),
    noTokens,
  )
