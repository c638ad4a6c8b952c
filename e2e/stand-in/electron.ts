import type * as Electron from 'electron'
import { StandInApp, type UsedApp } from './app.ts'
import { Emitter } from './emitter.ts'
import type { UsedFrame } from './frame.ts'
import { emptyRecords, type Records } from './records.ts'
import { StandInSession, type UsedProtocol, type UsedSession } from './session.ts'
import { StandInWindow, type PageDriver, type StandInContents, type UsedWindow } from './window.ts'

/** How the machine is that the app finds itself on. */
export type StandInOptions = {
  readonly userData: string
  readonly isPackaged?: boolean
  /** Whether no other instance runs already. */
  readonly isFirst?: boolean
  readonly isDark?: boolean
  readonly displays?: readonly Electron.Rectangle[]
  /** Shows the pages of windows; without one there are none. */
  readonly drive?: (window: StandInWindow) => PageDriver
}

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown

/** The used part of Electron, class by class, as electron.d.ts has it. */
type UsedElectron = {
  app: UsedApp
  protocol: UsedProtocol
  session: { defaultSession: UsedSession }
  BrowserWindow: Pick<
    typeof Electron.BrowserWindow,
    'getAllWindows' | 'getFocusedWindow' | 'fromWebContents'
  > &
    (new (options: Electron.BrowserWindowConstructorOptions) => UsedWindow)
  ipcMain: Pick<Electron.IpcMain, 'handle' | 'on'>
  nativeTheme: Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'on' | 'off'>
  Menu: Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>
  dialog: Pick<Electron.Dialog, 'showMessageBox' | 'showOpenDialog'>
  shell: Pick<Electron.Shell, 'showItemInFolder'>
  Notification: Pick<typeof Electron.Notification, 'isSupported'> &
    (new (options: Electron.NotificationConstructorOptions) => Pick<Electron.Notification, 'once' | 'show'>)
  powerSaveBlocker: Pick<Electron.PowerSaveBlocker, 'start' | 'stop'>
  screen: Pick<Electron.Screen, 'getAllDisplays'>
}

/** The system's theme, and what the app makes of it. */
class StandInTheme extends Emitter {
  /** What the system itself prefers. */
  systemIsDark: boolean
  #source: Electron.NativeTheme['themeSource'] = 'system'

  constructor(systemIsDark: boolean) {
    super()
    this.systemIsDark = systemIsDark
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.systemIsDark : this.#source === 'dark'
  }
  get themeSource() {
    return this.#source
  }
  set themeSource(source) {
    this.#source = source
    this.emit('updated')
  }
}

/** The stand-in: what the app imports as `electron`, and what a test does to it. */
export type StandIn = ReturnType<typeof createStandIn>

/** Makes a stand-in for the `electron` module: a machine on which nothing has happened yet. */
export function createStandIn(options: StandInOptions) {
  const { displays = [{ x: 0, y: 0, width: 1920, height: 1080 }] } = options
  const records: Records = emptyRecords()
  const answers: { messageBox: number[]; openDialog: string[][] } = { messageBox: [], openDialog: [] }
  const handlers = new Map<string, Handler>()
  const app = new StandInApp(records, {
    isPackaged: options.isPackaged ?? true,
    isFirst: options.isFirst ?? true,
    userData: options.userData,
  })
  const defaultSession = new StandInSession(records)
  const theme = new StandInTheme(options.isDark ?? true)
  const messages = new Emitter()

  class OwnWindow extends StandInWindow {
    constructor(given: Electron.BrowserWindowConstructorOptions) {
      super(given, records, (window) => app.windowClosed(window))
      this.webContents.driver = options.drive?.(this)
      app.windows.add(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
    static getAllWindows = () => [...app.windows] as never
    static getFocusedWindow = () => ([...app.windows].find(({ hasFocus }) => hasFocus) ?? null) as never
    static fromWebContents = (contents: Electron.WebContents) =>
      ([...app.windows].find(({ webContents }) => webContents === (contents as unknown)) ?? null) as never
  }

  class OwnNotification extends Emitter {
    static isSupported = () => true
    readonly #given: Electron.NotificationConstructorOptions
    constructor(given: Electron.NotificationConstructorOptions) {
      super()
      this.#given = given
    }
    show(): void {
      const { title = '', body = '' } = this.#given
      records.notifications.push({ title, body, click: () => void this.emit('click') })
    }
  }

  const module = {
    app,
    protocol: defaultSession.protocol,
    session: { defaultSession },
    BrowserWindow: OwnWindow,
    ipcMain: {
      handle: (channel: string, handler: Handler) => {
        if (handlers.has(channel)) throw new Error(`${channel} is handled already`)
        handlers.set(channel, handler)
      },
      on: (channel: string, listener: (...args: never[]) => void) => messages.on(channel, listener),
    },
    nativeTheme: theme,
    Menu: {
      buildFromTemplate: (template) => template as never,
      getApplicationMenu: () =>
        ({ popup: (options: Electron.PopupOptions) => void records.popups.push(options) }) as never,
      setApplicationMenu: (menu) => {
        records.menu = menu as unknown as Electron.MenuItemConstructorOptions[]
      },
    },
    dialog: {
      showMessageBox: async (...args: unknown[]) => {
        const parent = args.length > 1 ? args[0] : null
        records.messageBoxes.push({ ...(args.at(-1) as Electron.MessageBoxOptions), parent })
        return { response: answers.messageBox.shift() ?? 0, checkboxChecked: false }
      },
      showOpenDialog: async (...args: unknown[]) => {
        records.openDialogs.push(args.at(-1) as Electron.OpenDialogOptions)
        const filePaths = answers.openDialog.shift() ?? []
        return { canceled: filePaths.length === 0, filePaths }
      },
    },
    shell: { showItemInFolder: (path) => void records.revealed.push(path) },
    Notification: OwnNotification,
    powerSaveBlocker: {
      start: (type) => {
        records.blockersStarted.push(type)
        records.blockers.add(records.blockersStarted.length)
        return records.blockersStarted.length
      },
      stop: (id) => records.blockers.delete(id),
    },
    screen: { getAllDisplays: () => displays.map((workArea) => ({ workArea })) as never },
  } satisfies UsedElectron

  return {
    module,
    app,
    records,
    answers,
    session: defaultSession,
    theme,
    /** A request as a frame makes it, of values as they are: what Electron would refuse to clone arrives too. */
    invoke: async (
      contents: StandInContents,
      frame: UsedFrame | null,
      channel: string,
      ...args: unknown[]
    ) => {
      const handler = handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return handler({ sender: contents, senderFrame: frame } as never, ...args)
    },
    /** A message that wants no answer. */
    message: (contents: StandInContents, frame: UsedFrame | null, channel: string, ...args: unknown[]) => {
      const event = { sender: contents, senderFrame: frame }
      messages.emit(channel, event, ...args)
      contents.ipc.emit(channel, event, ...args)
    },
  }
}
