import { FileStack } from 'lucide-react'
import type { Run } from '../../../shared/run.ts'
import { show } from '../../stores/view.ts'
import { runStrings } from '../../strings-run.ts'
import { runFacts } from './run-facts.ts'

const words = runStrings.facts

/** What came of a run so far, in numbers, and what it runs on. */
export function FactsCard({ run }: { readonly run: Run }) {
  const { files, whole, incomplete, conflicts, unplaced, promptTokens, answerTokens, latest } = runFacts(run)
  const title = run.outcome === null ? words.soFar : words.made
  const rows = [
    { name: words.whole, value: whole, tone: '' },
    { name: words.incomplete, value: incomplete, tone: 'text-waiting' },
    { name: words.conflicts, value: conflicts, tone: 'text-conflict' },
    { name: words.unplaced, value: unplaced, tone: 'text-waiting' },
  ]
  return (
    <article
      aria-label={title}
      className="flex min-h-0 min-w-0 flex-col rounded-lg border border-line-subtle bg-surface-2 p-3 2xl:p-4"
    >
      <div className="flex h-5 flex-none items-center gap-2">
        <FileStack aria-hidden size={16} strokeWidth={1.75} className="text-fg-2" />
        <h2 className="flex-1 font-strong">{title}</h2>
        {files > 0 && (
          <button
            type="button"
            onClick={() => show('review')}
            className="min-h-6 rounded-sm text-sm text-accent hover:underline"
          >
            {words.open}
          </button>
        )}
      </div>
      <div className="mt-1 h-4 flex-none truncate text-sm text-fg-2">{words.notRun}</div>
      <dl className="mt-2 grid grid-cols-2 content-start gap-x-6 gap-y-1 text-sm">
        {rows.map(({ name, value, tone }) => (
          <div key={name} className="flex h-5 items-center gap-2">
            <dt className="truncate text-fg-2">{name}</dt>
            <dd className={`ml-auto font-strong ${value > 0 ? tone : 'text-fg-3'}`}>{value}</dd>
          </div>
        ))}
      </dl>
      {/* Wrapped into a column that is out of sight, no line is cut in half. */}
      <ul className="mt-2 flex min-h-0 flex-1 flex-col flex-wrap overflow-hidden font-mono text-xs text-fg-3 before:w-full">
        {latest.map((path) => (
          <li key={path} className="h-5 w-full truncate leading-5" title={path}>
            {path}
          </li>
        ))}
      </ul>
      <dl className="grid flex-none gap-0.5 pt-2 text-xs text-fg-3">
        <Fact
          name={words.tokens}
          value={words.inAndOut(promptTokens.toLocaleString('en'), answerTokens.toLocaleString('en'))}
        />
        <Fact name={words.model} value={run.rehearsal ? words.recorded : (run.model ?? '')} />
        <Fact name={words.workspace} value={run.workspace} />
      </dl>
    </article>
  )
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div className="flex h-4 min-w-0 gap-2">
    <dt className="flex-none">{name}</dt>
    <dd className="ml-auto min-w-0 truncate text-fg-2" title={value}>
      {value}
    </dd>
  </div>
)
