import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useLayer } from './layer.ts'

/** One of the things to choose from. */
export type Choice<T extends string> = {
  readonly value: T
  readonly label: string
  readonly hint?: string | undefined
}

type SelectProps<T extends string> = {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly start?: ReactNode
  readonly size?: 'sm' | 'md'
  readonly isDisabled?: boolean
  /** The id of what says more about it. */
  readonly describedBy?: string | undefined
  readonly onChange: (value: T) => void
}

/** One of a few things. */
export function Select<T extends string>({
  label,
  choices,
  value,
  start,
  size = 'md',
  isDisabled,
  describedBy,
  onChange,
}: SelectProps<T>) {
  return (
    <Base.Root
      items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value}
      disabled={isDisabled ?? false}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger
        aria-label={label}
        aria-describedby={describedBy}
        className={classNames(
          'flex w-full min-w-0 items-center gap-2 border border-line-field bg-field px-2 text-left data-disabled:text-fg-off',
          size === 'sm' ? 'h-6 rounded-sm text-sm' : 'h-7 rounded-md',
        )}
      >
        {start}
        <Base.Value className="min-w-0 flex-1 truncate" />
        <ChevronDown aria-hidden size={14} className="flex-none text-fg-3" />
      </Base.Trigger>
      <Base.Portal container={useLayer()}>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="pop max-h-80 min-w-(--anchor-width) overflow-auto rounded-md border border-line bg-surface-3 p-1 shadow-2">
            {choices.map(({ value: own, label: text, hint }) => (
              <Base.Item
                key={own}
                value={own}
                className="grid grid-cols-[16px_1fr] items-center gap-x-2 rounded-sm px-2 py-1 data-highlighted:bg-accent-soft focus-visible:shadow-none"
              >
                <Base.ItemIndicator>
                  <Check aria-hidden size={14} />
                </Base.ItemIndicator>
                <Base.ItemText className="col-start-2">{text}</Base.ItemText>
                {hint && <span className="col-start-2 text-sm text-fg-3">{hint}</span>}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
