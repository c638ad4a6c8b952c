import type { BrowserWindow } from 'electron'
import { ask } from './ask.ts'

/** Asks a person before what they wrote is lost; resolves with whether it may be. */
export async function mayLoseUnsaved(action: 'Quit' | 'Close' | 'Reload'): Promise<boolean> {
  const response = await ask({
    type: 'question',
    message: 'What you wrote is not saved.',
    detail: 'It is an edit in Review, a value in Settings, or the text of a new run. Go back to keep it.',
    buttons: ['Go back', `${action} without saving`],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

/** Has a page that holds something unsaved be loaded anew only where the person agrees; who leaves was asked before. */
export function guardReload(window: BrowserWindow, isLeaving: () => boolean): void {
  const { webContents: contents } = window
  let mayReload = false
  contents.on('will-prevent-unload', async (event) => {
    // Here that means: the page may go.
    if (mayReload || isLeaving()) return event.preventDefault()
    mayReload = await mayLoseUnsaved('Reload')
    if (mayReload && !window.isDestroyed()) contents.reload()
  })
  contents.on('did-finish-load', () => {
    mayReload = false
  })
}
