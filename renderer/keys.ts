/** A key press, as far as a shortcut looks at it. */
export type Press = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * Whether a press is a shortcut such as `mod+k`, `alt+1`, `shift+a`, `?` or `escape`. `mod` is Cmd on macOS, else Ctrl.
 * Shift counts only with letters and named keys: `?` lies on different keys on different keyboards.
 */
export function isPressed(shortcut: string, press: Press, platform: string): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1)!
  const isMac = platform === 'darwin'
  const mod = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  return (
    normalKey(press) === key &&
    mod === parts.includes('mod') &&
    !other &&
    press.altKey === parts.includes('alt') &&
    (press.shiftKey === parts.includes('shift') || isSign(key))
  )
}

// With Alt held, macOS types another character: digits are read from their place in the row instead.
const normalKey = ({ key }: Press) => (key === ' ' ? 'space' : key.toLowerCase())
const isSign = (key: string) => key.length === 1 && !/[a-z0-9]/.test(key)

/** Whether a shortcut is a plain key, which must not be taken from somebody who types. */
export const isPlainKey = (shortcut: string): boolean => !/^(mod|alt)\+|^f\d+$|^escape$/.test(shortcut)

const names: Readonly<Record<string, string>> = {
  enter: 'Enter',
  space: 'Space',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  end: 'End',
  home: 'Home',
  delete: 'Del',
}

/** The keys of a shortcut as they are printed on this platform's keyboards. */
export function keyNames(shortcut: string, platform: string): string[] {
  const isMac = platform === 'darwin'
  return shortcut.split('+').map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'alt') return isMac ? '⌥' : 'Alt'
    if (part === 'shift') return isMac ? '⇧' : 'Shift'
    return names[part] ?? part.toUpperCase()
  })
}
