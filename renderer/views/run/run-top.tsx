import { CirclePause, CirclePlay, FileDiff, RotateCw, Square, Workflow } from 'lucide-react'
import { useState } from 'react'
import type { Run } from '../../../shared/run.ts'
import { stepName } from '../../../shared/standing.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { Confirm } from '../../components/dialog.tsx'
import { RunProgress } from '../../components/run/run-progress.tsx'
import { Ticking } from '../../components/run/ticking.tsx'
import { clock } from '../../components/run/clock.ts'
import { pauseRun, resumeRun, stopRun } from '../../stores/run-control.ts'
import { timeAtWork, type RunNotes } from '../../stores/run-notes.ts'
import { show } from '../../stores/view.ts'
import { runStrings } from '../../strings-run.ts'
import { attempt } from './attempt.ts'
import type { RunHeader } from './run-header.ts'

type RunTopProps = {
  readonly title: string
  readonly run: Run
  readonly notes: RunNotes
  readonly header: RunHeader
  readonly isStopAsked: boolean
  readonly onStopAsked: (isAsked: boolean) => void
}

const words = runStrings.header

/** The header of a run: what it is, how far it is, and what can be done to it. Never wraps. */
export function RunTop({ title, run, notes, header, isStopAsked, onStopAsked }: RunTopProps) {
  const [isBusy, setBusy] = useState(false)
  const { can, phase } = header
  const during = (work: () => Promise<unknown>) => async () => {
    setBusy(true)
    await attempt(work)
    setBusy(false)
  }
  const hasEnded = run.outcome !== null
  return (
    <div className="flex h-12 flex-none items-center gap-3 border-b border-line-subtle px-4 whitespace-nowrap 2xl:px-6">
      <h1 className="min-w-24 truncate text-lg font-strong" title={title}>
        {title}
      </h1>
      <span className="hidden lg:inline-flex">
        <Badge tone="plain" icon={Workflow}>
          {run.workflow.name}
        </Badge>
      </span>
      <span className="ml-1 flex flex-none items-center gap-4 text-sm">
        <span>
          {phase === 'gated' ? (
            <>
              <span className="text-waiting">{runStrings.phases.gated}</span>{' '}
              <b className="font-strong">{words.gatedAt(header.gates.map(stepName))}</b>
            </>
          ) : (
            <>
              <span className="text-fg-3">{hasEnded ? runStrings.phases[phase] : words.step}</span>{' '}
              <b className="font-strong">{words.stepOf(header.step, header.steps)}</b>
            </>
          )}
        </span>
        <RunProgress segments={header.segments} completed={header.completed} />
        <span title={words.elapsedTitle}>
          <span className="text-fg-3">{words.elapsed}</span>{' '}
          <b className="font-strong" data-number="elapsed">
            {notes.since === null ? (
              clock(timeAtWork(notes, 0))
            ) : (
              <Ticking key={`${run.id} ${notes.since}`} text={(now) => clock(timeAtWork(notes, now))} />
            )}
          </b>
        </span>
      </span>
      <span className="ml-auto flex flex-none items-center gap-2">
        {can.pause && (
          <Button size="sm" icon={CirclePause} keys="space" isBusy={isBusy} onClick={during(pauseRun)}>
            {words.pause}
          </Button>
        )}
        {can.goOn && (
          <Button size="sm" icon={CirclePlay} keys="space" isBusy={isBusy} onClick={during(resumeRun)}>
            {words.goOn}
          </Button>
        )}
        {can.resume && (
          <Button size="sm" icon={RotateCw} isBusy={isBusy} onClick={during(resumeRun)}>
            {words.resume}
          </Button>
        )}
        {can.stop && (
          <Button size="sm" kind="danger" icon={Square} onClick={() => onStopAsked(true)}>
            {words.stop}
          </Button>
        )}
        <Button
          size="sm"
          kind="primary"
          icon={FileDiff}
          disabled={header.files === 0}
          onClick={() => show('review')}
        >
          {words.review(header.files)}
        </Button>
      </span>
      <Confirm
        title={runStrings.stop.title}
        isOpen={isStopAsked}
        verb={runStrings.stop.confirm}
        onConfirm={() => void attempt(stopRun)}
        onClose={() => onStopAsked(false)}
      >
        <p>{runStrings.stop.kept(header.completed, header.files)}</p>
        <p>{runStrings.stop.later}</p>
      </Confirm>
    </div>
  )
}
