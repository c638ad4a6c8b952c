import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, type RefObject } from 'react'
import { runStrings } from '../../strings-run.ts'
import { cancelPaint, requestPaint } from './beat.ts'
import { firstLine, following, hold, newLines, scrollBy, type Follow } from './follow.ts'
import type { Stream } from './line-source.ts'
import { TailRows } from './tail-rows.ts'

/** What a card asks of its window of text. */
export type TailControl = { follow(): void; scroll(lines: number): void }

type TailWindowProps = {
  readonly stream: Stream
  readonly isLive: boolean
  readonly control: RefObject<TailControl | null>
}

/**
 * The last whole lines of a text, as many as fit: it never changes height, and is drawn beside React. It stops following
 * when a person scrolls up or selects.
 */
export function TailWindow({ stream, isLive, control }: TailWindowProps) {
  const box = useRef<HTMLDivElement>(null)
  const lines = useRef<HTMLDivElement>(null)
  const more = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const rows = new TailRows(lines.current!)
    let follow: Follow = following
    const count = () => shownCount(stream, isLive)
    const paint = () => {
      const text = stream.text()
      if (!text) return
      rows.paint(text, firstLine(follow, count(), rows.count), isLive)
      const fresh = newLines(follow, count())
      const label = fresh > 0 ? runStrings.card.newLines(fresh) : runStrings.card.follow
      more.current!.hidden = follow.top === null
      if (more.current!.lastChild!.textContent !== label) more.current!.lastChild!.textContent = label
    }
    const change = (next: Follow) => {
      follow = next
      requestPaint(paint)
    }
    control.current = {
      follow: () => change(following),
      scroll: (by) => change(scrollBy(follow, by, count(), rows.count)),
    }
    const onSelect = () => {
      const selection = document.getSelection()
      const isHere =
        selection !== null && !selection.isCollapsed && lines.current!.contains(selection.anchorNode)
      if (isHere) change(hold(follow, count(), rows.count))
    }
    const onWheel = wheelLines((by) => {
      if (by > 0 && follow.top === null) return false
      const next = scrollBy(follow, by, count(), rows.count)
      const isMoved = next.top !== follow.top
      if (isMoved) change(next)
      return isMoved
    })
    const measure = new ResizeObserver(() => {
      const lead = Number.parseFloat(getComputedStyle(lines.current!).lineHeight)
      rows.resize(Math.max(1, Math.floor(lines.current!.clientHeight / lead)))
      requestPaint(paint)
    })
    measure.observe(lines.current!)
    const frame = box.current!
    frame.addEventListener('wheel', onWheel, { passive: false })
    document.addEventListener('selectionchange', onSelect)
    const stop = stream.subscribe(() => requestPaint(paint))
    return () => {
      stop()
      cancelPaint(paint)
      measure.disconnect()
      frame.removeEventListener('wheel', onWheel)
      document.removeEventListener('selectionchange', onSelect)
      rows.resize(0)
    }
  }, [stream, isLive, control])
  return (
    <div ref={box} className="tail" data-live={isLive || undefined}>
      <div ref={lines} className="tail-lines" aria-hidden />
      <button
        ref={more}
        hidden
        type="button"
        tabIndex={-1}
        className="absolute right-2 bottom-1.5 flex h-6 items-center gap-1 rounded-full border border-line bg-surface-3 px-2 font-sans text-xs text-fg shadow-2"
        onClick={() => control.current?.follow()}
      >
        <ArrowDown aria-hidden size={12} />
        <span />
      </button>
    </div>
  )
}

/** Empty lines at the end of an answer that has ended are not worth their room. */
function shownCount(stream: Stream, isLive: boolean): number {
  const text = stream.text()
  if (!text) return 0
  let count = text.lineCount
  if (!isLive) while (count > 1 && text.line(count - 1).trim() === '') count--
  return count
}

/** Turns the wheel's pixels into lines; what is not taken is left to the page. */
function wheelLines(move: (lines: number) => boolean) {
  let rest = 0
  return (event: WheelEvent) => {
    rest += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / 16
    const by = Math.trunc(rest)
    rest -= by
    if (by !== 0 && move(by)) event.preventDefault()
  }
}
