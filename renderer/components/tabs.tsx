import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** One of several panels of which one is seen. */
export type Tab = { readonly id: string; readonly label: ReactNode; readonly panel: ReactNode }

type TabsProps = {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly value: string
  readonly onChange: (id: string) => void
  /** Stands at the end of the row of tabs. */
  readonly end?: ReactNode
}

/** Several panels in one place; arrows move between their tabs. */
export function Tabs({ label, tabs, value, onChange, end }: TabsProps) {
  return (
    <Base.Root
      value={value}
      onValueChange={(id) => onChange(String(id))}
      className="flex h-full min-h-0 flex-col"
    >
      <div className="flex h-9 flex-none items-center gap-4 border-b border-line-subtle px-3">
        <Base.List aria-label={label} className="flex h-full gap-4">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.id}
              value={tab.id}
              className={classNames(
                'ring-inside -mb-px flex h-full items-center gap-1.5 border-b-2 text-sm whitespace-nowrap',
                tab.id === value
                  ? 'border-accent font-medium text-fg'
                  : 'border-transparent text-fg-3 hover:text-fg',
              )}
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {end && <div className="ml-auto flex items-center gap-2">{end}</div>}
      </div>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className="ring-inside min-h-0 flex-1 overflow-auto">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
