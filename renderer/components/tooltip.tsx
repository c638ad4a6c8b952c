import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { KeyHint } from './key-hint.tsx'
import { useLayer } from './layer.ts'

type TooltipProps = {
  readonly text: string
  readonly keys?: string | undefined
  readonly side?: 'top' | 'right'
  readonly children: ReactElement<Record<string, unknown>>
}

/** Says again what a control is for when it is pointed at or focused. Never the only place of a fact. */
export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal container={useLayer()}>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="pop flex max-w-80 items-center gap-2 rounded-md border border-line bg-surface-3 px-2 py-1 text-sm text-fg shadow-2">
            {text}
            {keys && <KeyHint keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
