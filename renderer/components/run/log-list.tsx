import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { runStrings } from '../../strings-run.ts'
import { classNames } from '../class-names.ts'
import { timeOfDay } from './clock.ts'
import type { LogLine } from './log-line.ts'
import { NewLines } from './new-lines.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

const colours = { info: 'text-fg-3', warn: 'text-waiting', error: 'text-error' }

/** The lines of a run's log, the newest at the end; only those in sight are in the page. */
export function LogList({ lines, lead }: { readonly lines: readonly LogLine[]; readonly lead: number }) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lead,
    overscan: 10,
  })
  const stick = useStickToEnd(box, lines.length, rows.getTotalSize())
  return (
    <div className="relative h-full min-h-0 py-2">
      <div
        ref={box}
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={runStrings.log.title}
        className="ring-inside h-full overflow-auto font-mono text-xs 2xl:text-sm"
      >
        {lines.length === 0 && (
          <p className="px-4 font-sans text-sm text-fg-3 2xl:px-6">{runStrings.log.none}</p>
        )}
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const { seq, at, level, source, text } = lines[index]!
            return (
              <div
                key={seq}
                data-level={level}
                data-index={index}
                ref={rows.measureElement}
                style={{ transform: `translateY(${start}px)`, lineHeight: `${lead}px` }}
                className={classNames(
                  'absolute inset-x-0 top-0 grid grid-cols-[64px_48px_88px_minmax(0,1fr)] px-4 2xl:grid-cols-[80px_56px_104px_minmax(0,1fr)] 2xl:px-6',
                  level === 'error' && 'bg-error-soft',
                )}
              >
                <span className="text-fg-3">{timeOfDay(at)}</span>
                <span className={colours[level]}>{level.toUpperCase()}</span>
                <span className="truncate text-fg-2">{source}</span>
                <span className="wrap-anywhere">{text}</span>
              </div>
            )
          })}
        </div>
      </div>
      <NewLines {...stick} />
    </div>
  )
}
