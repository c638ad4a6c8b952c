import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** One column: how wide (a CSS grid track), and what stands in it. */
export type Column<Row> = {
  readonly id: string
  readonly title: string
  readonly width: string
  readonly isEnd?: boolean
  readonly cell: (row: Row) => ReactNode
}

type DataTableProps<Row> = {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  /** `Enter` or a double click. */
  readonly onOpen: (id: string) => void
}

const rowHeight = 32
const headHeight = 28

/** Rows of any number, of which only the visible ones are drawn. One Tab stop; arrows, Home and End move. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, idOf, selected, onSelect, onOpen } = props
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  })
  const at = rows.findIndex((row) => idOf(row) === selected)
  const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') }

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1)
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    }[event.key]
    if (to !== undefined && rows.length > 0) {
      event.preventDefault()
      const next = Math.max(0, Math.min(rows.length - 1, to))
      virtual.scrollToIndex(next)
      onSelect(idOf(rows[next]!))
    } else if (event.key === 'Enter' && selected !== null && at >= 0) {
      event.preventDefault()
      onOpen(selected)
    }
  }

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onFocus={() => at < 0 && rows[0] && onSelect(idOf(rows[0]))}
      onKeyDown={onKeyDown}
      className="group/grid h-full overflow-auto text-sm focus-visible:shadow-none"
    >
      <div
        role="row"
        aria-rowindex={1}
        style={tracks}
        className="sticky top-0 z-10 grid h-7 items-center gap-4 border-b border-line-subtle bg-surface-1 px-4 text-xs font-medium text-fg-3 2xl:px-6"
      >
        {columns.map(({ id: column, title, isEnd }) => (
          <span key={column} role="columnheader" className={classNames('truncate', isEnd && 'text-right')}>
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!
          const rowId = idOf(row)
          return (
            <div
              key={rowId}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={rowId === selected}
              style={{ ...tracks, transform: `translateY(${start - headHeight}px)` }}
              onClick={() => onSelect(rowId)}
              onDoubleClick={() => onOpen(rowId)}
              className={classNames(
                'absolute inset-x-0 top-0 grid h-8 items-center gap-4 border-b border-line-subtle px-4 2xl:px-6',
                rowId === selected
                  ? 'bg-accent-soft group-focus-visible/grid:shadow-[inset_0_0_0_2px_var(--focus)]'
                  : 'hover:bg-surface-3',
              )}
            >
              {columns.map(({ id: column, isEnd, cell }) => (
                <span key={column} role="gridcell" className={classNames('truncate', isEnd && 'text-right')}>
                  {cell(row)}
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
