import { EventEmitter } from 'node:events'

/** What Electron's objects share: events. What `on` returns is none of a listener's business, so it is left open. */
export class Emitter {
  readonly #events = new EventEmitter().setMaxListeners(50)

  on(event: string, listener: (...args: never[]) => void): never {
    this.#events.on(event, listener as (...args: unknown[]) => void)
    return this as never
  }

  once(event: string, listener: (...args: never[]) => void): never {
    this.#events.once(event, listener as (...args: unknown[]) => void)
    return this as never
  }

  off(event: string, listener: (...args: never[]) => void): never {
    this.#events.off(event, listener as (...args: unknown[]) => void)
    return this as never
  }

  /** Tells the listeners; whether there was one. */
  emit(event: string, ...args: unknown[]): boolean {
    return this.#events.emit(event, ...args)
  }

  /** Tells the listeners of something that they may prevent; whether one did. */
  emitPreventable(event: string, details: object = {}, ...args: unknown[]): boolean {
    let isPrevented = false
    const preventDefault = () => {
      isPrevented = true
    }
    this.emit(event, { ...details, preventDefault }, ...args)
    return isPrevented
  }

  listenerCount(event: string): number {
    return this.#events.listenerCount(event)
  }
}
