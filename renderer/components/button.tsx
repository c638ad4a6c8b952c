import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'
import { KeyHint } from './key-hint.tsx'

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  readonly kind?: 'plain' | 'primary' | 'ghost' | 'danger'
  readonly size?: 'sm' | 'md' | 'lg'
  readonly icon?: Icon
  /** A shortcut such as `mod+enter`, shown in the button. */
  readonly keys?: string
  /** What is going on stays readable: the button keeps its focus and its place, and does nothing. */
  readonly isBusy?: boolean
  readonly isFull?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

const kinds = {
  plain: 'border-line bg-surface-2 text-fg hover:bg-surface-3',
  primary: 'border-transparent bg-accent-fill text-on-accent hover:bg-accent-hover',
  ghost: 'border-transparent text-fg-2 hover:bg-surface-3 hover:text-fg',
  danger: 'border-line bg-surface-2 text-error hover:bg-surface-3',
}
const sizes = {
  sm: 'h-6 rounded-sm px-2 text-sm',
  md: 'h-7 rounded-md px-2.5',
  lg: 'h-8 rounded-md px-3.5',
}
const off = 'border-line-subtle bg-surface-2 text-fg-off'

/** A button with words. Disabled ones stay reachable; what stops them stands beside them. */
export function Button(props: ButtonProps) {
  const {
    kind = 'plain',
    size = 'md',
    icon: Drawing,
    keys,
    isBusy,
    isFull,
    disabled,
    onClick,
    children,
    ...rest
  } = props
  const isOff = disabled === true || isBusy === true
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      onClick={isOff ? (event) => event.preventDefault() : onClick}
      className={classNames(
        'hover-fast inline-flex flex-none items-center justify-center gap-1.5 border font-medium whitespace-nowrap select-none',
        sizes[size],
        disabled ? off : kinds[kind],
        isFull && 'w-full',
      )}
    >
      {Drawing && (
        <Drawing aria-hidden size={size === 'sm' ? 12 : 14} strokeWidth={size === 'sm' ? 2 : 1.75} />
      )}
      {children}
      {keys && <KeyHint keys={keys} isOnAccent={kind === 'primary' && !disabled} />}
    </button>
  )
}
