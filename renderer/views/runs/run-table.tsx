import type { RunSummary } from '../../../shared/contract.ts'
import { Badge } from '../../components/badge.tsx'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { RunStatusText } from '../../components/status.tsx'
import { useMedia } from '../../components/use-media.ts'
import { changeRunList, useRunList } from '../../stores/run-list.ts'
import { useNewRun } from '../../stores/new-run.ts'
import { show } from '../../stores/view.ts'
import { runsStrings as strings } from '../../strings-runs.ts'
import { reasonOf } from './reason-of.ts'
import { startedAt, tookTime } from './run-times.ts'

/** The runs as a table, as many as there are. */
export function RunTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  const selected = useRunList((list) => list.selected)
  const workflows = useNewRun((state) => state.workflows.value?.workflows) ?? []
  const isWide = useMedia('(min-width: 1440px)')
  const isMiddle = useMedia('(min-width: 1100px)')
  const now = new Date()
  const { columns } = strings
  const nameOf = (id: string) => workflows.find(({ workflow }) => workflow.id === id)?.workflow.name ?? id
  const all: (Column<RunSummary> & { readonly isShown: boolean })[] = [
    {
      id: 'state',
      title: columns.state,
      width: '136px',
      isShown: true,
      cell: (run) => <RunStatusText run={run} />,
    },
    {
      id: 'run',
      title: columns.run,
      width: 'minmax(0,2fr)',
      isShown: true,
      cell: (run) => {
        const { title, rehearsal } = run
        const reason = reasonOf(run)
        return (
          <span className="flex min-w-0 items-center gap-2">
            <span className="min-w-0 truncate font-medium" title={title}>
              {title}
            </span>
            {rehearsal !== null && <Badge tone="waiting">{strings.rehearsal}</Badge>}
            {reason !== null && (
              <span className="min-w-1/4 flex-1 truncate text-fg-3" title={reason}>
                {reason}
              </span>
            )}
          </span>
        )
      },
    },
    {
      id: 'workflow',
      title: columns.workflow,
      width: 'minmax(0,160px)',
      isShown: isMiddle,
      cell: ({ workflow }) => <span className="text-fg-2">{nameOf(workflow)}</span>,
    },
    {
      id: 'workspace',
      title: columns.workspace,
      width: 'minmax(0,1fr)',
      isShown: isWide,
      cell: ({ workspace }) => (
        <span className="text-fg-3" title={workspace}>
          {workspace}
        </span>
      ),
    },
    {
      id: 'started',
      title: columns.started,
      width: '128px',
      isShown: true,
      cell: ({ created_at }) => <span className="text-fg-2">{startedAt(created_at, now)}</span>,
    },
    {
      id: 'took',
      title: columns.took,
      width: '72px',
      isEnd: true,
      isShown: true,
      cell: ({ created_at, ended_at }) => tookTime(created_at, ended_at),
    },
    {
      id: 'steps',
      title: columns.steps,
      width: '64px',
      isEnd: true,
      isShown: true,
      cell: ({ steps, steps_done }) => strings.stepsDone(steps_done, steps),
    },
    {
      id: 'files',
      title: columns.files,
      width: '56px',
      isEnd: true,
      isShown: true,
      cell: ({ files }) => strings.files(files),
    },
  ]
  return (
    <DataTable
      label={strings.title}
      columns={all.filter(({ isShown }) => isShown)}
      rows={runs}
      idOf={({ id }) => id}
      selected={selected}
      onSelect={(id) => changeRunList({ selected: id })}
      onOpen={(id) => show('run', id)}
    />
  )
}
