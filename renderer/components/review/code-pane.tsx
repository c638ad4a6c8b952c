import { useEffect, useRef, useState, type RefObject } from 'react'
import { AppError, type ErrorData } from '../../../shared/errors.ts'
import { loadMonaco } from '../../monaco.ts'
import type { CodeEditor, Shown } from '../../monaco-editors.ts'
import { reviewStrings } from '../../strings-review.ts'
import { BusyLines } from '../busy-lines.tsx'
import { ErrorNotice } from '../notice.tsx'

type CodePaneProps = Shown & {
  /** What makes another text of it: only then cursor and history are given up. */
  readonly version: string
  readonly onChange: (text: string) => void
  readonly onLeave: () => void
  readonly control?: RefObject<Pick<CodeEditor, 'focus'> | null>
}

/** Code in the editor: one text, or the difference of two. The editor is fetched when it is first needed. */
export function CodePane({ version, onChange, onLeave, control, ...shown }: CodePaneProps) {
  const box = useRef<HTMLDivElement>(null)
  const editor = useRef<CodeEditor | null>(null)
  const latest = useRef({ shown, onChange, onLeave })
  latest.current = { shown, onChange, onLeave }
  const [isReady, setReady] = useState(false)
  const [error, setError] = useState<ErrorData | null>(null)
  useEffect(() => {
    let isGone = false
    loadMonaco().then(
      (editors) => {
        if (isGone) return
        editor.current = editors.open(box.current!, {
          onChange: (text) => latest.current.onChange(text),
          onLeave: () => latest.current.onLeave(),
        })
        if (control) control.current = editor.current
        setReady(true)
      },
      (cause: unknown) => setError(AppError.from(cause).toJSON()),
    )
    return () => {
      isGone = true
      editor.current?.dispose()
      editor.current = null
    }
  }, [control])
  const { isEditable, isSideBySide } = shown
  useEffect(() => {
    if (isReady) editor.current!.show(latest.current.shown)
  }, [isReady, version])
  useEffect(() => {
    if (isReady) editor.current!.adjust({ isEditable, isSideBySide })
  }, [isReady, isEditable, isSideBySide])
  return (
    <div className="relative h-full min-h-0 bg-sunken">
      <div ref={box} className="absolute inset-0" data-code={isReady || undefined} />
      {!isReady && !error && <BusyLines label={reviewStrings.file.reading} count={5} />}
      {error && (
        <div className="p-4">
          <ErrorNotice error={error} />
        </div>
      )}
    </div>
  )
}
