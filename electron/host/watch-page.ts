import type { BrowserWindow } from 'electron'
import { ask } from './ask.ts'

const buttons = ['Open it again', 'Close the window'] as const

/** Tells a person whose page has died or cannot be shown, and opens it again; runs know nothing of it. */
export function watchPage(window: BrowserWindow): void {
  const { webContents: contents } = window
  const tell = async (message: string, detail: string) => {
    const response = await ask({
      type: 'error',
      message,
      detail: `Runs go on, and nothing is lost. ${detail}`,
      buttons: [...buttons],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    if (window.isDestroyed()) return
    if (response === 0) contents.reload()
    else window.close()
  }
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit')
      void tell('The page of the window has stopped.', `The system says: ${reason}.`)
  })
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    // What was given up on purpose is no failure.
    if (isMainFrame && code !== -3)
      void tell('The page of the window cannot be shown.', `${description} (${code}).`)
  })
}
