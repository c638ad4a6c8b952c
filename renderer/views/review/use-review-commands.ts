import { useState } from 'react'
import type { Decision } from '../../../shared/change.ts'
import type { ReviewFile, ReviewGroup } from '../../components/review/review-file.ts'
import { useMedia } from '../../components/use-media.ts'
import { useOffer } from '../../stores/commands.ts'
import { decide, selectFile } from '../../stores/review.ts'
import { show } from '../../stores/view.ts'
import { reviewStrings } from '../../strings-review.ts'
import { strings } from '../../strings.ts'
import { attempt } from '../run/attempt.ts'
import { commandOf } from '../run/command-of.ts'
import { acceptedWithAll, canAccept, filesToWrite, isDecided } from './review-files.ts'

type Given = {
  readonly files: readonly ReviewFile[]
  readonly groups: readonly ReviewGroup[]
  readonly file: ReviewFile | undefined
  readonly hasBlocks: boolean
  readonly onAcceptAll: () => unknown
  readonly onWrite: () => unknown
  readonly onOrigin: () => void
}
type ReviewChoices = {
  readonly isEditing: boolean
  readonly setEditing: (isEditing: boolean) => void
  readonly areTraysOpen: boolean
  readonly toggleTrays: () => void
  readonly said: string
}

const words = reviewStrings.commands

/** Offers what can be done to the files, and keeps which parts of the screen are open. */
export function useReviewCommands({ files, groups, file, hasBlocks, ...given }: Given): ReviewChoices {
  const [editing, setEditingPath] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const isRoomy = useMedia('(min-width: 1100px) and (min-height: 700px)')
  const [areTraysChosen, setTrays] = useState<boolean | null>(null)
  const hasTrays = hasBlocks || files.some(({ fault, isHeldBack }) => fault !== null || isHeldBack)
  const areTraysOpen = areTraysChosen ?? (isRoomy && hasTrays)
  const ordered = groups.flatMap((group) => group.files)
  const step = (by: number) => {
    const at = ordered.findIndex(({ path }) => path === file?.path)
    const to = ordered[at === -1 ? (by > 0 ? 0 : ordered.length - 1) : at + by]
    if (to) selectFile(to.path)
  }
  const decideOne = async (decision: Decision | null) => {
    if (!file) return
    if (!(await attempt(() => decide([file], decision)))) return
    setSaid(reviewStrings.live.decided(file.path, decision ?? reviewStrings.file.undo.toLowerCase()))
    // The next one that is still open; the last decision stays in sight.
    const rest = ordered.slice(ordered.findIndex(({ path }) => path === file.path) + 1)
    const next = rest.find((other) => !isDecided(other))
    if (decision !== null && next) selectFile(next.path)
  }
  const lookAtTrays = () => {
    setTrays(true)
    setTimeout(() => document.querySelector<HTMLElement>('[data-trays] button:not([aria-expanded])')?.focus())
  }
  const command = commandOf(strings.screens.review)
  const isEditing = file !== undefined && editing === file.path
  const setEditing = (is: boolean) => setEditingPath(is ? (file?.path ?? null) : null)
  useOffer('review', [
    { ...command('next', words.next, 'j', () => step(1)), isKeyOnly: true },
    { ...command('previous', words.previous, 'k', () => step(-1)), isKeyOnly: true },
    command('accept', words.accept, 'a', () => decideOne('accepted'), !file || !canAccept(file)),
    command('reject', words.reject, 'x', () => decideOne('rejected'), !file || file.isWritten),
    command('undo', words.undo, 'u', () => decideOne(null), !file?.decision || file.isWritten),
    command('all', words.acceptAll, 'shift+a', given.onAcceptAll, acceptedWithAll(files).length === 0),
    command('edit', words.edit, 'e', () => setEditing(true), !file || file.fault === 'conflict' || isEditing),
    command('trays', words.trays, 't', lookAtTrays),
    command('origin', words.origin, 'o', given.onOrigin, !file),
    command('run', words.run, 'v', () => show('run')),
    command('write', words.write, 'mod+enter', given.onWrite, filesToWrite(files).length === 0),
  ])
  return { isEditing, setEditing, areTraysOpen, toggleTrays: () => setTrays(!areTraysOpen), said }
}
