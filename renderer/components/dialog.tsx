import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { useFocusBack } from './focus-back.ts'
import { IconButton } from './icon-button.tsx'
import { LayerProvider } from './layer.ts'

type DialogProps = {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly width?: 'sm' | 'lg' | 'full'
  /** Buttons at the end; the last one is the one that is meant. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

const widths = { sm: 'h-fit w-110', lg: 'h-fit w-190', full: 'h-[calc(100%-84px)] w-[calc(100%-48px)]' }

/** Something that has to be looked at before going on. `Esc` closes it, and focus goes back to where it was. */
export function Dialog({ title, isOpen, onClose, width = 'sm', foot, children }: DialogProps) {
  const [popup, setPopup] = useState<HTMLDivElement | null>(null)
  const { remember, giveBack } = useFocusBack(popup)
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-overlay" />
        <Base.Popup
          ref={setPopup}
          initialFocus={() => {
            remember()
            return popup
          }}
          finalFocus={giveBack}
          className={classNames(
            'pop fixed inset-x-0 top-9 bottom-0 outline-none focus-visible:shadow-3 z-40 m-auto flex max-h-[calc(100%-84px)] max-w-[calc(100%-48px)] flex-col rounded-lg border border-line bg-surface-2 shadow-3',
            widths[width],
          )}
        >
          <LayerProvider value={popup}>
            <div className="flex h-12 flex-none items-center gap-3 border-b border-line-subtle pr-2 pl-4">
              <Base.Title className="min-w-0 flex-1 truncate text-lg font-strong">{title}</Base.Title>
              <Base.Close render={<IconButton icon={X} label={strings.common.close} keys="escape" />} />
            </div>
            <div className="min-h-0 flex-1 overflow-auto">{children}</div>
            {foot && (
              <div className="flex flex-none justify-end gap-2 border-t border-line-subtle p-3">{foot}</div>
            )}
          </LayerProvider>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

type ConfirmProps = {
  readonly title: string
  readonly isOpen: boolean
  /** The verb with its object, such as "Remove 2 runs". */
  readonly verb: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  /** What will happen and what is kept. */
  readonly children: ReactNode
}

/** Asks once before something that cannot be taken back, and says what is kept. */
export function Confirm({ title, isOpen, verb, onConfirm, onClose, children }: ConfirmProps) {
  const foot = (
    <>
      <Button onClick={onClose}>{strings.common.cancel}</Button>
      <Button
        kind="primary"
        onClick={() => {
          onClose()
          onConfirm()
        }}
      >
        {verb}
      </Button>
    </>
  )
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} foot={foot}>
      <div className="grid gap-2 p-4 text-fg-2">{children}</div>
    </Dialog>
  )
}
