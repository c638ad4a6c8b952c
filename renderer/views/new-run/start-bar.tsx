import { Button } from '../../components/button.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import { useDocuments } from '../../stores/documents.ts'
import { useModel } from '../../stores/model.ts'
import { startRun, useNewRun } from '../../stores/new-run.ts'
import { newRunStrings as strings } from '../../strings-new-run.ts'

/** The one primary button, and beside it what stops it. */
export function StartBar({ stop }: { readonly stop: string | null }) {
  const { isRehearsal, isStarting, error } = useNewRun()
  return (
    <div className="grid flex-none gap-2 border-t border-line-subtle px-4 pt-3 pb-4 2xl:px-6 2xl:pt-4 2xl:pb-6">
      {error && <ErrorNotice error={error} />}
      <p id="what-stops" aria-live="polite" className="min-h-8 text-sm wrap-anywhere text-fg-2">
        {stop ?? <Fit />}
      </p>
      <Button
        kind="primary"
        size="lg"
        isFull
        keys="mod+enter"
        disabled={stop !== null}
        isBusy={isStarting}
        aria-describedby="what-stops"
        onClick={() => void startRun()}
      >
        {isStarting ? strings.starting : isRehearsal ? strings.startRehearsal : strings.start}
      </Button>
    </div>
  )
}

/** How much of a slot the documents take, where that is known. */
function Fit() {
  const tokens = useDocuments(({ entries }) =>
    entries.reduce((sum, { read }) => sum + (read?.tokens ?? 0), 0),
  )
  const window = useModel(({ report }) => report.value?.window ?? null)
  const isRehearsal = useNewRun((state) => state.isRehearsal)
  return window === null || tokens === 0 || isRehearsal ? strings.ready : strings.fits(tokens, window)
}
