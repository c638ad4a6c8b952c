import { AppError } from '../../shared/errors.ts'
import type { NewRunEvent, RunEvent } from '../../shared/run-event.ts'
import { applyEvent, emptyRun, type Run } from '../../shared/run.ts'
import type { Blob, Ledger } from './store/ledger.ts'

/** One run's place in the ledger: what is appended is durable first, then folded, then told to whoever listens. */
export class Journal {
  readonly #ledger: Ledger
  readonly #listeners = new Set<(event: RunEvent) => void>()
  readonly #own = new Set<number>()
  #run: Run
  #read: number

  constructor(ledger: Ledger, id: string) {
    this.#ledger = ledger
    this.#run = ledger.read(id).reduce(applyEvent, { ...emptyRun, id })
    this.#read = this.#run.seq
  }

  /** The state as of the last durable event. */
  get run(): Run {
    return this.#run
  }

  /** Resolves once the events are on disk and folded; rejects with AppError `unavailable` when the disk refuses. */
  async append(events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    this.#take(await this.#ledger.append(this.#run.id, events, { blobs }))
  }

  /** For what may be lost in a crash without harm: shares the next sync. Never rejects; a sick disk shows at the next append. */
  async note(events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    await this.#ledger.append(this.#run.id, events, { blobs, lazily: true }).then(
      (stored) => this.#take(stored),
      () => {},
    )
  }

  /** Takes in what other processes have appended, such as a request to cancel. */
  refresh(): void {
    const foreign = this.#ledger.read(this.#run.id, this.#read).filter(({ seq }) => !this.#own.delete(seq))
    this.#read = Math.max(this.#read, this.#run.seq, ...foreign.map(({ seq }) => seq))
    this.#fold(foreign)
  }

  /** Returns the function that ends the listening. */
  listen(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The bytes behind a hash that an event of this run names. */
  blob(hash: string): Uint8Array {
    const bytes = this.#ledger.blob(hash)
    if (!bytes) throw new AppError('internal', `The ledger has no content with the hash ${hash}.`)
    return bytes
  }

  text(hash: string): string {
    return Buffer.from(this.blob(hash)).toString('utf8')
  }

  #take(stored: readonly RunEvent[]): void {
    for (const { seq } of stored) this.#own.add(seq)
    this.#fold(stored)
  }

  #fold(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#run = applyEvent(this.#run, event)
      for (const listener of this.#listeners) listener(event)
    }
  }
}
