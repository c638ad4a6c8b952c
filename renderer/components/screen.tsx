import type { ReactNode } from 'react'

type ScreenProps = {
  readonly title: string
  /** What of many the screen is about, such as the run: it is there however little room there is. */
  readonly about?: string
  /** One quiet sentence beside the title; the first thing to go when there is no room. */
  readonly lead?: ReactNode
  /** Buttons and fields at the right of the header. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A screen: its header of 48 px, and below it what fills the rest. */
export function Screen({ title, about, lead, actions, children }: ScreenProps) {
  return (
    <>
      <div className="flex h-12 flex-none items-center gap-3 border-b border-line-subtle px-4 2xl:px-6">
        <h1 className="min-w-0 flex-none truncate text-lg font-strong">{title}</h1>
        {about && (
          <span className="min-w-0 flex-initial truncate text-md text-fg-2" title={about}>
            {about}
          </span>
        )}
        <div className="hidden min-w-0 flex-1 truncate text-sm text-fg-3 lg:block">{lead}</div>
        {actions && <div className="ml-auto flex flex-none items-center gap-2">{actions}</div>}
      </div>
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </>
  )
}
