import { AppError } from '../../shared/errors.ts'
import type { NewRunEvent, RunEvent } from '../../shared/run-event.ts'
import { emptyRun, foldEvents, type Run } from '../../shared/run.ts'
import type { Blob, Ledger } from './store/ledger.ts'

/** The error for an id that no run has. */
export const noRun = (id: string) =>
  new AppError('not-found', `There is no run ${id}.`, { hint: 'paddock list shows all runs.' })

type Batch = { readonly events: readonly NewRunEvent[]; readonly blobs: readonly Blob[] }

/** The state of a run as the ledger has it; `seq` 0 where there is no such run. */
export const readRun = (ledger: Ledger, id: string): Run => foldEvents({ ...emptyRun, id }, ledger.read(id))

/** The same; throws `not-found` where there is no such run. */
export function readKnownRun(ledger: Ledger, id: string): Run {
  const run = readRun(ledger, id)
  if (run.seq === 0) throw noRun(id)
  return run
}

/** The highest number that a call of a task has had. */
const lastCall = ({ tasks }: Run, task: string): number =>
  (tasks[task]?.calls ?? []).reduce(
    (last, { id }) => Math.max(last, Number(id.slice(id.lastIndexOf('.') + 1))),
    0,
  )

/**
 * One run's place in the ledger: what is appended is durable first, then folded, then told to whoever listens. What
 * others append in this process is folded as well; what other processes do, at the next `refresh`.
 */
export class Journal {
  readonly #ledger: Ledger
  readonly #listeners = new Set<(event: RunEvent) => void>()
  readonly #seen = new Set<number>()
  readonly #stopListening: () => void
  /** What the disk has refused, in its order. */
  readonly #refused: Batch[] = []
  /** What `record` has been given, and is not on disk yet. */
  readonly #recorded = new Set<Batch>()
  readonly #calls = new Map<string, number>()
  #run: Run
  #read: number

  /** `known` is the run as it was read a moment ago: only what came since is read then. */
  constructor(ledger: Ledger, id: string, known: Run = { ...emptyRun, id }) {
    this.#ledger = ledger
    this.#run = foldEvents(known, ledger.read(id, known.seq))
    this.#read = this.#run.seq
    this.#stopListening = ledger.listen((events) => {
      for (const { seq } of events) this.#seen.add(seq)
      this.#fold(events)
    }, id)
  }

  /** The state as of the last durable event. */
  get run(): Run {
    return this.#run
  }

  /** The state with what `record` has been given, as it will be once that is on disk. */
  get ahead(): Run {
    const stamp = { seq: this.#run.seq, run: this.#run.id, at: new Date().toISOString() }
    const events = [...this.#recorded].flatMap((batch) => batch.events)
    return events.length === 0
      ? this.#run
      : foldEvents(
          this.#run,
          events.map((event) => ({ ...event, ...stamp })),
        )
  }

  /** Resolves once the events are on disk and folded; rejects with a LedgerError when the disk refuses. */
  async append(events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    const late = this.#refused.splice(0)
    try {
      await this.#store([...late, { events, blobs }], false)
    } catch (error) {
      this.#refused.unshift(...late)
      throw error
    }
  }

  /** For what may be lost in a crash without harm: shares the next sync. Never rejects: what the disk refuses goes with what comes next. */
  async note(events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    const batch = [...this.#refused.splice(0), { events, blobs }]
    try {
      await this.#store(batch, true)
    } catch {
      this.#refused.unshift(...batch)
    }
  }

  /**
   * As `append`, for what need not be waited for because more comes that is: nothing can be stored without what was
   * recorded before it, as what the disk refuses goes with what comes next.
   */
  async record(events: readonly NewRunEvent[], blobs: readonly Blob[] = []): Promise<void> {
    const batch = { events, blobs }
    this.#recorded.add(batch)
    const late = this.#refused.splice(0)
    try {
      await this.#store([...late, batch], false)
    } catch (error) {
      this.#refused.unshift(...late, batch)
      throw error
    } finally {
      this.#recorded.delete(batch)
    }
  }

  async #store(batch: readonly Batch[], lazily: boolean): Promise<void> {
    const events = batch.flatMap((one) => one.events)
    await this.#ledger.append(this.#run.id, events, { blobs: batch.flatMap((one) => one.blobs), lazily })
  }

  /** A name for the next call of a task, unlike any that the task has had. */
  nextCall(task: string): string {
    const number = (this.#calls.get(task) ?? lastCall(this.#run, task)) + 1
    this.#calls.set(task, number)
    return `${task}.${number}`
  }

  /** Takes in what other processes have appended, such as a request to cancel, and returns it. */
  refresh(): RunEvent[] {
    const { id, seq: last } = this.#run
    const foreign = this.#ledger.read(id, this.#read).filter(({ seq }) => !this.#seen.delete(seq))
    this.#read = Math.max(this.#read, last, ...foreign.map(({ seq }) => seq))
    if (foreign.every(({ seq }) => seq > last)) this.#fold(foreign)
    else {
      // Something happened here after it: a pause and its end, for one, must not change places.
      const all = this.#ledger.read(id).filter(({ seq }) => seq <= this.#read)
      this.#run = foldEvents({ ...emptyRun, id }, all)
      this.#tell(foreign)
    }
    return foreign
  }

  /** Returns the function that ends the listening. */
  listen(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The bytes behind a hash that an event of this run names. */
  blob(hash: string): Uint8Array {
    const bytes = this.find(hash)
    if (!bytes) throw new AppError('internal', `The ledger has no content with the hash ${hash}.`)
    return bytes
  }

  /** The bytes behind a hash; null where the ledger has none. */
  find(hash: string): Uint8Array | null {
    return this.#ledger.blob(hash)
  }

  text(hash: string): string {
    return Buffer.from(this.blob(hash)).toString('utf8')
  }

  /** Ends the taking in of events; what is known stays readable. */
  close(): void {
    this.#stopListening()
    this.#listeners.clear()
  }

  #fold(events: readonly RunEvent[]): void {
    this.#run = foldEvents(this.#run, events)
    this.#tell(events)
  }

  #tell(events: readonly RunEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event)
  }
}
