import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'

/** Which of the measured colour pairs something has. */
export type Tone = keyof typeof tones

const tones = {
  idle: 'text-idle bg-idle-soft',
  waiting: 'text-waiting bg-waiting-soft',
  working: 'text-working bg-working-soft',
  completed: 'text-completed bg-completed-soft',
  error: 'text-error bg-error-soft',
  conflict: 'text-conflict bg-conflict-soft',
  plain: 'text-fg-2 bg-surface-3',
}

type BadgeProps = {
  readonly tone: Tone
  readonly icon?: Icon
  /** The one endless motion: something works. */
  readonly isTurning?: boolean
  readonly title?: string
  readonly children: ReactNode
}

/** A short state: drawing, word and colour, always together. */
export function Badge({ tone, icon: Drawing, isTurning, title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex h-4.5 flex-none items-center gap-1 rounded-sm pr-1.5 pl-1.25 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {Drawing && (
        <Drawing aria-hidden size={12} strokeWidth={2} className={isTurning ? 'spin' : undefined} />
      )}
      {children}
    </span>
  )
}
