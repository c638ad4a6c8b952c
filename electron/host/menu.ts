import type { MenuItemConstructorOptions as Item } from 'electron'

/** What the menu can do beside the system's own roles. */
export type MenuActions = {
  openDocuments(): void
  /** Presses a key of the page's own, together with the system's command key: what it does is the page's to say. */
  press(key: string): void
}

const line: Item = { type: 'separator' }

/** The menu of the app as the system expects it. */
export function menuOf(platform: string, isDevelopment: boolean, actions: MenuActions): Item[] {
  const isMac = platform === 'darwin'
  /** The page of a window has had the key before the menu has: there only the mouse counts. */
  const shortcut = (label: string, key: string): Item => ({
    label,
    accelerator: `CmdOrCtrl+${key}`,
    registerAccelerator: false,
    click: (_item, window, { triggeredByAccelerator }) => {
      if (!window || !triggeredByAccelerator) actions.press(key.toLowerCase())
    },
  })
  const settings = shortcut('Settings', '5')
  const paddock: Item = {
    label: 'Paddock',
    submenu: [
      { role: 'about' },
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  }
  const file: Item = {
    label: '&File',
    submenu: [
      shortcut('New run', 'N'),
      { label: 'Open documents…', click: actions.openDocuments },
      line,
      ...(isMac ? [{ role: 'close' } as const] : [settings, line, { role: 'quit' } as const]),
    ],
  }
  const view: Item = {
    label: '&View',
    submenu: [
      shortcut('Run', '2'),
      shortcut('Review', '3'),
      shortcut('Runs', '4'),
      line,
      shortcut('Command palette', 'K'),
      shortcut('Toggle sidebar', 'B'),
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      // Its own key is the one with Shift; browsers take the other as well.
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
      { role: 'zoomOut' },
      line,
      { role: 'togglefullscreen' },
      // The system's own menu of windows, which a Mac has, would end the whole app here by Ctrl+W.
      ...(isMac ? [] : [{ role: 'minimize' } as const]),
      ...(isDevelopment ? [line, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  }
  const help: Item = { role: 'help', submenu: [{ role: 'about' }] }
  return [
    ...(isMac ? [paddock] : []),
    file,
    { role: 'editMenu' },
    view,
    isMac ? { role: 'windowMenu' } : help,
  ]
}
