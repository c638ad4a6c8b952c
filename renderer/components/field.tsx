import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'size'> & {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly icon?: Icon
  /** Stands behind the value: a unit, a key hint, a button. */
  readonly end?: ReactNode
  /** Why the value cannot be used. */
  readonly problem?: ReactNode
  readonly hint?: ReactNode
  readonly isMono?: boolean
  /** The value is nobody's choice, such as a default. */
  readonly isQuiet?: boolean
  readonly size?: 'sm' | 'md'
  readonly ref?: Ref<HTMLInputElement>
}

/** One line of text to write in. Read-only ones are dashed: their value is set elsewhere. */
export function Field(props: FieldProps) {
  const {
    label,
    isLabelHidden,
    icon: Drawing,
    end,
    problem,
    hint,
    isMono,
    isQuiet,
    size = 'md',
    ...rest
  } = props
  const id = useId()
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm text-fg-2'}>
        {label}
      </label>
      <span
        className={classNames(
          'flex min-w-0 items-center gap-2 border px-2 has-[input:focus-visible]:shadow-(--focus-ring)',
          size === 'sm' ? 'h-6 rounded-sm text-sm' : 'h-7 rounded-md',
          rest.readOnly ? 'border-dashed' : 'bg-field',
          problem ? 'border-error' : 'border-line-field',
        )}
      >
        {Drawing && <Drawing aria-hidden size={14} className="flex-none text-fg-3" />}
        <input
          {...rest}
          id={id}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem || hint ? `${id}-more` : undefined}
          className={classNames(
            'w-full min-w-0 flex-1 bg-transparent focus-visible:shadow-none',
            isMono && 'font-mono text-sm',
            isQuiet && 'not-focus:text-fg-2',
          )}
        />
        {end}
      </span>
      {(problem || hint) && (
        <span
          id={`${id}-more`}
          className={classNames('text-sm wrap-anywhere', problem ? 'text-error' : 'text-fg-3')}
        >
          {problem ?? hint}
        </span>
      )}
    </div>
  )
}
