import { Menu, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { strings } from '../strings.ts'
import { Brand } from './brand.tsx'
import { classNames } from './class-names.ts'
import { IconButton } from './icon-button.tsx'
import { KeyHint } from './key-hint.tsx'
import { LayerProvider } from './layer.ts'
import { SkipLink } from './skip-link.tsx'

type ShellProps = {
  /** What the screen is called. */
  readonly screen: string
  readonly isWide: boolean
  readonly nav: ReactNode
  /** Stands at the right of the title bar. */
  readonly status: ReactNode
  /** A line below the title bar when something is wrong with the whole window. */
  readonly alarm: ReactNode
  readonly onSearch: () => void
  /** Left out where the system shows the menu itself, or there is none. */
  readonly onMenu?: () => void
  readonly children: ReactNode
}

/** The frame of the window: title bar, navigation as sidebar or rail, and the screen. */
export function Shell({ screen, isWide, nav, status, alarm, onSearch, onMenu, children }: ShellProps) {
  const [main, setMain] = useState<HTMLElement | null>(null)
  return (
    <LayerProvider value={main}>
      <div
        className={classNames(
          'window-rows grid h-full',
          isWide ? 'grid-cols-[208px_minmax(0,1fr)]' : 'grid-cols-[48px_minmax(0,1fr)]',
        )}
      >
        <SkipLink to="screen" label={strings.shell.skip} />
        <header className="window-bar col-span-2 grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4 border-b border-line-subtle lg:grid-cols-[1fr_minmax(280px,420px)_1fr]">
          <span className="flex items-center gap-2 font-strong">
            {onMenu && (
              // Its drawing stands above those of the navigation.
              <span className="-ml-1.5">
                <IconButton icon={Menu} label={strings.shell.menu} keys="f10" onClick={onMenu} />
              </span>
            )}
            <Brand />
            Paddock
          </span>
          <button
            type="button"
            onClick={onSearch}
            aria-haspopup="dialog"
            className="flex h-6 min-w-0 items-center gap-2 rounded-md border border-line bg-surface-1 pr-1 pl-2 text-sm text-fg-3 hover:border-line-strong"
          >
            <Search aria-hidden size={14} className="flex-none" />
            <span className="min-w-0 flex-1 truncate text-left">{strings.shell.search}</span>
            <KeyHint keys="mod+k" />
          </button>
          <span className="flex items-center justify-end gap-2">{status}</span>
        </header>
        <nav
          aria-label={strings.shell.navigation}
          className={classNames(
            'flex min-h-0 flex-col gap-4 overflow-hidden border-r border-line-subtle px-2 pt-3 pb-2',
            !isWide && 'items-center',
          )}
        >
          {nav}
        </nav>
        <main
          ref={setMain}
          id="screen"
          aria-label={screen}
          tabIndex={-1}
          className="flex min-h-0 min-w-0 flex-col bg-surface-1 focus-visible:shadow-none"
        >
          {alarm}
          {children}
        </main>
      </div>
    </LayerProvider>
  )
}
