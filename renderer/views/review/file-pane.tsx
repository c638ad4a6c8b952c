import { useEffect, useRef, useState } from 'react'
import { stepName } from '../../../shared/standing.ts'
import { BusyLines } from '../../components/busy-lines.tsx'
import { classNames } from '../../components/class-names.ts'
import { Button } from '../../components/button.tsx'
import { ErrorNotice, Notice } from '../../components/notice.tsx'
import { CodePane } from '../../components/review/code-pane.tsx'
import { ConflictBar } from '../../components/review/conflict-bar.tsx'
import { FileHead } from '../../components/review/file-head.tsx'
import type { ReviewFile } from '../../components/review/review-file.ts'
import type { CodeEditor } from '../../monaco-editors.ts'
import {
  chooseVersion,
  decide,
  dropEdit,
  keepEdit,
  markSeen,
  rebaseEdit,
  saveEdit,
  useReview,
} from '../../stores/review.ts'
import { useOpenRun } from '../../stores/run.ts'
import { reviewStrings } from '../../strings-review.ts'
import { roleName } from '../../strings.ts'
import { attempt } from '../run/attempt.ts'
import { canAccept } from './review-files.ts'
import { diskFile, textOf } from './review-texts.ts'
import { useLoaded } from './use-loaded.ts'

type FilePaneProps = {
  readonly file: ReviewFile
  readonly isSideBySide: boolean
  readonly isEditing: boolean
  readonly onEditing: (isEditing: boolean) => void
}

const words = reviewStrings.file

/** One file: against the workspace's, or the versions that claim it against each other; with what can be done to it. */
export function FilePane({ file, isSideBySide, isEditing, onEditing }: FilePaneProps) {
  const { path, hash, fault } = file
  const run = useOpenRun((open) => open.run)
  const edit = useReview(({ edits }) => edits[path])
  const seen = useReview((review) => review.seen[path] ?? null)
  const control = useRef<Pick<CodeEditor, 'focus'> | null>(null)
  const head = useRef<HTMLDivElement>(null)
  const rivals = run.files[path]?.conflict ?? []
  const [sides, setSides] = useState<readonly [number, number]>([0, 1])
  const isConflict = fault === 'conflict'
  const left = rivals[sides[0]]
  const right = rivals[sides[1]] ?? rivals.at(-1)
  const modifiedHash = isConflict ? (right?.hash ?? hash) : (edit?.base ?? hash)
  // What is compared with stays what the person was shown, until they ask for what is there now.
  const name = isConflict ? `${left?.hash} ${right?.hash}` : `${path} ${modifiedHash} ${seen}`
  const texts = useLoaded(name, async () => {
    const modified = await textOf(modifiedHash)
    if (isConflict) return { original: left ? await textOf(left.hash) : null, modified }
    const disk = await diskFile(path)
    // One that changed meanwhile counts as seen only when the person says so.
    if (!file.isMoved) markSeen(path, disk?.hash ?? null)
    return { original: disk?.text ?? null, modified }
  })
  const shown = texts.value
  const isOn = isEditing && !isConflict
  // Who chooses between versions sees those; a text that is not saved waits until that is settled.
  const text = isConflict ? undefined : edit?.text
  const isEditable = isOn || text !== undefined
  const isDirty = edit !== undefined && shown !== null && edit.text !== shown.modified
  useEffect(() => {
    if (isOn) control.current?.focus()
  }, [isOn])
  const save = async () => {
    if (await saveEdit(path)) onEditing(false)
  }
  const discard = () => {
    dropEdit(path)
    onEditing(false)
  }
  const newest = edit !== undefined && edit.base !== hash
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FileHead
        ref={head}
        file={file}
        isEditing={isEditable}
        isDirty={isDirty}
        canAccept={canAccept(file)}
        onDecide={(decision) => void attempt(() => decide([file], decision))}
        onEdit={() => onEditing(true)}
        onSave={() => void save()}
        onDiscard={discard}
      />
      <div className={classNames('grid flex-none gap-2 px-4 pt-2 empty:hidden', !isConflict && 'pb-2')}>
        {file.isMoved && (
          <Notice
            kind="waiting"
            message={file.disk === null ? words.gone : words.moved}
            hint={words.movedHint}
          >
            <Button size="sm" onClick={() => markSeen(path, file.disk)}>
              {words.compare}
            </Button>
          </Notice>
        )}
        {edit?.problem && (
          <ErrorNotice error={edit.problem}>
            {newest && (
              <Button size="sm" onClick={() => rebaseEdit(path, hash)}>
                {words.newer}
              </Button>
            )}
          </ErrorNotice>
        )}
        {fault && <Notice kind="waiting" message={words.faults[fault]} hint={words.faultHints[fault]} />}
        {file.isHeldBack && <Notice kind="waiting" message={file.hold} hint={words.heldHint} />}
        {file.stale && <Notice kind="waiting" message={words.stale(file.stale)} />}
        {file.refused && <Notice kind="error" message={words.refused(file.refused)} />}
      </div>
      {isConflict && (
        <ConflictBar
          versions={rivals.map((version, index) => {
            const state = run.tasks[version.task]
            const role = run.agents.find(({ agent_id }) => agent_id === version.agent)?.role ?? version.agent
            return {
              hash: version.hash,
              isWhole: version.complete,
              name: words.version(index + 1, roleName(role), state ? stepName(state) : version.task),
            }
          })}
          sides={sides}
          onSides={setSides}
          onChoose={(chosen) => void attempt(() => chooseVersion(path, chosen))}
        />
      )}
      <div className="min-h-0 flex-1">
        {texts.error && (
          <div className="p-4">
            <ErrorNotice error={texts.error} />
          </div>
        )}
        {!shown && !texts.error && <BusyLines label={words.reading} count={5} />}
        {shown && (
          <CodePane
            path={path}
            version={name}
            original={shown.original === shown.modified && !text ? null : shown.original}
            modified={text ?? shown.modified}
            isEditable={isEditable}
            isSideBySide={isSideBySide}
            label={words.editor(path)}
            originalLabel={isConflict ? words.other(path) : words.workspace(path)}
            control={control}
            onChange={(text) => keepEdit(path, edit?.base ?? hash, text)}
            onLeave={() => head.current?.querySelector<HTMLElement>('button:not([aria-disabled])')?.focus()}
          />
        )}
      </div>
    </div>
  )
}
