import { Switch as Base } from '@base-ui/react/switch'
import { useId, type ReactNode } from 'react'

type SwitchProps = {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly hint?: ReactNode
  readonly isOn: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isOn: boolean) => void
}

/** Something that is on or off at once. */
export function Switch({ label, isLabelHidden, hint, isOn, isDisabled, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <div className="flex min-h-5 items-center justify-between gap-3">
        <span id={id} className={isLabelHidden ? 'sr-only' : undefined}>
          {label}
        </span>
        <Base.Root
          aria-labelledby={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          checked={isOn}
          disabled={isDisabled ?? false}
          onCheckedChange={onChange}
          className="relative h-4 w-7 flex-none rounded-full border border-transparent bg-line-control after:absolute after:-inset-1 data-checked:bg-accent-fill data-disabled:opacity-50"
        >
          <Base.Thumb className="absolute top-px left-px size-3 rounded-full border border-transparent bg-on-accent data-checked:translate-x-3" />
        </Base.Root>
      </div>
      {hint && (
        <div id={`${id}-hint`} className="text-sm text-fg-3">
          {hint}
        </div>
      )}
    </div>
  )
}
