import { ChevronDown, ChevronUp, GitFork, Inbox, ShieldAlert, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { reviewStrings } from '../../strings-review.ts'
import { Button } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { Field } from '../field.tsx'
import { IconButton } from '../icon-button.tsx'
import { RoleGlyph } from '../role-glyph.tsx'
import type { ReviewFile } from './review-file.ts'

/** A block of code without a sure path. */
export type UnplacedBlock = {
  readonly key: string
  readonly role: string
  readonly about: string
  readonly reason: string
  /** Its first line that says something; empty until it is read. */
  readonly preview: string
  readonly candidates: readonly { readonly path: string; readonly why: string }[]
}

type TraysProps = {
  readonly blocks: readonly UnplacedBlock[]
  readonly faults: readonly ReviewFile[]
  readonly held: readonly ReviewFile[]
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onLookAtBlock: (key: string) => void
  readonly onPlace: (key: string, path: string) => void
  readonly onSelect: (path: string) => void
}

const words = reviewStrings.trays

/** What cannot go the common way: blocks without a name, what has to be settled, and what is written only by name. */
export function Trays(props: TraysProps) {
  const { blocks, faults, held, isOpen, onToggle, onLookAtBlock, onPlace, onSelect } = props
  return (
    <section
      aria-label={words.label}
      className={classNames(
        'grid flex-none grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)] border-t border-line-subtle',
        isOpen ? 'h-38 2xl:h-44' : 'h-9',
      )}
    >
      <Tray
        icon={Inbox}
        title={words.unplaced}
        hint={words.unplacedHint}
        count={blocks.length}
        isOpen={isOpen}
      >
        {blocks.length === 0 && <Nothing text={words.noUnplaced} />}
        {blocks.map((block) => (
          <Block
            key={block.key}
            block={block}
            onLook={() => onLookAtBlock(block.key)}
            onPlace={(path) => onPlace(block.key, path)}
          />
        ))}
      </Tray>
      <Tray icon={GitFork} title={words.faults} hint={words.faultsHint} count={faults.length} isOpen={isOpen}>
        {faults.length === 0 && <Nothing text={words.noFaults} />}
        {faults.map((file) => (
          <FileLine
            key={file.path}
            file={file}
            about={reviewStrings.badges[file.fault!]}
            onSelect={onSelect}
          />
        ))}
      </Tray>
      <Tray
        icon={ShieldAlert}
        title={words.held}
        hint={words.heldHint}
        count={held.length}
        isOpen={isOpen}
        end={
          <IconButton
            icon={isOpen ? ChevronDown : ChevronUp}
            size="sm"
            label={isOpen ? words.close : words.open}
            aria-expanded={isOpen}
            onClick={onToggle}
          />
        }
      >
        {held.length === 0 && <Nothing text={words.noHeld} />}
        {held.map((file) => (
          <FileLine
            key={file.path}
            file={file}
            about={
              file.isWritten || file.decision
                ? reviewStrings.badges[file.isWritten ? 'written' : file.decision!]
                : (file.hold ?? '')
            }
            onSelect={onSelect}
          />
        ))}
      </Tray>
    </section>
  )
}

type TrayProps = {
  readonly icon: LucideIcon
  readonly title: string
  readonly hint: string
  readonly count: number
  readonly isOpen: boolean
  readonly end?: ReactNode
  readonly children: ReactNode
}

function Tray({ icon: Drawing, title, hint, count, isOpen, end, children }: TrayProps) {
  return (
    <div className="flex min-w-0 flex-col border-l border-line-subtle first:border-l-0">
      <div className="flex h-9 flex-none items-center gap-1.5 pr-2 pl-4">
        <Drawing
          aria-hidden
          size={14}
          className={classNames('flex-none', count > 0 ? 'text-waiting' : 'text-fg-3')}
        />
        <h2 className="flex-none text-sm font-strong">{title}</h2>
        <span className="flex-none text-sm text-fg-3">{count}</span>
        <span className="ml-auto hidden min-w-0 truncate text-xs text-fg-3 xl:inline">{hint}</span>
        {end && <span className="ml-auto flex-none xl:ml-1">{end}</span>}
      </div>
      {isOpen && (
        <div
          tabIndex={0}
          aria-label={title}
          role="group"
          className="ring-inside min-h-0 flex-1 overflow-auto px-4 pb-2"
        >
          {children}
        </div>
      )}
    </div>
  )
}

const Nothing = ({ text }: { readonly text: string }) => <p className="py-1 text-sm text-fg-3">{text}</p>

type FileLineProps = {
  readonly file: ReviewFile
  readonly about: string
  readonly onSelect: (path: string) => void
}

function FileLine({ file, about, onSelect }: FileLineProps) {
  return (
    <div className="flex min-h-9 items-center gap-2 text-sm" data-tray-file={file.path}>
      <RoleGlyph role={file.role} size={16} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-mono" title={file.path}>
          {file.path}
        </span>
        <span className="block truncate text-xs text-fg-3" title={about}>
          {about}
        </span>
      </span>
      <Button size="sm" onClick={() => onSelect(file.path)}>
        {words.look}
      </Button>
    </div>
  )
}

type BlockProps = {
  readonly block: UnplacedBlock
  readonly onLook: () => void
  readonly onPlace: (path: string) => void
}

function Block({ block, onLook, onPlace }: BlockProps) {
  const [isNaming, setNaming] = useState(block.candidates.length === 0)
  const [name, setName] = useState('')
  const { role, about, reason, preview, candidates } = block
  return (
    <div
      data-block={block.key}
      className="mb-2 grid gap-1 rounded-md border border-line-subtle bg-surface-2 px-2 py-1.5 text-sm"
    >
      <div className="flex min-w-0 items-center gap-2">
        <RoleGlyph role={role} size={16} />
        <span className="min-w-0 flex-1 truncate" title={reason}>
          {about}
        </span>
        <Button size="sm" kind="ghost" onClick={onLook}>
          {words.look}
        </Button>
      </div>
      <div className="text-xs wrap-anywhere text-fg-3">{reason}</div>
      {preview && <div className="truncate font-mono text-xs text-fg-3">{preview}</div>}
      <div className="flex flex-wrap items-end gap-1">
        {candidates.map(({ path, why }) => (
          <span key={path} className="max-w-full truncate font-mono" title={why}>
            <Button size="sm" onClick={() => onPlace(path)}>
              {path}
            </Button>
          </span>
        ))}
        {!isNaming && (
          <Button size="sm" kind="ghost" onClick={() => setNaming(true)}>
            {words.choosePath}
          </Button>
        )}
        {isNaming && (
          <form
            className="flex min-w-0 flex-1 items-end gap-1"
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim()) onPlace(name.trim())
            }}
          >
            <span className="min-w-0 flex-1">
              <Field
                label={words.ownName}
                isLabelHidden
                size="sm"
                isMono
                placeholder={words.ownName}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            </span>
            <Button size="sm" type="submit" disabled={name.trim() === ''}>
              {words.place}
            </Button>
          </form>
        )}
      </div>
    </div>
  )
}
