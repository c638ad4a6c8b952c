import { useMemo, useState } from 'react'
import type { Unplaced } from '../../../shared/change.ts'
import type { Run } from '../../../shared/run.ts'
import { stepName } from '../../../shared/standing.ts'
import { Confirm } from '../../components/dialog.tsx'
import type { ReviewFile } from '../../components/review/review-file.ts'
import { Trays, type UnplacedBlock } from '../../components/review/trays.tsx'
import { TextViewer } from '../../components/run/text-viewer.tsx'
import { placeBlock, selectFile } from '../../stores/review.ts'
import { useOpenRun } from '../../stores/run.ts'
import { reviewStrings } from '../../strings-review.ts'
import { attempt } from '../run/attempt.ts'
import { fixedStream } from '../run/run-texts.ts'
import { textOf } from './review-texts.ts'
import { useLoaded } from './use-loaded.ts'

type ReviewTraysProps = {
  readonly files: readonly ReviewFile[]
  readonly isOpen: boolean
  readonly onToggle: () => void
}

type Naming = { readonly key: string; readonly path: string }
const words = reviewStrings.trays

/** How many blocks are read for their first line. */
const previewed = 20
const keyOf = ({ call, line, hash }: Unplaced) => `${call} ${line} ${hash.slice(0, 12)}`

/** The trays of the open run. */
export function ReviewTrays({ files, isOpen, onToggle }: ReviewTraysProps) {
  const run = useOpenRun((open) => open.run)
  const [looked, setLooked] = useState<string | null>(null)
  const wanted = run.unplaced.slice(0, previewed)
  const previews = useLoaded(wanted.map(keyOf).join(), () =>
    Promise.all(wanted.map(({ hash }) => firstLine(hash))),
  )
  const blocks = run.unplaced.map((block, index) => shownBlock(run, block, previews.value?.[index] ?? ''))
  const blockOf = (key: string | null) => run.unplaced.find((block) => keyOf(block) === key)
  const [second, setSecond] = useState<Naming | null>(null)
  const place = async (naming: Naming, isSecond: boolean) => {
    const block = blockOf(naming.key)
    if (!block) return
    await attempt(async () => {
      if (await placeBlock(block, naming.path, isSecond)) selectFile(naming.path)
      else setSecond(naming)
    })
  }
  const shown = blockOf(looked)
  const stream = useMemo(() => (shown ? fixedStream(() => textOf(shown.hash)) : null), [shown])
  return (
    <div data-trays className="flex-none">
      <Trays
        blocks={blocks}
        faults={files.filter(({ fault }) => fault !== null)}
        held={files.filter(({ isHeldBack }) => isHeldBack)}
        isOpen={isOpen}
        onToggle={onToggle}
        onLookAtBlock={setLooked}
        onPlace={(key, path) => void place({ key, path }, false)}
        onSelect={selectFile}
      />
      <Confirm
        title={words.second(second?.path ?? '')}
        verb={words.makeSecond}
        isOpen={second !== null}
        onClose={() => setSecond(null)}
        onConfirm={() => second && void place(second, true)}
      >
        <p>{words.secondHint}</p>
        <p>{words.secondKept}</p>
      </Confirm>
      {stream && (
        <TextViewer title={words.blockTitle} stream={stream} isLive={false} onClose={() => setLooked(null)} />
      )}
    </div>
  )
}

const firstLine = async (hash: string) =>
  (await textOf(hash).catch(() => ''))
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.slice(0, 200) ?? ''

function shownBlock(run: Run, block: Run['unplaced'][number], preview: string): UnplacedBlock {
  const state = run.tasks[block.task]
  return {
    key: keyOf(block),
    role: run.agents.find(({ agent_id }) => agent_id === state?.agent)?.role ?? '',
    about: words.block(block.bytes, block.language, state ? stepName(state) : block.task),
    reason: block.reason,
    preview,
    candidates: block.candidates,
  }
}
