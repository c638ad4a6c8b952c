import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  KeyboardInputEvent,
  Rectangle,
  TitleBarOverlayOptions,
  WebContents,
} from 'electron'
import { Emitter } from './emitter.ts'
import { createFrame, type UsedFrame } from './frame.ts'
import type { Records } from './records.ts'

/** What the stand-in does where Electron would show a page. */
export type PageDriver = {
  load(url: string): Promise<void>
  reload(): Promise<void>
  send(channel: string, args: unknown[]): void
  press?(keys: string): void
  close(): Promise<void>
}

/** What of a window and of its contents Paddock uses. */
export type UsedContents = Pick<
  WebContents,
  | 'setWebRTCIPHandlingPolicy'
  | 'setWindowOpenHandler'
  | 'on'
  | 'once'
  | 'off'
  | 'isDestroyed'
  | 'send'
  | 'reload'
  | 'sendInputEvent'
  | 'getZoomFactor'
> & { readonly mainFrame: UsedFrame; readonly ipc: Pick<WebContents['ipc'], 'on' | 'off'> }
export type UsedWindow = Pick<
  BrowserWindow,
  | 'setBackgroundColor'
  | 'setTitleBarOverlay'
  | 'on'
  | 'once'
  | 'show'
  | 'focus'
  | 'maximize'
  | 'isMaximized'
  | 'isMinimized'
  | 'restore'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'loadURL'
> & { readonly webContents: UsedContents; close(): void }

/** A page as the app holds it. */
export class StandInContents extends Emitter implements UsedContents {
  readonly mainFrame: UsedFrame = createFrame()
  readonly ipc = new Emitter()
  windowOpenHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined
  driver: PageDriver | undefined
  zoomFactor = 1
  /** Whether the page asks to stay when it is to go: a `beforeunload` that is prevented. */
  asksToStay = false
  readonly #records: Records
  #isDestroyed = false

  constructor(records: Records) {
    super()
    this.#records = records
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.#records.webRtcPolicy = policy
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.windowOpenHandler = handler
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  getZoomFactor(): number {
    return this.zoomFactor
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    this.driver?.send(channel, structuredClone(args))
  }
  reload(): void {
    if (this.mayUnload()) void this.driver?.reload()
  }
  /** The app may let a page go that asks to stay. */
  mayUnload(): boolean {
    return !this.asksToStay || this.emitPreventable('will-prevent-unload')
  }
  sendInputEvent(event: Parameters<WebContents['sendInputEvent']>[0]): void {
    const { type, keyCode, modifiers = [] } = event as KeyboardInputEvent
    if (type !== 'keyDown') return
    const keys = [...modifiers, keyCode].join('+')
    this.#records.pressed.push(keys)
    this.driver?.press?.(keys)
  }
  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
    void this.driver?.close()
  }
}

/** A window without a screen: it has a page, a place, and a life. */
export class StandInWindow extends Emitter implements UsedWindow {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents: StandInContents
  isVisible = false
  hasFocus = false
  bounds: Rectangle
  minimised = false
  #isMaximised = false
  #isDestroyed = false
  readonly #records: Records
  readonly #onClosed: (window: StandInWindow) => void

  constructor(
    options: BrowserWindowConstructorOptions,
    records: Records,
    onClosed: (window: StandInWindow) => void,
  ) {
    super()
    this.options = options
    this.#records = records
    this.#onClosed = onClosed
    this.webContents = new StandInContents(records)
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
  }

  setBackgroundColor(colour: string): void {
    this.#records.backgrounds.push(colour)
  }
  setTitleBarOverlay(overlay: TitleBarOverlayOptions): void {
    this.#records.overlays.push(overlay)
  }
  show(): void {
    this.isVisible = true
    this.hasFocus = true
    this.emit('show')
  }
  focus(): void {
    this.hasFocus = true
  }
  blur(): void {
    this.hasFocus = false
  }
  maximize(): void {
    this.#isMaximised = true
  }
  isMaximized(): boolean {
    return this.#isMaximised
  }
  isMinimized(): boolean {
    return this.minimised
  }
  restore(): void {
    this.minimised = false
  }
  getNormalBounds(): Rectangle {
    return this.bounds
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  async loadURL(url: string): Promise<void> {
    await this.webContents.driver?.load(url)
  }

  /** Whether it closed: a listener may prevent it. */
  close(): boolean {
    if (this.#isDestroyed) return true
    if (this.emitPreventable('close') || !this.webContents.mayUnload()) return false
    this.destroy()
    return true
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.hasFocus = false
    this.webContents.destroy()
    this.emit('closed')
    this.#onClosed(this)
  }
}
