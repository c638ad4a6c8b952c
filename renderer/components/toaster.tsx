import { Toaster as Sonner } from 'sonner'
import { strings } from '../strings.ts'

/** Where toasts appear. */
export function Toaster({ theme }: { readonly theme: 'dark' | 'light' }) {
  return (
    <Sonner
      theme={theme}
      position="top-center"
      offset={44}
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
