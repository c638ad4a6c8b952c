import { count, counted } from '../../shared/counted.ts'
import { inWords } from '../../shared/duration.ts'
import type { BatchItem, BatchReport } from './batch-report.ts'
import { cell, code } from './outputs/render-summary.ts'

/** A batch as a page that is read in a minute: what each document came to, and what went wrong. */
export function renderBatch({ totals, items, ...batch }: BatchReport): string {
  const { documents, outcomes, files, tokens } = totals
  const ended = Object.entries(outcomes).map(([outcome, number]) => `${number} ${outcome}`)
  const wrong = items.filter(({ error }) => error !== null)
  return [
    `# Batch of ${counted(documents, 'document')}: ${outcomes.completed ?? 0} completed`,
    '',
    `Batch ${code(batch.batch_id)}, workflow ${code(batch.workflow_type)}, took ${inWords(batch.duration_ms)}${batch.cancelled ? ' and was **cancelled**' : ''}: ${ended.join(', ')}.`,
    '',
    `${counted(files, 'file was', 'files were')} made. The model read ${counted(tokens.prompt, 'token')} and wrote ${count(tokens.completion)}.`,
    'Nothing that was made has been run: nobody has seen its tests pass.',
    '',
    '| Document | Outcome | Files made | Written | Tokens | Time | Folder | Run |',
    '|---|---|---|---|---|---|---|---|',
    ...items.map(row),
    ...(wrong.length > 0 ? ['', '## What went wrong', ''] : []),
    ...wrong.map(({ document, outcome, error }) => {
      const hint = error?.hint ? ` ${cell(error.hint)}` : ''
      return `- ${cell(document)}, ${outcome}: ${cell(error?.message ?? '')}${hint}`
    }),
    '',
    `Each folder has the summary of its run in ${code('output')}. What did not complete goes on with ${code('paddock resume ID')}.`,
    '',
  ].join('\n')
}

function row({ document, outcome, files, written, tokens, duration_ms, folder, run }: BatchItem): string {
  const cells = [
    cell(document),
    outcome,
    files.length,
    written.length,
    count(tokens.completion),
    inWords(duration_ms),
    folder === null ? '' : code(folder),
    run === null ? '' : code(run),
  ]
  return `| ${cells.join(' | ')} |`
}
