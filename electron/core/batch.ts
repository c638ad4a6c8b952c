import { rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { StartRun } from '../../shared/contract.ts'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { Outcome } from '../../shared/run-event.ts'
import { applyEvent, emptyRun } from '../../shared/run.ts'
import type { App } from './app.ts'
import { makeFolderFor } from './batch-folder.ts'
import { itemOf, itemWithoutRun, totalsOf, type BatchItem, type BatchReport } from './batch-report.ts'
import { openWorkspace } from './files/workspace.ts'
import { renderBatch } from './render-batch.ts'
import { createRunId } from './run-input.ts'

/** A document of a batch; one that is read when it is its turn does not lie in memory before. */
export type BatchInput = {
  readonly name: string
  readonly bytes: Uint8Array | (() => Promise<Uint8Array>)
}
/** What all runs of a batch have in common; `atOnce` runs are begun and not ended at a time, 16 where absent. */
export type BatchOptions = Pick<StartRun, 'workflow' | 'workspace'> &
  Partial<Pick<StartRun, 'requirement' | 'accept' | 'code_review'>> & {
    readonly atOnce?: number
    readonly signal?: AbortSignal
  }
/** How far a batch is: a document's run has begun, or what became of it. */
export type BatchProgress = {
  readonly document: string
  readonly run: string | null
  /** Null while the run goes on. */
  readonly item: BatchItem | null
  readonly done: number
  readonly of: number
}

/**
 * Runs a workflow on each of many documents, each in a new folder of the workspace that is named after it. What befalls
 * one document never stops the others; the signal ends all, and the summary is written nevertheless.
 */
export async function runBatch(
  app: App,
  inputs: readonly BatchInput[],
  options: BatchOptions,
  onProgress: (progress: BatchProgress) => void = () => {},
): Promise<BatchReport> {
  const { atOnce = 16, signal } = options
  checkBatch(inputs, atOnce)
  const workspace = await openWorkspace(options.workspace)
  await checkBatchFolder(app, workspace.root)
  await checkBatchWorkflow(app, options.workflow, workspace.root)

  const started = new Date()
  const { tell, follow, stop } = watchRuns(app, inputs.length, onProgress, signal)
  const items: BatchItem[] = []
  const queue = inputs.entries()
  const work = async () => {
    for (const [index, input] of queue) {
      const begun = (id: string) => {
        tell(input.name, id, null)
        return follow(id)
      }
      const item = signal?.aborted
        ? itemWithoutRun(input.name, 'not started', null)
        : await runOne(app, input, { ...options, workspace: workspace.root }, begun)
      items[index] = item
      tell(input.name, item.run, item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, inputs.length) }, work)).finally(stop)

  const ended = new Date()
  const report: BatchReport = {
    schema_version: 1,
    batch_id: createRunId(started),
    workflow_type: options.workflow,
    workspace: workspace.root,
    cancelled: signal?.aborted ?? false,
    started_at: started.toISOString(),
    completed_at: ended.toISOString(),
    duration_ms: ended.getTime() - started.getTime(),
    totals: totalsOf(items),
    items,
  }
  const name = `output/batch_${report.batch_id}`
  await workspace.write(`${name}.json`, Buffer.from(`${JSON.stringify(report, null, 2)}\n`))
  await workspace.write(`${name}.md`, Buffer.from(renderBatch(report)))
  return report
}

/** Tells how far a batch is, waits for its runs, and has them ended when the signal fires. */
function watchRuns(
  app: App,
  of: number,
  onProgress: (progress: BatchProgress) => void,
  signal: AbortSignal | undefined,
) {
  const running = new Set<string>()
  let done = 0
  const cancel = (id: string) => void app.run.cancel({ id }).catch(() => {})
  const cancelAll = () => running.forEach(cancel)
  signal?.addEventListener('abort', cancelAll)
  return {
    tell(document: string, run: string | null, item: BatchItem | null): void {
      if (item) done++
      try {
        onProgress({ document, run, item, done, of })
      } catch (error) {
        // The listener's own fault must not end the batch.
        process.emitWarning(`A listener of a batch failed: ${String(error)}`)
      }
    },
    async follow(id: string): Promise<Outcome> {
      running.add(id)
      // Asked to end while this run was beginning: its id was not known then.
      if (signal?.aborted) cancel(id)
      const { outcome } = await app.run.wait({ id }).finally(() => running.delete(id))
      return outcome
    },
    stop: () => signal?.removeEventListener('abort', cancelAll),
  }
}

function checkBatch(inputs: readonly BatchInput[], atOnce: number): void {
  if (inputs.length === 0)
    throw new AppError('invalid', 'The batch has no document.', { hint: 'Give it at least one.' })
  if (!Number.isInteger(atOnce) || atOnce < 1)
    throw new AppError('invalid', `${atOnce} runs at once are not possible.`, {
      hint: 'Give a number from 1 on.',
    })
}

/** What lies in a folder is no mistake of its own where the folder is one: each run has to be told of it here. */
async function checkBatchFolder(app: App, path: string): Promise<void> {
  const { problem, hint } = await app.system.folder({ path })
  if (problem) throw new AppError('invalid', problem, hint === undefined ? {} : { hint })
}

/** Told once, and not for each document anew. */
async function checkBatchWorkflow(app: App, id: string, workspace: string): Promise<void> {
  const { workflows } = await app.workflow.list({ workspace })
  const found = workflows.find(({ workflow }) => workflow.id === id)
  if (!found)
    throw new AppError('not-found', `There is no workflow "${id}".`, {
      hint: `Workflows: ${workflows.map(({ workflow }) => workflow.id).join(', ')}`,
    })
  if (found.origin === 'workspace')
    throw new AppError(
      'invalid',
      `The workflow "${id}" is the workspace's own, and each run of a batch has another folder.`,
      {
        hint: `Put ${found.file} into the folder of your own workflows.`,
      },
    )
}

type RunOptions = Omit<BatchOptions, 'atOnce' | 'signal'>

/** Never rejects: what goes wrong is the document's outcome. */
async function runOne(
  app: App,
  { name, bytes }: BatchInput,
  { workspace, workflow, requirement, accept, code_review }: RunOptions,
  follow: (id: string) => Promise<Outcome>,
): Promise<BatchItem> {
  const start = Date.now()
  let folder: string | null = null
  let id: string
  try {
    const content = typeof bytes === 'function' ? await bytes() : bytes
    folder = await makeFolderFor(workspace, name)
    const documents = [{ name, base64: Buffer.from(content).toString('base64') }]
    const shared = { workflow, requirement, accept, code_review }
    ;({ id } = await app.run.start({ ...shared, documents, workspace: join(workspace, folder) }))
  } catch (error) {
    // Only ever an empty one: the run that it was made for has not begun.
    if (folder !== null) await rmdir(join(workspace, folder)).catch(() => {})
    return itemWithoutRun(name, 'refused', AppError.from(error).toJSON())
  }
  let outcome: Outcome = 'failed'
  let error: ErrorData | null = null
  try {
    outcome = await follow(id)
  } catch (fault) {
    error = AppError.from(fault).toJSON()
  }
  const run = await app.run
    .events({ id })
    .then((events) => events.reduce(applyEvent, emptyRun))
    .catch(() => ({ ...emptyRun, id }))
  return itemOf(run, { document: name, outcome, folder, duration_ms: Date.now() - start, error })
}
