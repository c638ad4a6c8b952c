import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement } from 'react'
import type { Icon } from './icon.ts'
import { KeyHint } from './key-hint.tsx'
import { useLayer } from './layer.ts'

/** One line of a menu. */
export type MenuItem = {
  readonly label: string
  readonly icon?: Icon
  readonly keys?: string
  readonly isDisabled?: boolean
  readonly run: () => void
}

/** A list of things to do, opened by the button that it is given. */
export function Menu({
  trigger,
  items,
}: {
  readonly trigger: ReactElement
  readonly items: readonly MenuItem[]
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal container={useLayer()}>
        <Base.Positioner sideOffset={4} align="end" className="z-50">
          <Base.Popup className="pop min-w-44 rounded-md border border-line bg-surface-3 p-1 shadow-2">
            {items.map(({ label, icon: Drawing, keys, isDisabled, run }) => (
              <Base.Item
                key={label}
                disabled={isDisabled ?? false}
                onClick={run}
                className="flex h-7 items-center gap-2 rounded-sm px-2 data-disabled:text-fg-off data-highlighted:bg-accent-soft focus-visible:shadow-none"
              >
                {Drawing && <Drawing aria-hidden size={14} className="text-fg-3" />}
                <span className="flex-1 pr-4">{label}</span>
                {keys && <KeyHint keys={keys} />}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
