import { Eye, FileDiff, FileText, FolderOpen, RotateCw, Trash2 } from 'lucide-react'
import type { RunSummary } from '../../../shared/contract.ts'
import { standingOf } from '../../../shared/standing.ts'
import { Button } from '../../components/button.tsx'
import { Confirm } from '../../components/dialog.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import { RunStatusBadge } from '../../components/status.tsx'
import { useHost } from '../../stores/host.ts'
import {
  changeRunList,
  openOutputs,
  removeRun,
  resumeRun,
  revealRun,
  useRunList,
} from '../../stores/run-list.ts'
import { show } from '../../stores/view.ts'
import { runsStrings as strings } from '../../strings-runs.ts'
import { canResume } from './filter-runs.ts'
import { reasonOf } from './reason-of.ts'

/** What can be done with the run that is chosen. It keeps its height, so that the table never jumps. */
export function RunDetail({ run }: { readonly run: RunSummary | undefined }) {
  const error = useRunList((list) => list.error)
  return (
    <section
      aria-label={strings.selected}
      className="min-h-27 flex-none border-t border-line bg-surface-0 px-4 py-3 2xl:px-6"
    >
      {run ? (
        <div className="grid gap-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <h2 className="min-w-0 truncate font-strong" title={run.title}>
              {run.title}
            </h2>
            <RunStatusBadge run={run} />
            <span className="min-w-0 flex-1 truncate text-sm text-fg-3 select-text" title={run.workspace}>
              {run.id} · {run.workspace}
            </span>
            <Actions run={run} />
          </div>
          {error ? (
            <ErrorNotice error={error} />
          ) : (
            <p className="text-sm wrap-anywhere text-fg-2">
              <Reason run={run} />
              {strings.about[standingOf(run)]}
            </p>
          )}
          <Removal run={run} />
        </div>
      ) : (
        <p className="text-sm text-fg-3">{strings.choose}</p>
      )}
    </section>
  )
}

function Reason({ run }: { readonly run: RunSummary }) {
  const standing = standingOf(run)
  const reason = reasonOf(run)
  if (reason === null) return null
  const isFault = standing !== 'gated' && standing !== 'refused'
  return <span className={`${isFault ? 'text-error' : 'text-fg'} select-text`}>{reason} </span>
}

function Actions({ run }: { readonly run: RunSummary }) {
  const canReveal = useHost((host) => host.info?.can.reveal ?? false)
  const { actions } = strings
  const isResumable = canResume(run)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {run.ended_at !== null && (
        <Button size="sm" kind="ghost" icon={Trash2} onClick={() => changeRunList({ removing: run.id })}>
          {actions.remove}
        </Button>
      )}
      {canReveal && (
        <Button size="sm" icon={FolderOpen} onClick={() => void revealRun(run.id)}>
          {actions.reveal}
        </Button>
      )}
      <Button size="sm" icon={FileText} onClick={() => void openOutputs(run.id)}>
        {actions.results}
      </Button>
      <Button size="sm" icon={FileDiff} onClick={() => show('review', run.id)}>
        {actions.review}
      </Button>
      <Button
        size="sm"
        icon={Eye}
        kind={isResumable ? 'plain' : 'primary'}
        onClick={() => show('run', run.id)}
      >
        {actions.open}
      </Button>
      {isResumable && (
        <Button size="sm" icon={RotateCw} kind="primary" onClick={() => void resumeRun(run.id)}>
          {actions.resume}
        </Button>
      )}
    </div>
  )
}

function Removal({ run }: { readonly run: RunSummary }) {
  const removing = useRunList((list) => list.removing)
  return (
    <Confirm
      title={strings.remove.title}
      verb={strings.remove.verb}
      isOpen={removing === run.id}
      onClose={() => changeRunList({ removing: null })}
      onConfirm={() => void removeRun(run)}
    >
      <p className="wrap-anywhere text-fg">{strings.remove.what(run.title)}</p>
      <p>{strings.remove.kept}</p>
    </Confirm>
  )
}
