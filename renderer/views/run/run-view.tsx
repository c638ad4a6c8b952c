import { Activity } from 'lucide-react'
import { BusyLines } from '../../components/busy-lines.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import '../../components/run/run.css'
import '../../stores/run-palette.ts'
import { Screen } from '../../components/screen.tsx'
import { openRun, useOpenRun } from '../../stores/run.ts'
import { strings } from '../../strings.ts'
import { runStrings } from '../../strings-run.ts'
import { NoRunOpen } from '../no-run-open.tsx'
import { RunScreen } from './run-screen.tsx'

/** The screen of one run while it goes on, and afterwards. */
export function RunView() {
  const id = useOpenRun((open) => open.id)
  const state = useOpenRun((open) => open.state)
  const error = useOpenRun((open) => open.error)
  if (state === 'ready') return <RunScreen key={id} />
  return (
    <Screen title={strings.screens.run}>
      {state === 'none' && <NoRunOpen icon={Activity} />}
      {state === 'reading' && <BusyLines label={runStrings.header.loading} count={6} />}
      {error && id && (
        <div className="p-4">
          <ErrorNotice error={error} onRetry={() => void openRun(id)} />
        </div>
      )}
    </Screen>
  )
}
