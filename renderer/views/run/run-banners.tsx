import { useState } from 'react'
import type { Run } from '../../../shared/run.ts'
import { stepName } from '../../../shared/standing.ts'
import { asButtons } from '../../as-buttons.ts'
import { Notice } from '../../components/notice.tsx'
import { GateBar } from '../../components/run/gate-bar.tsx'
import { decideGate } from '../../stores/run-control.ts'
import { show } from '../../stores/view.ts'
import { runStrings } from '../../strings-run.ts'
import { attempt } from './attempt.ts'
import type { RunHeader } from './run-header.ts'

/** What waits for a person, and why a run does not go on. */
export function RunBanners({ run, header }: { readonly run: Run; readonly header: RunHeader }) {
  const [busy, setBusy] = useState<string | null>(null)
  const decide = async (task: string, isOpen: boolean, comment: string) => {
    setBusy(task)
    await attempt(() => decideGate(task, isOpen, comment))
    setBusy(null)
  }
  const said = whatIsSaid(run, header)
  return (
    <>
      {header.gates.map((state) => (
        <GateBar
          key={state.task.task_id}
          step={stepName(state)}
          title={state.task.description}
          isBusy={busy === state.task.task_id}
          onDecide={(isOpen, comment) => void decide(state.task.task_id, isOpen, comment)}
          onLook={() => show('review')}
        />
      ))}
      {said && (
        <div className="flex-none px-4 pt-3 2xl:px-6">
          <Notice kind={header.phase === 'failed' ? 'error' : 'waiting'} {...said} />
        </div>
      )}
    </>
  )
}

function whatIsSaid(run: Run, { phase, failed }: RunHeader): { message: string; hint?: string } | null {
  if (phase === 'paused') return { message: runStrings.pausedBanner }
  if (phase === 'interrupted') return { message: runStrings.interruptedBanner }
  if (run.outcome === null || run.outcome === 'completed') return null
  if (run.outcome === 'cancelled') return { message: runStrings.stoppedBanner }
  const tasks = failed.filter(({ status }) => status === 'failed').map(({ task }) => task)
  if (phase === 'refused')
    return {
      message: tasks.map(({ error }) => error?.message).join('\n'),
      hint: runStrings.refusedHint,
    }
  const error = tasks.length === 1 ? tasks[0]!.error : null
  return {
    message: runStrings.failedBanner(
      tasks.map(({ description }) => description),
      error?.message,
    ),
    hint: runStrings.failedHint(error?.hint && asButtons(error.hint)),
  }
}
