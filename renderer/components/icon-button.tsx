import type { ButtonHTMLAttributes, Ref } from 'react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'
import { Tooltip } from './tooltip.tsx'

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> & {
  readonly icon: Icon
  /** Its name, also shown when it is pointed at. */
  readonly label: string
  readonly keys?: string
  readonly size?: 'sm' | 'md'
  readonly isPressed?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with a drawing alone: it has a name and says it when pointed at. */
export function IconButton({
  icon: Drawing,
  label,
  keys,
  size = 'md',
  isPressed,
  disabled,
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={isPressed}
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
        className={classNames(
          'hover-fast grid flex-none place-items-center',
          size === 'sm' ? 'size-6 rounded-sm' : 'size-7 rounded-md',
          disabled ? 'text-fg-off' : 'text-fg-2 hover:bg-surface-3 hover:text-fg',
          isPressed && 'bg-surface-3 text-fg',
        )}
      >
        <Drawing aria-hidden size={size === 'sm' ? 14 : 16} strokeWidth={1.75} />
      </button>
    </Tooltip>
  )
}
