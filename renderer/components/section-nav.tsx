import { classNames } from './class-names.ts'

/** A part of a screen that can be gone to; `count` of what is special in it. */
export type Section = { readonly id: string; readonly title: string; readonly count?: number }

type SectionNavProps = {
  readonly label: string
  readonly note: string
  readonly sections: readonly Section[]
  readonly current: string
  readonly onChoose: (id: string) => void
}

/** The parts of a screen, at its left. */
export function SectionNav({ label, note, sections, current, onChoose }: SectionNavProps) {
  return (
    <nav
      aria-label={label}
      className="flex min-h-0 flex-col gap-0.5 overflow-auto border-r border-line-subtle px-2 py-3"
    >
      {sections.map(({ id, title, count = 0 }) => (
        <button
          key={id}
          type="button"
          aria-current={id === current ? 'true' : undefined}
          onClick={() => onChoose(id)}
          className={classNames(
            'flex h-7 flex-none items-center justify-between gap-2 rounded-md px-2 text-left text-sm',
            id === current ? 'bg-surface-3 text-fg' : 'text-fg-2 hover:bg-surface-3 hover:text-fg',
          )}
        >
          <span className="truncate">{title}</span>
          {count > 0 && <span className="text-xs text-fg-3">{count}</span>}
        </button>
      ))}
      <p className="p-2 text-xs text-fg-3">{note}</p>
    </nav>
  )
}
