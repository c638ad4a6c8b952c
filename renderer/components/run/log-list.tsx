import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { runStrings } from '../../strings-run.ts'
import { classNames } from '../class-names.ts'
import { timeOfDay } from './clock.ts'
import type { LogLine } from './log-line.ts'
import { NewLines } from './new-lines.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

const colours = { debug: 'text-fg-3', info: 'text-fg-3', warn: 'text-waiting', error: 'text-error' }

const words = runStrings.log

/** The lines of a run's log, the newest at the end; only those in sight are in the page. */
export function LogList({ lines, lead }: { readonly lines: readonly LogLine[]; readonly lead: number }) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lead,
    overscan: 10,
  })
  const [open, setOpen] = useState<readonly number[]>([])
  const stick = useStickToEnd(box, lines.length, rows.getTotalSize())
  const toggle = (seq: number, index: number) => {
    stick.hold()
    setOpen(open.includes(seq) ? open.filter((other) => other !== seq) : [...open, seq])
    requestAnimationFrame(() => rows.scrollToIndex(index, { align: 'start' }))
  }
  return (
    <div className="relative h-full min-h-0 py-2">
      <div
        ref={box}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={words.title}
        className="ring-inside h-full overflow-auto font-mono text-xs 2xl:text-sm"
      >
        {lines.length === 0 && <p className="px-4 font-sans text-sm text-fg-3 2xl:px-6">{words.none}</p>}
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const { seq, at, level, source, text, cause } = lines[index]!
            return (
              <div
                key={seq}
                data-level={level}
                data-index={index}
                ref={rows.measureElement}
                style={{ transform: `translateY(${start}px)`, lineHeight: `${lead}px` }}
                className={classNames(
                  'absolute inset-x-0 top-0 grid grid-cols-[64px_56px_92px_minmax(0,1fr)] px-4 2xl:grid-cols-[80px_68px_108px_minmax(0,1fr)] 2xl:px-6',
                  level === 'error' && 'bg-error-soft',
                )}
              >
                <span className="text-fg-3">{timeOfDay(at)}</span>
                <span className={colours[level]}>{words.levels[level].name}</span>
                <span className="truncate text-fg-2">{source}</span>
                <span className="wrap-anywhere">
                  {text}
                  {cause.length > 0 && (
                    <button
                      type="button"
                      aria-expanded={open.includes(seq)}
                      onClick={() => toggle(seq, index)}
                      className="ml-2 font-sans text-accent hover:underline"
                    >
                      {words.cause}
                    </button>
                  )}
                  {open.includes(seq) && cause.map((line) => <div key={line}>{line}</div>)}
                </span>
              </div>
            )
          })}
        </div>
      </div>
      <NewLines {...stick} />
    </div>
  )
}
