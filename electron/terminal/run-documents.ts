import { basename, join } from 'node:path'
import { count, counted } from '../../shared/counted.ts'
import { inWords } from '../../shared/duration.ts'
import type { Settings } from '../../shared/settings.ts'
import type { App } from '../core/app.ts'
import type { BatchItem, BatchReport } from '../core/batch-report.ts'
import { runBatch, type BatchProgress } from '../core/batch.ts'
import { clip, errorText, printable, tableLines } from './format.ts'
import { whileStoppable } from './interrupts.ts'
import { exitCodes, stopping } from './lead-run.ts'
import { outputWidth, print, printJson } from './print.ts'
import { asTyped } from './program-name.ts'
import { checkGiven, inWorkspace, readGiven } from './run-files.ts'
import { tellWarnings } from './start-run.ts'

/** The options of `paddock batch`. */
export type BatchOptions = {
  workflow: string
  workspace?: string
  accept?: boolean
  atOnce?: number
  json?: boolean
}

/** Characters of a document's name that a row has. */
const nameWidth = 24

/** Runs a workflow on each document and tells what they came to; returns the exit code. */
export async function runDocuments(
  app: App,
  usual: Pick<Settings, 'workspace'>,
  paths: readonly string[],
  options: BatchOptions,
): Promise<number> {
  const { workflow, accept = false, atOnce, json } = options
  const inputs = paths.map((path) => ({ name: basename(path), bytes: () => readGiven(path) }))
  await refuseAllMissing(paths)
  const stop = new AbortController()
  const report = await whileStoppable({ words: stopping, stop: async () => stop.abort() }, () =>
    inWorkspace(options.workspace ?? usual.workspace, async (workspace) => {
      await tellWarnings(app, workspace)
      const shared = { workflow, accept, workspace, signal: stop.signal }
      const asked = { ...shared, ...(atOnce === undefined ? {} : { atOnce }) }
      return runBatch(app, inputs, asked, (progress) => json || print(progressLine(progress)))
    }),
  )
  if (json) printJson(report)
  else print('', ...batchLines(report, outputWidth()))
  if (report.cancelled) return exitCodes.cancelled
  return report.items.every(({ outcome }) => outcome === 'completed') ? 0 : exitCodes.failed
}

/** A name that is misspelled is told at once; where some documents are there, the others are theirs to hold up no more. */
async function refuseAllMissing(paths: readonly string[]): Promise<void> {
  const checks = await Promise.allSettled(paths.map(checkGiven))
  const [first] = checks
  if (first?.status === 'rejected' && checks.every(({ status }) => status === 'rejected')) throw first.reason
}

function progressLine({ document, run, item, done, of }: BatchProgress): string {
  const name = printable(document)
  if (item)
    return `[${done} of ${of}] ${name}: ${item.outcome}${item.error ? `. ${printable(item.error.message)}` : ''}`
  return `[${done} of ${of}] ${name}: started as ${run ?? 'a run'}`
}

/** What a batch came to: a row for each document, and what went wrong. */
export function batchLines(report: BatchReport, width: number): string[] {
  const { items, totals, workspace, batch_id, duration_ms } = report
  const outcomes = Object.entries(totals.outcomes).map(([outcome, number]) => `${number} ${outcome}`)
  const wrong = items.filter(({ error }) => error !== null)
  const goOn = items.some(({ run, outcome }) => run !== null && outcome !== 'completed')
  return [
    `Batch ${batch_id}: ${counted(items.length, 'document')}, ${outcomes.join(', ')}, ${inWords(duration_ms)}.`,
    'No generated code was run: every verdict is "not run".',
    '',
    ...tableLines([['Document', 'Outcome', 'Files', 'Time', 'Run'], ...items.map(rowOf)], width),
    ...(wrong.length > 0 ? ['', 'What went wrong:'] : []),
    ...wrong.flatMap(({ document, error }) =>
      errorText({ ...error!, message: `${document}: ${error!.message}` })
        .split('\n')
        .map((line) => `  ${line}`),
    ),
    '',
    `  Folders:  one for each document in ${printable(workspace)}`,
    `  Summary:  ${printable(join(workspace, 'output', `batch_${batch_id}.md`))}`,
    ...(goOn ? [asTyped('  To go on with one: paddock resume ID')] : []),
  ]
}

const rowOf = ({ document, outcome, files, duration_ms, run }: BatchItem): string[] => [
  clip(printable(document), nameWidth),
  outcome,
  count(files.length).padStart(5),
  inWords(duration_ms),
  run ?? '',
]
