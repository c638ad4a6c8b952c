import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { guardReload } from './unsaved.ts'
import { watchPage } from './watch-page.ts'
import { leastSize, openWindow, showWindow } from './window.ts'
import { fitPlace, keepState, readPlace, readTheme } from './window-state.ts'

/** What the one window of the app needs of the app. */
export type MainWindowOptions = {
  /** The folder of the built files. */
  readonly built: string
  readonly isDevelopment: boolean
  /** Whether the app is on its way out, and everything was asked. */
  isLeaving(): boolean
  /** Asked when a person closes the window; where it may not close yet, `close` does what has to come first. */
  mayClose(): boolean
  close(window: BrowserWindow): void
  /** The page is gone, alone or with its window. */
  gone(): void
}

/** Brings the app's window to the front; opens it where there is none. */
export function showMainWindow(options: MainWindowOptions): BrowserWindow {
  const { built, isDevelopment, isLeaving, mayClose, close, gone } = options
  const [open] = BrowserWindow.getAllWindows()
  if (open) {
    showWindow(open)
    return open
  }
  const file = join(app.getPath('userData'), 'window.json')
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  // The page says which theme it has once the core is open; until then it is the last one.
  nativeTheme.themeSource = readTheme(file)
  const place = fitPlace(readPlace(file), displays, leastSize)
  const window = openWindow({ place, preload: join(built, 'preload.cjs'), isDevelopment })
  keepState(window, file, () => nativeTheme.themeSource)
  watchPage(window)
  guardReload(window, isLeaving)
  window.on('close', (event) => {
    if (mayClose()) return
    event.preventDefault()
    close(window)
  })
  window.once('closed', gone)
  window.webContents.on('render-process-gone', gone)
  return window
}

/** Until a person sees the window, or it is clear that they will not. */
export async function untilShown(window: BrowserWindow): Promise<void> {
  await new Promise<void>((resolve) => {
    window.once('show', () => resolve())
    window.once('closed', () => resolve())
    window.webContents.once('did-finish-load', () => resolve())
    window.webContents.once('did-fail-load', () => resolve())
  })
}
