import { existsSync } from 'node:fs'
import type { App } from 'electron'
import { Emitter } from './emitter.ts'
import type { Records } from './records.ts'
import type { StandInWindow } from './window.ts'

/** What of `app` Paddock uses. */
export type UsedApp = Pick<
  App,
  | 'isPackaged'
  | 'setName'
  | 'setAppUserModelId'
  | 'setAboutPanelOptions'
  | 'getPath'
  | 'setPath'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'isReady'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'on'
>

/** The app's life: ready, quit, and what may stand in the way. */
export class StandInApp extends Emitter implements UsedApp {
  readonly isPackaged: boolean
  readonly windows = new Set<StandInWindow>()
  readonly ready = Promise.withResolvers<void>()
  readonly ended = Promise.withResolvers<void>()
  lock: unknown
  #isReady = false
  #hasEnded = false
  readonly #records: Records
  readonly #isFirst: boolean
  readonly #paths = new Map<string, string>()

  constructor(records: Records, options: { isPackaged: boolean; isFirst: boolean; userData: string }) {
    super()
    this.#records = records
    this.isPackaged = options.isPackaged
    this.#isFirst = options.isFirst
    this.#paths.set('userData', options.userData)
  }

  setName(name: string): void {
    this.#records.identity['name'] = name
  }
  setAppUserModelId(id: string): void {
    this.#records.identity['id'] = id
  }
  setAboutPanelOptions({ applicationVersion = '' }: Parameters<App['setAboutPanelOptions']>[0]): void {
    this.#records.identity['version'] = applicationVersion
  }
  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() has to be called before the app is ready')
    this.#records.isSandboxEnabled = true
  }
  getPath(name: Parameters<App['getPath']>[0]): string {
    return this.#paths.get(name) ?? `/nowhere/${name}`
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: there is no ${path}`)
    this.#paths.set(name, path)
  }
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.lock = structuredClone(data)
    return this.#isFirst
  }
  isReady(): boolean {
    return this.#isReady
  }
  whenReady(): Promise<void> {
    return this.ready.promise
  }
  becomeReady(): void {
    this.#isReady = true
    this.emit('ready')
    this.ready.resolve()
  }

  quit(): void {
    if (this.#hasEnded || this.emitPreventable('before-quit')) return
    for (const window of this.windows) if (!window.close()) return
    if (!this.emitPreventable('will-quit')) this.exit()
  }
  exit(code = 0): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#records.exitCode = code
    for (const window of this.windows) window.destroy()
    this.emit('quit')
    this.ended.resolve()
  }
  windowClosed(window: StandInWindow): void {
    this.windows.delete(window)
    if (this.windows.size > 0 || this.#hasEnded) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }
}
