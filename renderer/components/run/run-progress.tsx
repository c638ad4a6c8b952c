import { runStrings } from '../../strings-run.ts'
import type { StepTone } from './progress.ts'

const fills: Readonly<Record<StepTone, string>> = {
  good: 'bg-passed-bar',
  accent: 'bg-accent-bar',
  waiting: 'bg-waiting-bar',
  error: 'bg-error-bar',
  off: 'bg-quiet-bar',
  none: '',
}

/** One part for each step, filled by how it stands. */
export function RunProgress({
  segments,
  completed,
}: {
  readonly segments: readonly StepTone[]
  readonly completed: number
}) {
  return (
    <span
      role="progressbar"
      aria-label={runStrings.header.stepsDone(completed, segments.length)}
      aria-valuemin={0}
      aria-valuemax={segments.length}
      aria-valuenow={completed}
      className="hidden h-2 w-24 overflow-hidden rounded-full bg-surface-3 lg:flex"
      style={{ gap: segments.length > 24 ? 0 : 1 }}
    >
      {segments.map((tone, index) => (
        <i key={index} className={`flex-1 ${fills[tone]}`} />
      ))}
    </span>
  )
}
