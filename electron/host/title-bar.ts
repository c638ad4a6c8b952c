import type { BrowserWindowConstructorOptions, TitleBarOverlay } from 'electron'

/** Pixels of the page's first row, which is the window's title bar: `--h-title`. */
export const titleBarHeight = 36

/** What the window shows before its page has painted, and what is drawn on it: `--surface-0` and `--text-2` of the two themes. */
const colours = {
  dark: { ground: '#101312', symbols: '#b1bab5' },
  light: { ground: '#eff2f0', symbols: '#49534e' },
} as const

/** The ground of a window. */
export const groundOf = (isDark: boolean): string => colours[isDark ? 'dark' : 'light'].ground

/** The system's own buttons as they lie on the page's bar, whose lower line they leave free. */
export function overlayOf(isDark: boolean): TitleBarOverlay {
  const { ground, symbols } = colours[isDark ? 'dark' : 'light']
  return { color: ground, symbolColor: symbols, height: titleBarHeight - 1 }
}

type Frame = Pick<
  BrowserWindowConstructorOptions,
  'titleBarStyle' | 'titleBarOverlay' | 'trafficLightPosition'
>

/** A window has one title bar, the page's: the system adds its buttons to it, on a Mac at the left. */
export const frameOf = (platform: string, isDark: boolean): Frame => ({
  titleBarStyle: 'hidden',
  titleBarOverlay: overlayOf(isDark),
  ...(platform === 'darwin' ? { trafficLightPosition: { x: 12, y: 11 } } : {}),
})
