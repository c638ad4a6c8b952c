import { Check, Pencil, Save, Undo2, X } from 'lucide-react'
import type { Ref } from 'react'
import type { Decision } from '../../../shared/change.ts'
import { reviewStrings } from '../../strings-review.ts'
import { Button } from '../button.tsx'
import { FileBadges } from './file-badges.tsx'
import type { ReviewFile } from './review-file.ts'

type FileHeadProps = {
  readonly ref?: Ref<HTMLDivElement>
  readonly file: ReviewFile
  readonly isEditing: boolean
  readonly isDirty: boolean
  readonly canAccept: boolean
  readonly onDecide: (decision: Decision | null) => void
  readonly onEdit: () => void
  readonly onSave: () => void
  readonly onDiscard: () => void
}

const words = reviewStrings.file

/** The line above the code: which file, how it stands, and what can be done to it. */
export function FileHead(props: FileHeadProps) {
  const { ref, file, isEditing, isDirty, canAccept, onDecide, onEdit, onSave, onDiscard } = props
  const { path, badges, decision, isWritten, fault } = file
  return (
    <div ref={ref} className="flex h-10 flex-none items-center gap-2 border-b border-line-subtle pr-2 pl-4">
      <span className="min-w-0 truncate font-mono text-sm" title={path}>
        <bdi>{path}</bdi>
      </span>
      <FileBadges badges={badges} />
      <span className="ml-auto flex flex-none items-center gap-1">
        {isEditing ? (
          <>
            <span className="hidden pr-2 text-xs text-fg-3 lg:inline">{words.editing}</span>
            <Button size="sm" kind="ghost" icon={X} onClick={onDiscard}>
              {words.discard}
            </Button>
            <Button size="sm" icon={Save} disabled={!isDirty} onClick={onSave}>
              {words.save}
            </Button>
          </>
        ) : (
          <>
            {fault !== 'conflict' && (
              <Button size="sm" kind="ghost" icon={Pencil} keys="e" onClick={onEdit}>
                {words.edit}
              </Button>
            )}
            {decision !== null && !isWritten && (
              <Button size="sm" kind="ghost" icon={Undo2} keys="u" onClick={() => onDecide(null)}>
                {words.undo}
              </Button>
            )}
            {decision !== 'rejected' && !isWritten && (
              <Button size="sm" icon={X} keys="x" onClick={() => onDecide('rejected')}>
                {words.reject}
              </Button>
            )}
            {decision !== 'accepted' && canAccept && (
              <Button size="sm" icon={Check} keys="a" onClick={() => onDecide('accepted')}>
                {words.accept}
              </Button>
            )}
          </>
        )}
      </span>
    </div>
  )
}
