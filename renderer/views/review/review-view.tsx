import { FileDiff } from 'lucide-react'
import { useEffect } from 'react'
import { BusyLines } from '../../components/busy-lines.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import '../../components/run/run.css'
import '../../stores/run-palette.ts'
import { Screen } from '../../components/screen.tsx'
import { openRun, useOpenRun } from '../../stores/run.ts'
import { readChanges, useReview } from '../../stores/review.ts'
import { reviewStrings } from '../../strings-review.ts'
import { runStrings } from '../../strings-run.ts'
import { strings } from '../../strings.ts'
import { NoRunOpen } from '../no-run-open.tsx'
import { ReviewScreen } from './review-screen.tsx'

/** The screen on which a person reads what was made, and decides. */
export function ReviewView() {
  const id = useOpenRun((open) => open.id)
  const state = useOpenRun((open) => open.state)
  const error = useOpenRun((open) => open.error)
  const hasEnded = useOpenRun(({ run }) => run.outcome !== null)
  const changes = useReview((review) => review.changes)
  const reviewed = useReview((review) => review.id)
  useEffect(() => {
    if (state === 'ready') void readChanges()
  }, [id, state])
  const isReady = state === 'ready' && reviewed === id && changes.value !== null
  if (isReady && changes.value.length > 0) return <ReviewScreen key={id} changes={changes.value} />
  const problem = error ?? changes.error
  return (
    <Screen title={strings.screens.review}>
      {state === 'none' && <NoRunOpen icon={FileDiff} />}
      {isReady && (
        <EmptyState
          icon={FileDiff}
          title={hasEnded ? reviewStrings.madeNone : reviewStrings.noFiles}
          hint={hasEnded ? reviewStrings.madeNoneHint : reviewStrings.noFilesHint}
        />
      )}
      {id && !isReady && !problem && <BusyLines label={runStrings.header.loading} count={6} />}
      {problem && id && (
        <div className="p-4">
          <ErrorNotice error={problem} onRetry={() => void (error ? openRun(id) : readChanges())} />
        </div>
      )}
    </Screen>
  )
}
