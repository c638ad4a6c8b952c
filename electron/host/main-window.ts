import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import { watchPage } from './watch-page.ts'
import { leastSize, openWindow, showWindow } from './window.ts'
import { fitPlace, keepPlace, readPlace } from './window-state.ts'

/** What the one window of the app needs of the app. */
export type MainWindowOptions = {
  /** The folder of the built files. */
  readonly built: string
  readonly isDevelopment: boolean
  /** Asked when a person closes the window; where it may not close yet, the app is asked to quit instead. */
  mayClose(): boolean
  /** The page is gone, alone or with its window. */
  gone(): void
}

/** Brings the app's window to the front; opens it where there is none. */
export function showMainWindow({ built, isDevelopment, mayClose, gone }: MainWindowOptions): BrowserWindow {
  const [open] = BrowserWindow.getAllWindows()
  if (open) {
    showWindow(open)
    return open
  }
  const file = join(app.getPath('userData'), 'window.json')
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const place = fitPlace(readPlace(file), displays, leastSize)
  const window = openWindow({ place, preload: join(built, 'preload.cjs'), isDevelopment })
  keepPlace(window, file)
  watchPage(window)
  window.on('close', (event) => {
    if (mayClose()) return
    event.preventDefault()
    app.quit()
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
