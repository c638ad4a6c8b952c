import { Toaster as Sonner, toast } from 'sonner'
import type { ErrorData } from '../../shared/errors.ts'
import { strings } from '../strings.ts'

/** Where toasts appear. */
export function Toaster({ theme }: { readonly theme: 'dark' | 'light' }) {
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      closeButton
      containerAriaLabel={strings.common.toasts}
      hotkey={['F8']}
      toastOptions={{
        classNames: {
          toast: '!bg-surface-3 !border-line !text-fg !rounded-lg !shadow-2 !text-sm !font-sans !gap-2',
          description: '!text-fg-2',
          closeButton: '!bg-surface-3 !border-line !text-fg-2',
        },
      }}
    />
  )
}

/** Says that something was done. Never for something that needs a decision. */
export const tell = (message: string): void => void toast(message)

/** Says that something failed, until it is closed. */
export const tellError = ({ message, hint }: ErrorData): void =>
  void toast.error(message, { description: hint, duration: Infinity })
