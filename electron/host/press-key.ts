import type { BrowserWindow } from 'electron'

/** Presses a key in a window together with the system's command key, as a person would. */
export function pressKey(window: BrowserWindow, key: string): void {
  const modifiers: ('meta' | 'control')[] = [process.platform === 'darwin' ? 'meta' : 'control']
  window.webContents.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers })
  window.webContents.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers })
}
