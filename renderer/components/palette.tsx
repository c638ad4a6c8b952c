import { Dialog as Base } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { strings } from '../strings.ts'
import { classNames } from './class-names.ts'
import { findEntries, type Entry } from './find-entries.ts'
import { useFocusBack } from './focus-back.ts'
import { KeyHint } from './key-hint.tsx'

type PaletteProps = {
  readonly entries: readonly Entry[]
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Whether another screen has come meanwhile, which has the focus then. */
  readonly hasMoved: () => boolean
}

/** Finds commands, screens, runs and files by a few letters. `>` commands, `@` files, `#` runs. */
export function Palette({ entries, isOpen, onClose, hasMoved }: PaletteProps) {
  const [popup, setPopup] = useState<HTMLDivElement | null>(null)
  const { remember, giveBack } = useFocusBack(popup)
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-overlay" />
        <Base.Popup
          aria-label={strings.palette.title}
          ref={setPopup}
          initialFocus={() => {
            remember()
            return true
          }}
          finalFocus={() => !hasMoved() && giveBack()}
          className="pop fixed inset-x-0 top-[12vh] z-40 mx-auto flex max-h-[min(560px,76vh)] w-160 max-w-[calc(100%-48px)] flex-col rounded-lg border border-line bg-surface-2 shadow-3"
        >
          <Finder entries={entries} onClose={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Finder({ entries, onClose }: Pick<PaletteProps, 'entries' | 'onClose'>) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = findEntries(entries, query)

  const move = (to: number) => {
    const next = (to + found.length) % Math.max(1, found.length)
    setAt(next)
    list.current?.querySelector(`[data-at="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter') run(found[at])
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="flex h-11 flex-none items-center gap-2 border-b border-line-subtle px-4">
        <Search aria-hidden size={16} className="flex-none text-fg-3" />
        <input
          role="combobox"
          aria-label={strings.palette.title}
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={strings.palette.placeholder}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 bg-transparent text-lg focus-visible:shadow-none"
        />
        <span className="flex-none text-xs text-fg-3">{strings.palette.count(found.length)}</span>
      </div>
      <div
        id={`${id}-list`}
        ref={list}
        // A list without options is none.
        role={found.length > 0 ? 'listbox' : 'status'}
        tabIndex={-1}
        aria-label={strings.palette.title}
        className="min-h-0 flex-1 overflow-auto p-2"
      >
        {found.length === 0 && <div className="px-2 py-6 text-center text-fg-3">{strings.palette.none}</div>}
        {found.map((entry, index) => (
          <div key={entry.id} role="presentation">
            {entry.group !== found[index - 1]?.group && (
              <div role="presentation" className="px-2 pt-2 pb-1 text-xs font-medium text-fg-3">
                {entry.group}
              </div>
            )}
            <Option
              id={`${id}-${index}`}
              at={index}
              entry={entry}
              isActive={index === at}
              onRun={() => run(entry)}
            />
          </div>
        ))}
      </div>
      <div className="flex h-8 flex-none items-center gap-4 border-t border-line-subtle px-4 text-xs text-fg-3">
        {strings.palette.feet.map(({ keys, does }) => (
          <span key={does} className="flex items-center gap-1">
            <KeyHint keys={keys} />
            {does}
          </span>
        ))}
      </div>
    </>
  )
}

type OptionProps = {
  readonly id: string
  readonly at: number
  readonly entry: Entry
  readonly isActive: boolean
  readonly onRun: () => void
}

function Option({ id, at, entry: { icon: Drawing, title, detail, keys }, isActive, onRun }: OptionProps) {
  return (
    <div
      id={id}
      data-at={at}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      onClick={onRun}
      className={classNames(
        'flex h-8 items-center gap-3 rounded-md px-2',
        isActive ? 'bg-accent-soft' : 'hover:bg-surface-3',
      )}
    >
      {Drawing && <Drawing aria-hidden size={16} strokeWidth={1.75} className="flex-none text-fg-3" />}
      <span className="min-w-0 truncate">{title}</span>
      {detail && <span className="min-w-0 truncate text-sm text-fg-3">{detail}</span>}
      {keys && (
        <span className="ml-auto flex-none">
          <KeyHint keys={keys} />
        </span>
      )}
    </div>
  )
}
