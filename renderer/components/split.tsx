import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { Fragment, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** One of the panels that share a space; sizes such as `272px` or `30%`. */
export type SplitPanel = {
  readonly id: string
  readonly size?: string
  readonly least?: string
  readonly greatest?: string
  readonly content: ReactNode
}

type SplitProps = {
  /** Under this name the sizes are kept for the next time. */
  readonly name: string
  readonly direction: 'horizontal' | 'vertical'
  readonly panels: readonly SplitPanel[]
  readonly label: string
}

/** Panels whose borders a person can drag, or move with the arrows; a double click puts them back. */
export function Split({ name, direction, panels, label }: SplitProps) {
  const ids = panels.map(({ id }) => id)
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id: `paddock.${name}`, panelIds: ids })
  return (
    <Group
      orientation={direction}
      {...(defaultLayout ? { defaultLayout } : {})}
      onLayoutChanged={onLayoutChanged}
      className="h-full min-h-0 min-w-0"
    >
      {panels.map(({ id, size, least, greatest, content }, index) => (
        <Fragment key={id}>
          {index > 0 && (
            <Separator
              aria-label={label}
              className={classNames(
                'relative flex-none bg-line-subtle outline-none hover:bg-line-strong focus-visible:bg-focus',
                direction === 'horizontal' ? 'w-px' : 'h-px',
              )}
            />
          )}
          <Panel
            id={id}
            {...(size ? { defaultSize: size } : {})}
            {...(least ? { minSize: least } : {})}
            {...(greatest ? { maxSize: greatest } : {})}
            className="min-h-0 min-w-0"
          >
            {content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}
