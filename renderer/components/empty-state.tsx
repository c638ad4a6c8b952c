import type { ReactNode } from 'react'
import type { Icon } from './icon.ts'

type EmptyStateProps = {
  readonly icon: Icon
  readonly title: string
  /** What would be here, or what to do. */
  readonly hint?: string
  readonly children?: ReactNode
}

/** What a place shows that has nothing yet. */
export function EmptyState({ icon: Drawing, title, hint, children }: EmptyStateProps) {
  return (
    <div className="grid h-full place-content-center justify-items-center gap-1 p-6 text-center text-fg-3">
      <Drawing aria-hidden size={20} strokeWidth={1.5} className="mb-1" />
      <div className="text-fg">{title}</div>
      {hint && <div className="max-w-100 text-sm">{hint}</div>}
      {children && <div className="mt-3 flex gap-2">{children}</div>}
    </div>
  )
}
