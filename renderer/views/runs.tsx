import { History, Search } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { standingOf } from '../../shared/standing.ts'
import { BusyLines } from '../components/busy-lines.tsx'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Field } from '../components/field.tsx'
import { KeyHint } from '../components/key-hint.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { Screen } from '../components/screen.tsx'
import { Select } from '../components/select.tsx'
import { useOffer } from '../stores/commands.ts'
import { changeRunList, openOutputs, resumeRun, useRunList } from '../stores/run-list.ts'
import { readRuns, useRuns } from '../stores/runs.ts'
import { show } from '../stores/view.ts'
import { strings as common } from '../strings.ts'
import { runsStrings as strings } from '../strings-runs.ts'
import { canResume, filterRuns } from './runs/filter-runs.ts'
import { RunDetail } from './runs/run-detail.tsx'
import { RunTable } from './runs/run-table.tsx'

const states = [
  ...(['running', 'gated', 'paused', 'interrupted'] as const),
  ...(['completed', 'partial', 'refused', 'failed', 'cancelled'] as const),
]

// Markdown is read nowhere else: the window starts without it.
const RunOutputsDialog = lazy(async () => ({
  default: (await import('./runs/run-outputs.tsx')).RunOutputsDialog,
}))

/** Every run: found, opened again, resumed, looked up, taken off the list. */
export function RunsView() {
  const search = useRef<HTMLInputElement>(null)
  const { value, error, state: reading } = useRuns((runs) => runs.list)
  const { words, state, selected, opened } = useRunList()
  const runs = value ?? []
  const shown = filterRuns(runs, { words, state })
  const run = shown.find(({ id }) => id === selected)
  const { command } = strings
  useOffer('runs', [
    {
      id: 'search',
      title: command.search,
      group: command.group,
      keys: ['/'],
      run: () => search.current?.focus(),
    },
    ...(run
      ? [
          {
            id: 'results',
            title: command.results,
            group: command.group,
            run: () => void openOutputs(run.id),
          },
          ...(canResume(run)
            ? [
                {
                  id: 'resume',
                  title: command.resume,
                  group: command.group,
                  run: () => void resumeRun(run.id),
                },
              ]
            : []),
          ...(run.ended_at !== null
            ? [
                {
                  id: 'remove',
                  title: command.remove,
                  group: command.group,
                  keys: ['delete'],
                  run: () => changeRunList({ removing: run.id }),
                },
              ]
            : []),
        ]
      : []),
  ])
  return (
    <Screen
      title={strings.title}
      lead={strings.lead(runs.length, runs.filter((run) => standingOf(run) === 'gated').length)}
    >
      {runs.length > 0 && (
        <div className="flex h-11 flex-none items-center gap-2 border-b border-line-subtle px-4 2xl:px-6">
          <div className="w-74 min-w-0">
            <Field
              ref={search}
              role="searchbox"
              label={strings.search}
              isLabelHidden
              icon={Search}
              placeholder={strings.searchHint}
              value={words}
              onChange={(event) => changeRunList({ words: event.target.value })}
              onKeyDown={(event) => event.key === 'Escape' && changeRunList({ words: '' })}
              end={<KeyHint keys="/" />}
            />
          </div>
          <div className="w-40">
            <Select
              label={strings.filter}
              value={state}
              choices={[
                { value: 'all', label: strings.all },
                { value: 'open', label: strings.open },
                ...states.map((value) => ({ value, label: common.status[value] })),
              ]}
              onChange={(next) => changeRunList({ state: next })}
            />
          </div>
          <span aria-live="polite" className="ml-auto flex-none text-sm text-fg-3">
            {strings.shown(shown.length, runs.length)}
          </span>
        </div>
      )}
      {error && (
        <div className="flex-none p-4">
          <ErrorNotice error={error} onRetry={() => void readRuns()} />
        </div>
      )}
      <div className="min-h-0 flex-1">
        {shown.length > 0 ? (
          <RunTable runs={shown} />
        ) : runs.length > 0 ? (
          <EmptyState icon={Search} title={strings.noneFound} hint={strings.noneFoundHint}>
            <Button onClick={() => changeRunList({ words: '', state: 'all' })}>{strings.clear}</Button>
          </EmptyState>
        ) : reading === 'busy' && !value ? (
          <BusyLines label={strings.reading} count={8} />
        ) : (
          value && (
            <EmptyState icon={History} title={strings.empty} hint={strings.emptyHint}>
              <Button kind="primary" keys="mod+n" onClick={() => show('new-run')}>
                {strings.newRun}
              </Button>
            </EmptyState>
          )
        )}
      </div>
      {shown.length > 0 && <RunDetail run={run} />}
      {opened !== null && (
        <Suspense>
          <RunOutputsDialog />
        </Suspense>
      )}
    </Screen>
  )
}
