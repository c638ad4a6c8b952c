import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import { showWindow } from './window.ts'

/**
 * Tells or asks a person in the system's own dialog, which hangs on the app's window where there is one; resolves with
 * the number of the button.
 */
export async function ask(options: MessageBoxOptions): Promise<number> {
  const [window] = BrowserWindow.getAllWindows()
  // On a Mac a dialog that hangs nowhere halts the whole app, runs included, and one on a hidden window cannot be answered.
  if (window) showWindow(window)
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options))
  return response
}
