import { useVirtualizer } from '@tanstack/react-virtual'
import { Check, Copy } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { runStrings } from '../../strings-run.ts'
import { Button } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { copyText } from '../copy-text.ts'
import { Dialog } from '../dialog.tsx'
import { cancelPaint, requestPaint } from './beat.ts'
import { codePieces } from './code-line.ts'
import type { LineSource, Stream } from './line-source.ts'
import { NewLines } from './new-lines.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

type TextViewerProps = {
  readonly title: string
  readonly stream: Stream
  /** Whether it may still grow: then its end is followed. */
  readonly isLive: boolean
  /** Lines that are marked and shown first, counted from 1. */
  readonly marked?: { readonly from: number; readonly to: number } | null
  /** One sentence about how the text ended, where that matters. */
  readonly ending?: string | null
  readonly onClose: () => void
}

/** A whole text to read: numbered lines, only those in sight in the page, followed while it grows. */
export function TextViewer({ title, stream, isLive, marked, ending, onClose }: TextViewerProps) {
  const [count, setCount] = useState(() => stream.text()?.lineCount ?? 0)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    const read = () => setCount(stream.text()?.lineCount ?? 0)
    const stop = stream.subscribe(() => requestPaint(read))
    read()
    return () => {
      stop()
      cancelPaint(read)
    }
  }, [stream])
  const text = stream.text()
  const copy = () => setCopied(copyText(wholeText(text)))
  const foot = (
    <>
      <span className="mr-auto self-center text-sm text-fg-3">
        {runStrings.text.lines(count)}
        {marked && `, ${runStrings.text.marked(marked.from, marked.to)}`}
      </span>
      <Button size="sm" icon={isCopied ? Check : Copy} onClick={copy}>
        {isCopied ? runStrings.text.copied : runStrings.text.copy}
      </Button>
      <Button size="sm" onClick={onClose}>
        {runStrings.text.close}
      </Button>
    </>
  )
  return (
    <Dialog title={title} isOpen onClose={onClose} width="full" foot={foot}>
      {text ? (
        <Lines text={text} count={count} isLive={isLive} marked={marked ?? null} ending={ending ?? null} />
      ) : (
        <p className="p-4 text-sm text-fg-3">{runStrings.text.loading}</p>
      )}
    </Dialog>
  )
}

type LinesProps = {
  readonly text: LineSource
  readonly count: number
  readonly isLive: boolean
  readonly marked: { readonly from: number; readonly to: number } | null
  readonly ending: string | null
}

function Lines({ text, count, isLive, marked, ending }: LinesProps) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => 20,
    overscan: 12,
  })
  const stick = useStickToEnd(box, isLive ? count : 0, isLive ? rows.getTotalSize() : 0)
  useEffect(() => {
    if (isLive) return
    if (marked) rows.scrollToIndex(marked.from - 1, { align: 'center' })
    else box.current!.scrollTop = 0
    // Only where it opens: whoever reads on is left alone.
  }, [])
  return (
    <div className="relative h-full min-h-0">
      <div
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={runStrings.card.enter}
        className="ring-inside h-full overflow-auto bg-sunken py-2 font-mono text-sm leading-5 text-code select-text"
      >
        <div className="relative" style={{ height: rows.getTotalSize() + (ending ? 28 : 0) }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const isMarked = marked !== null && index + 1 >= marked.from && index + 1 <= marked.to
            return (
              <div
                key={key}
                data-index={index}
                ref={rows.measureElement}
                data-marked={isMarked || undefined}
                style={{ transform: `translateY(${start}px)` }}
                className={classNames(
                  'absolute inset-x-0 top-0 grid grid-cols-[56px_minmax(0,1fr)] pr-4',
                  isMarked && 'bg-accent-soft',
                )}
              >
                <span aria-hidden className="pr-4 text-right text-xs leading-5 text-fg-3 select-none">
                  {index + 1}
                </span>
                <Line text={text.line(index)} isClosed={text.isClosed(index)} />
              </div>
            )
          })}
          {ending && <p className="absolute bottom-0 left-14 font-sans text-sm text-waiting">{ending}</p>}
        </div>
      </div>
      {isLive && <NewLines {...stick} />}
    </div>
  )
}

/** Characters of one line that are drawn: a longer one says how much is left out, and is copied whole. */
const widest = 20_000

function Line({ text, isClosed }: { readonly text: string; readonly isClosed: boolean }) {
  const shown =
    text.length > widest ? `${text.slice(0, widest)} … ${text.length - widest} more characters` : text
  const pieces = useMemo(() => (isClosed ? codePieces(shown) : null), [shown, isClosed])
  return (
    <span className="min-h-5 wrap-anywhere whitespace-pre-wrap">
      {pieces?.map(({ text: piece, kind }, index) =>
        kind ? (
          <span key={index} className={`code-${kind}`}>
            {piece}
          </span>
        ) : (
          piece
        ),
      ) ?? shown}
    </span>
  )
}

function wholeText(text: LineSource | undefined): string {
  return Array.from({ length: text?.lineCount ?? 0 }, (_, index) => text!.line(index)).join('\n')
}
