import { strings } from '../strings.ts'
import { Dialog } from './dialog.tsx'
import { KeyHint } from './key-hint.tsx'

/** A shortcut and what it does. */
export type Shortcut = {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly keys: readonly string[]
}

type ShortcutsSheetProps = {
  readonly shortcuts: readonly Shortcut[]
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Every key that does something on the screen that is shown. */
export function ShortcutsSheet({ shortcuts, isOpen, onClose }: ShortcutsSheetProps) {
  const groups = [...new Set(shortcuts.map(({ group }) => group))]
  return (
    <Dialog title={strings.shortcuts.title} isOpen={isOpen} onClose={onClose} width="lg">
      <div className="columns-1 gap-8 p-4 md:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="pb-1 text-xs font-medium text-fg-3">{group}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ id, title, keys }) => (
                  <div
                    key={id}
                    className="flex min-h-7 items-center justify-between gap-4 border-b border-line-subtle"
                  >
                    <dt className="min-w-0 truncate">{title}</dt>
                    <dd className="flex gap-1">
                      {keys.map((shortcut) => (
                        <KeyHint key={shortcut} keys={shortcut} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <p className="text-sm text-fg-3">{strings.shortcuts.note}</p>
      </div>
    </Dialog>
  )
}
