import { Activity, Info } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Change } from '../../../shared/change.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { LiveRegion } from '../../components/live-region.tsx'
import { ErrorNotice } from '../../components/notice.tsx'
import { AcceptBar } from '../../components/review/accept-bar.tsx'
import { FileTree } from '../../components/review/file-tree.tsx'
import { WriteResult } from '../../components/review/write-result.tsx'
import { Screen } from '../../components/screen.tsx'
import { Split } from '../../components/split.tsx'
import { useMedia } from '../../components/use-media.ts'
import { closeResult, decide, readChanges, selectFile, useReview, writeFiles } from '../../stores/review.ts'
import { useOpenRun } from '../../stores/run.ts'
import { useRuns } from '../../stores/runs.ts'
import { show } from '../../stores/view.ts'
import { reviewStrings } from '../../strings-review.ts'
import { strings } from '../../strings.ts'
import { attempt } from '../run/attempt.ts'
import { FilePane } from './file-pane.tsx'
import { Origins } from './origins.tsx'
import {
  acceptedWithAll,
  barNumbers,
  filesToWrite,
  groupFiles,
  isDecided,
  reviewFiles,
} from './review-files.ts'
import { ReviewTrays } from './review-trays.tsx'
import { useReviewCommands } from './use-review-commands.ts'

/** The files of one run: tree, code, origin, trays, and the bar that writes. */
export function ReviewScreen({ changes }: { readonly changes: readonly Change[] }) {
  const run = useOpenRun((open) => open.run)
  const title = useRuns(({ list }) => list.value?.find(({ id }) => id === run.id)?.title) ?? run.workflow.name
  const { seen, selected, edits, isWriting, result } = useReview()
  const unread = useReview((review) => review.changes.error)
  const files = useMemo(() => reviewFiles(run, changes, seen, edits), [run, changes, seen, edits])
  const [filter, setFilter] = useState('')
  const groups = useMemo(
    () =>
      groupFiles(
        run,
        files.filter(({ path }) => path.toLowerCase().includes(filter.trim().toLowerCase())),
      ),
    [run, files, filter],
  )
  const numbers = barNumbers(files)
  const first = groups.flatMap((group) => group.files).find((one) => !isDecided(one)) ?? files[0]
  const file = files.find(({ path }) => path === (selected ?? first?.path))
  const isMiddle = useMedia('(min-width: 1100px)')
  const isLarge = useMedia('(min-width: 1600px)')
  const [isOriginOver, setOriginOver] = useState(false)
  const acceptAll = () => attempt(() => decide(acceptedWithAll(files), 'accepted'))
  const write = () => attempt(() => writeFiles(filesToWrite(files).map(({ path }) => path)))
  const view = useReviewCommands({
    files,
    groups,
    file,
    hasBlocks: run.unplaced.length > 0,
    onAcceptAll: acceptAll,
    onWrite: write,
    onOrigin: () => setOriginOver(!isOriginOver),
  })

  const tree = (
    <FileTree
      groups={groups}
      selected={file?.path ?? null}
      unsaved={new Set(Object.keys(edits))}
      filter={filter}
      onFilter={setFilter}
      onSelect={selectFile}
    />
  )
  const center = (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <div className="min-h-0 flex-1">
        {file ? (
          <FilePane
            key={file.path}
            file={file}
            isSideBySide={isLarge}
            isEditing={view.isEditing}
            onEditing={view.setEditing}
          />
        ) : (
          <EmptyState
            icon={Info}
            title={reviewStrings.nothingChosen}
            hint={reviewStrings.nothingChosenHint}
          />
        )}
      </div>
      <ReviewTrays files={files} isOpen={view.areTraysOpen} onToggle={view.toggleTrays} />
    </div>
  )
  const origin = file && (
    <Origins key={file.hash} file={file} onClose={isMiddle ? undefined : () => setOriginOver(false)} />
  )
  return (
    <Screen
      title={strings.screens.review}
      about={title}
      lead={reviewStrings.against(run.workspace)}
      actions={
        <>
          {!isMiddle && file && (
            <Button size="sm" kind="ghost" icon={Info} onClick={() => setOriginOver(!isOriginOver)}>
              {reviewStrings.origin.title}
            </Button>
          )}
          <Button size="sm" kind="ghost" icon={Activity} onClick={() => show('run')}>
            {reviewStrings.commands.run}
          </Button>
        </>
      }
    >
      {unread && (
        <div className="flex-none border-b border-line-subtle px-4 py-3 2xl:px-6">
          <ErrorNotice error={unread} onRetry={() => void readChanges()} />
        </div>
      )}
      {result && (
        <WriteResult result={result} workspace={run.workspace} onSelect={selectFile} onClose={closeResult} />
      )}
      <div className="relative min-h-0 flex-1">
        <Split
          key={isLarge ? 'large' : isMiddle ? 'middle' : 'small'}
          name={isLarge ? 'review-large' : isMiddle ? 'review' : 'review-small'}
          label={reviewStrings.tree.label}
          direction="horizontal"
          panels={[
            {
              id: 'tree',
              size: isLarge ? '304px' : isMiddle ? '256px' : '216px',
              least: '160px',
              greatest: '480px',
              content: tree,
            },
            { id: 'code', least: '320px', content: center },
            ...(isMiddle
              ? [
                  {
                    id: 'origin',
                    size: isLarge ? '328px' : '272px',
                    least: '200px',
                    greatest: '480px',
                    content: origin ?? <span />,
                  },
                ]
              : []),
          ]}
        />
        {!isMiddle && isOriginOver && origin && (
          <div className="absolute inset-y-0 right-0 z-20 w-80 border-l border-line bg-surface-1 shadow-2">
            {origin}
          </div>
        )}
      </div>
      <AcceptBar
        numbers={numbers}
        unsaved={Object.keys(edits).length}
        isWriting={isWriting}
        isRunning={run.outcome === null}
        onAcceptAll={() => void acceptAll()}
        onWrite={() => void write()}
      />
      <LiveRegion text={view.said} />
    </Screen>
  )
}
