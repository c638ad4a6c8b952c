import { Check, ChevronDown, ChevronRight, Search, X } from 'lucide-react'
import { Fragment, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { roleName } from '../../strings.ts'
import { reviewStrings } from '../../strings-review.ts'
import { classNames } from '../class-names.ts'
import { Field } from '../field.tsx'
import { RoleGlyph } from '../role-glyph.tsx'
import { BadgeGlyph } from './file-badges.tsx'
import type { ReviewFile, ReviewGroup } from './review-file.ts'

type FileTreeProps = {
  readonly groups: readonly ReviewGroup[]
  readonly selected: string | null
  readonly unsaved: ReadonlySet<string>
  readonly filter: string
  readonly onFilter: (filter: string) => void
  readonly onSelect: (path: string) => void
}

const words = reviewStrings.tree

/** The proposed files by agent: one Tab stop, arrows inside, each with its badges and what was decided. */
export function FileTree({ groups, selected, unsaved, filter, onFilter, onSelect }: FileTreeProps) {
  const tree = useRef<HTMLDivElement>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<string | null>(null)
  const toggle = (agent: string, isOpen: boolean) => {
    const next = new Set(closed)
    if (isOpen) next.delete(agent)
    else next.add(agent)
    setClosed(next)
  }
  // Whoever walks the tree by keys stays on the file that is shown.
  useEffect(() => {
    const row = selected && tree.current!.querySelector<HTMLElement>(`[data-item="${CSS.escape(selected)}"]`)
    if (!row) return
    if (tree.current!.contains(document.activeElement)) row.focus()
    else row.scrollIntoView({ block: 'nearest' })
  }, [selected])
  const items = groups.flatMap(({ agent, files }) => [
    `@${agent}`,
    ...(closed.has(agent) ? [] : files.map(({ path }) => path)),
  ])
  const tabStop = [at, selected, items[0]].find((item) => item != null && items.includes(item))
  const focus = (item: string | undefined) => {
    if (item === undefined) return
    setAt(item)
    tree.current!.querySelector<HTMLElement>(`[data-item="${CSS.escape(item)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const index = items.indexOf(tabStop ?? '')
    const item = items[index]
    const group = item?.startsWith('@') ? item.slice(1) : null
    const act = {
      ArrowDown: () => focus(items[index + 1]),
      ArrowUp: () => focus(items[index - 1]),
      Home: () => focus(items[0]),
      End: () => focus(items.at(-1)),
      ArrowRight: () => (group && closed.has(group) ? toggle(group, true) : focus(items[index + 1])),
      ArrowLeft: () =>
        group ? toggle(group, false) : focus(items.slice(0, index).findLast((one) => one.startsWith('@'))),
      Enter: () => (group ? toggle(group, closed.has(group)) : item && onSelect(item)),
      ' ': () => (group ? toggle(group, closed.has(group)) : item && onSelect(item)),
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <section aria-label={words.label} className="flex h-full min-h-0 flex-col">
      <div className="flex-none border-b border-line-subtle p-2">
        <Field
          label={words.filter}
          isLabelHidden
          size="sm"
          icon={Search}
          type="search"
          placeholder={words.filter}
          value={filter}
          data-search
          onChange={({ target }) => onFilter(target.value)}
        />
      </div>
      {items.length === 0 && <p className="p-4 text-sm text-fg-3">{words.noMatch}</p>}
      <div
        ref={tree}
        role="tree"
        aria-label={words.label}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto px-2 py-1"
      >
        {groups.map(({ agent, role, files, decided }) => {
          const isOpen = !closed.has(agent)
          const Chevron = isOpen ? ChevronDown : ChevronRight
          return (
            <Fragment key={agent}>
              <div
                role="treeitem"
                aria-level={1}
                aria-expanded={isOpen}
                tabIndex={tabStop === `@${agent}` ? 0 : -1}
                data-item={`@${agent}`}
                onFocus={() => setAt(`@${agent}`)}
                onClick={() => toggle(agent, !isOpen)}
                className="ring-inside mt-1 flex h-6 items-center gap-1.5 rounded-sm px-1 text-sm first:mt-0 hover:bg-surface-3"
              >
                <Chevron aria-hidden size={12} className="flex-none text-fg-3" />
                <RoleGlyph role={role} size={16} />
                <span className="min-w-0 flex-1 truncate font-strong">{roleName(role)}</span>
                <span className="flex-none text-xs text-fg-3">
                  {words.decided(decided, files.length)}
                  <span className="sr-only">{words.decidedWord}</span>
                </span>
              </div>
              {isOpen &&
                files.map((file) => (
                  <FileRow
                    key={file.path}
                    file={file}
                    isSelected={file.path === selected}
                    isTabStop={tabStop === file.path}
                    isUnsaved={unsaved.has(file.path)}
                    onFocus={() => setAt(file.path)}
                    onSelect={() => onSelect(file.path)}
                  />
                ))}
            </Fragment>
          )
        })}
      </div>
    </section>
  )
}

type FileRowProps = {
  readonly file: ReviewFile
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly isUnsaved: boolean
  readonly onFocus: () => void
  readonly onSelect: () => void
}

function FileRow({ file, isSelected, isTabStop, isUnsaved, onFocus, onSelect }: FileRowProps) {
  const { path, name, folder, badges } = file
  const [first, ...others] = badges
  const more = others.filter((badge) => badge !== 'accepted' && badge !== 'rejected' && badge !== 'written')
  const said = badges.map((badge) => reviewStrings.badges[badge].toLowerCase())
  if (isUnsaved) said.push(reviewStrings.file.unsaved.toLowerCase())
  return (
    <div
      role="treeitem"
      aria-level={2}
      aria-selected={isSelected}
      title={path}
      tabIndex={isTabStop ? 0 : -1}
      data-item={path}
      onFocus={onFocus}
      onClick={onSelect}
      className={classNames(
        'ring-inside flex h-6 items-center gap-1.5 rounded-sm pr-1 pl-6 text-sm',
        isSelected ? 'bg-accent-soft' : 'hover:bg-surface-3',
      )}
    >
      <BadgeGlyph badge={first!} />
      <span className={classNames('min-w-0 truncate', file.fault && 'text-fg-2')}>{name}</span>
      <span className="min-w-0 flex-1 truncate text-xs text-fg-3">{folder}</span>
      {isUnsaved && <span className="size-1.5 flex-none rounded-full bg-accent" />}
      {more.map((badge) => (
        <BadgeGlyph key={badge} badge={badge} />
      ))}
      <span className="sr-only" data-said>
        {said.map((word) => `, ${word}`).join('')}
      </span>
      <DecisionBox file={file} />
    </div>
  )
}

/** What was decided, as a small box: empty, ticked, crossed; a written file has a full one. */
function DecisionBox({ file: { decision, isWritten } }: { readonly file: ReviewFile }) {
  const Mark = isWritten || decision === 'accepted' ? Check : X
  return (
    <span
      aria-hidden
      className={classNames(
        'ml-0.5 grid size-4 flex-none place-items-center rounded-sm border',
        isWritten
          ? 'border-transparent bg-completed text-surface-1'
          : decision === 'accepted'
            ? 'border-transparent bg-passed-soft text-passed'
            : decision === 'rejected'
              ? 'border-transparent bg-failed-soft text-failed'
              : 'border-line',
      )}
    >
      {(isWritten || decision !== null) && <Mark size={12} strokeWidth={2} />}
    </span>
  )
}
