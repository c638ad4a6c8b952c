import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { Icon } from './icon.ts'
import { KeyHint } from './key-hint.tsx'
import { Tooltip } from './tooltip.tsx'

type NavItemProps = {
  readonly label: string
  readonly icon?: Icon
  /** In the place of the icon. */
  readonly sign?: ReactNode
  readonly isWide: boolean
  readonly isCurrent: boolean
  readonly isFirst?: boolean
  /** A few characters at the end, such as "4 of 6". */
  readonly count?: ReactNode
  readonly keys?: string
  readonly onClick: () => void
}

/** One place to go to: a line of the sidebar, or a drawing of the rail with its name when pointed at. */
export function NavItem(props: NavItemProps) {
  const { label, icon: Drawing, sign, isWide, isCurrent, isFirst, count, keys, onClick } = props
  const button = (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={isWide ? undefined : label}
      onClick={onClick}
      className={classNames(
        'hover-fast flex h-7 flex-none items-center gap-2 rounded-md border',
        isWide ? 'w-full px-2 text-left' : 'w-8 justify-center',
        isFirst ? 'mb-1.5 border-line' : 'border-transparent',
        isCurrent ? 'bg-surface-3 font-medium text-fg' : 'hover:bg-surface-3 hover:text-fg',
        !isCurrent && (isFirst ? 'bg-surface-2 text-fg' : 'text-fg-2'),
      )}
    >
      {sign}
      {Drawing && (
        <Drawing
          aria-hidden
          size={16}
          strokeWidth={1.75}
          className={classNames('flex-none', isCurrent && 'text-accent')}
        />
      )}
      {isWide && (
        <>
          <span className="min-w-0 flex-1 truncate">{label}</span>
          {count && <span className="flex-none text-xs text-fg-3">{count}</span>}
          {keys && <KeyHint keys={keys} />}
        </>
      )}
    </button>
  )
  return isWide ? (
    button
  ) : (
    <Tooltip text={label} keys={keys} side="right">
      {button}
    </Tooltip>
  )
}

/** A few places that belong together; the rail leaves the heading out. */
export const NavGroup = ({
  title,
  isWide,
  children,
}: {
  readonly title?: string
  readonly isWide: boolean
  readonly children: ReactNode
}) => (
  <div className="flex w-full flex-col gap-0.5">
    {title && isWide && <span className="px-2 pb-1 text-xs font-medium text-fg-3">{title}</span>}
    {children}
  </div>
)
