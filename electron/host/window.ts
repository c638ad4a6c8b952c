import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron'
import { installFolder } from '../core/install-folder.ts'
import { appPage } from './app-origin.ts'
import { frameOf, groundOf, overlayOf } from './title-bar.ts'
import type { WindowPlace } from './window-state.ts'

/** The least size at which every screen still works. */
export const leastSize = { width: 900, height: 600 } as const

/** What a page may do: nothing that a web page may not, and less. */
export const webPreferences = (preload: string, isDevelopment: boolean): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  plugins: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  devTools: isDevelopment,
})

/** What a window is opened with. */
export type WindowOptions = {
  readonly place: WindowPlace
  readonly preload: string
  readonly isDevelopment: boolean
}

/** Makes a window, which is done nowhere else, and shows it as soon as there is something to be seen. */
export function openWindow({ place, preload, isDevelopment }: WindowOptions): BrowserWindow {
  const { isMaximised, ...bounds } = place
  const window = new BrowserWindow({
    ...bounds,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    title: 'Paddock',
    icon: join(installFolder, 'resources', 'icons', '256x256.png'),
    show: false,
    backgroundColor: groundOf(nativeTheme.shouldUseDarkColors),
    ...frameOf(process.platform, nativeTheme.shouldUseDarkColors),
    webPreferences: webPreferences(preload, isDevelopment),
  })
  // Without this a script could learn the machine's addresses, whatever the CSP says.
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  const follow = () => {
    const isDark = nativeTheme.shouldUseDarkColors
    window.setBackgroundColor(groundOf(isDark))
    // A Mac colours its lights itself.
    if (process.platform !== 'darwin') window.setTitleBarOverlay(overlayOf(isDark))
  }
  nativeTheme.on('updated', follow)
  window.once('closed', () => nativeTheme.off('updated', follow))
  let isShown = false
  const show = () => {
    if (isShown) return
    isShown = true
    if (isMaximised) window.maximize()
    window.show()
  }
  window.once('ready-to-show', show)
  // Under Wayland a hidden window may never be painted, and so never be ready.
  if (process.platform === 'linux') window.webContents.once('did-finish-load', show)
  // Its failure is an event, which `watchPage` answers.
  window.loadURL(appPage).catch(() => {})
  return window
}

/** Brings the window to the front, from wherever it is. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
