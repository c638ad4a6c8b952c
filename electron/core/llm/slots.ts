import { AppError } from '../../../shared/errors.ts'

/** What decides who goes next. */
export type Turn = {
  /** Runs that began earlier go first: milliseconds since the epoch of their creation. */
  readonly age: number
  /** Runs of one age go one after the other too, by their ids: side by side none of them would end early. */
  readonly run?: string
  readonly priority: number
}
type Waiting = Turn & { order: number; start(): void }

/** The slots of a server, shared by every run of the app. */
export class Slots {
  #capacity: number
  #busy = 0
  #order = 0
  #waiting: Waiting[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get capacity(): number {
    return this.#capacity
  }

  get busy(): number {
    return this.#busy
  }

  get waiting(): number {
    return this.#waiting.length
  }

  resize(capacity: number): void {
    this.#capacity = Math.max(1, capacity)
    this.#startNext()
  }

  /** Resolves with the function that gives the slot back; rejects with `cancelled` when the signal fires first. */
  async acquire(turn: Turn, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw cancelled()
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
        reject(cancelled())
      }
      const start = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const waiting: Waiting = { ...turn, order: this.#order++, start }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiting)
      this.#startNext()
    })
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#busy--
      this.#startNext()
    }
  }

  #startNext(): void {
    while (this.#busy < this.#capacity && this.#waiting.length > 0) {
      const next = this.#waiting.reduce((best, other) => (isBefore(other, best) ? other : best))
      this.#waiting.splice(this.#waiting.indexOf(next), 1)
      this.#busy++
      next.start()
    }
  }
}

const isBefore = (one: Waiting, other: Waiting) =>
  one.age !== other.age
    ? one.age < other.age
    : one.run !== other.run
      ? (one.run ?? '') < (other.run ?? '')
      : one.priority !== other.priority
        ? one.priority > other.priority
        : one.order < other.order

const cancelled = () =>
  new AppError('cancelled', 'The run was cancelled while it waited for the model server.')
