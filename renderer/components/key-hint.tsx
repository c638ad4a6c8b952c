import { keyNames } from '../keys.ts'
import { classNames } from './class-names.ts'
import { usePlatform } from './platform.ts'

/** A shortcut such as `mod+k`, as this platform's keyboards print it. */
export function KeyHint({ keys, isOnAccent }: { readonly keys: string; readonly isOnAccent?: boolean }) {
  return (
    <kbd
      className={classNames(
        'inline-block min-w-4.5 flex-none rounded-sm border px-1 text-center font-sans text-xs leading-3.5 font-regular',
        isOnAccent
          ? 'border-transparent bg-[rgb(0_0_0/.25)] text-on-accent'
          : 'border-line bg-surface-2 text-fg-3',
      )}
    >
      {keyNames(keys, usePlatform()).join(' ')}
    </kbd>
  )
}
