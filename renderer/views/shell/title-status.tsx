import { Badge } from '../../components/badge.tsx'
import { useRuns } from '../../stores/runs.ts'
import { useView } from '../../stores/view.ts'
import { strings } from '../../strings.ts'

/** What the title bar says at its right: that a rehearsal is shown, wherever it is. */
export function TitleStatus() {
  const isRunShown = useView(({ screen }) => screen === 'run' || screen === 'review')
  const runId = useView((view) => view.runId)
  const isRehearsal = useRuns(({ list }) => list.value?.find(({ id }) => id === runId)?.rehearsal != null)
  if (!isRunShown || !isRehearsal) return null
  return (
    <Badge tone="waiting" title={strings.shell.rehearsalHint}>
      {strings.shell.rehearsal}
    </Badge>
  )
}
