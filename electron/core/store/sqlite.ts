import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { AuditEntry } from '../../../shared/audit.ts'
import { AppError } from '../../../shared/errors.ts'
import type { NewRunEvent, RunEvent } from '../../../shared/run-event.ts'
import { makeFolder } from '../files/make-folder.ts'
import { LedgerError, type Blob, type Ledger } from './ledger.ts'
import { migrate } from './migrations.ts'
import { createOwner, type Owner } from './owner.ts'

/** How long a lazy append may wait for others, in milliseconds. */
const patience = 20

/** How long storing may hold up everything else, in milliseconds. */
const longestTurn = 10

type Listener = (events: readonly RunEvent[]) => void
type Pending = {
  run: string
  at: string
  events: readonly NewRunEvent[]
  blobs: readonly Blob[]
  audit: readonly Omit<AuditEntry, 'seq'>[]
  resolve(stored: RunEvent[]): void
  reject(error: AppError): void
}

/** The ledger as a SQLite file in the data folder. What is appended within one turn of the event loop shares one sync. */
export function openLedger(folder: string): Ledger {
  return guarded(folder, () => {
    // Documents and answers are nobody else's business.
    makeFolder(folder, 0o700)
    const database = new DatabaseSync(join(folder, 'paddock.db'), { timeout: 5000 })
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    migrate(database, folder)
    return new SqliteLedger(database, folder)
  })
}

class SqliteLedger implements Ledger {
  readonly #database: DatabaseSync
  readonly #folder: string
  readonly #insertEvent
  readonly #insertBlob
  readonly #insertAudit
  readonly #selectBlob
  readonly #listeners = new Set<Listener>()
  readonly #listenersOf = new Map<string, Set<Listener>>()
  /** Runs that this process leads. */
  readonly #led = new Set<string>()
  #owner: Owner | null = null
  #pending: Pending[] = []
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(database: DatabaseSync, folder: string) {
    this.#database = database
    this.#folder = folder
    this.#insertEvent = database.prepare('INSERT INTO events (run, at, type, body) VALUES (?, ?, ?, ?)')
    this.#insertBlob = database.prepare('INSERT OR IGNORE INTO blobs (hash, bytes) VALUES (?, ?)')
    this.#selectBlob = database.prepare('SELECT bytes FROM blobs WHERE hash = ?')
    this.#insertAudit = database.prepare(
      'INSERT INTO audit (at, run, action, path, hash, previous, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
  }

  append(
    run: string,
    events: readonly NewRunEvent[],
    { blobs = [], lazily = false }: { blobs?: readonly Blob[]; lazily?: boolean } = {},
  ): Promise<RunEvent[]> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ run, at: new Date().toISOString(), events, blobs, audit: [], resolve, reject }, lazily)
    })
  }

  audit(entry: Omit<AuditEntry, 'seq'>): Promise<void> {
    const { run, at } = entry
    return new Promise((resolve) => {
      const done = () => resolve()
      this.#enqueue({ run, at, events: [], blobs: [], audit: [entry], resolve: done, reject: done }, true)
    })
  }

  #enqueue(pending: Pending, lazily: boolean): void {
    this.#pending.push(pending)
    if (lazily) this.#timer ??= setTimeout(() => this.#flush(), patience)
    else this.#immediate ??= setImmediate(() => this.#flush())
  }

  /** Stores what waits, the oldest first; after a while the rest has to let others have a turn. */
  #flush(until = performance.now() + longestTurn): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#immediate) clearImmediate(this.#immediate)
    this.#timer = this.#immediate = null
    if (this.#pending.length === 0) return
    const stored: RunEvent[][] = []
    try {
      this.#transaction(() => {
        do stored.push(this.#insert(this.#pending[stored.length]!))
        while (stored.length < this.#pending.length && performance.now() < until)
      })
    } catch (error) {
      const refused = this.#pending.splice(0)
      // A file that was written stays to be recorded: with what is stored next.
      this.#pending.push(...refused.filter(({ audit }) => audit.length > 0))
      for (const { audit, reject } of refused) if (audit.length === 0) reject(diskError(this.#folder, error))
      return
    }
    const done = this.#pending.splice(0, stored.length)
    if (this.#pending.length > 0) this.#immediate = setImmediate(() => this.#flush())
    this.#tell(stored.flat())
    done.forEach((one, index) => one.resolve(stored[index]!))
  }

  #tell(events: readonly RunEvent[]): void {
    if (events.length === 0) return
    for (const listener of this.#listeners) listener(events)
    for (const [run, own] of Map.groupBy(events, (event) => event.run))
      for (const listener of this.#listenersOf.get(run) ?? []) listener(own)
  }

  #insert({ run, at, events, blobs, audit }: Pending): RunEvent[] {
    for (const { hash, bytes } of blobs) this.#insertBlob.run(hash, bytes)
    for (const { action, path, hash, previous, bytes } of audit)
      this.#insertAudit.run(at, run, action, path, hash, previous, bytes)
    return events.map((event) => {
      const { type, ...body } = event
      const { lastInsertRowid } = this.#insertEvent.run(run, at, type, JSON.stringify(body))
      return { ...event, seq: Number(lastInsertRowid), run, at }
    })
  }

  #transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#database.exec('COMMIT')
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  listen(listener: Listener, run?: string): () => void {
    const listeners = run === undefined ? this.#listeners : (this.#listenersOf.get(run) ?? new Set())
    listeners.add(listener)
    if (run !== undefined) this.#listenersOf.set(run, listeners)
    return () => {
      listeners.delete(listener)
      if (run !== undefined && listeners.size === 0) this.#listenersOf.delete(run)
    }
  }

  read(run: string, after = 0): RunEvent[] {
    return this.#events('WHERE run = ? AND seq > ? ORDER BY seq', run, after)
  }

  #events(which: string, ...values: SQLInputValue[]): RunEvent[] {
    const rows = this.#guarded(() => {
      const statement = this.#database.prepare(`SELECT seq, run, at, type, body FROM events ${which}`)
      // A long run has tens of thousands of rows: as objects they would take twice the time.
      statement.setReturnArrays(true)
      return statement.all(...values) as unknown as [number, string, string, string, string][]
    })
    return rows.map(([seq, run, at, type, body]) => Object.assign(JSON.parse(body), { seq, run, at, type }))
  }

  runs() {
    const before = this.version()
    const listed = this.#listRuns()
    // A run that ended meanwhile has no owner any more: its end has to be seen, too.
    return this.version() === before ? listed : this.#listRuns()
  }

  #listRuns() {
    type Listed = ReturnType<Ledger['runs']>[number]
    const listed = new Map<string, Listed>()
    const removed = new Set<string>()
    // The very condition of the index `run_bounds`: with any other one SQLite reads every event that there is.
    const bounds = `type IN ('run-created', 'run-claimed', 'run-ended', 'control-requested')`
    for (const event of this.#events(`WHERE ${bounds} ORDER BY seq`)) {
      const id = event.run
      if (event.type === 'run-created')
        listed.set(id, { created: event, ended: null, owner: null, paused: false })
      const run = listed.get(id)
      if (!run) continue
      if (event.type === 'run-claimed') {
        listed.set(id, { ...run, ended: null, paused: false })
        removed.delete(id)
      }
      if (event.type === 'run-ended') listed.set(id, { ...run, ended: event, paused: false })
      if (event.type !== 'control-requested') continue
      if (event.action === 'remove') removed.add(id)
      // What is asked of a run that has just ended comes too late.
      else if (!run.ended) listed.set(id, { ...run, paused: event.action === 'pause' })
    }
    return [...listed.values()]
      .filter(({ created }) => !removed.has(created.run))
      .map((run) => (run.ended ? run : { ...run, owner: this.owner(run.created.run) }))
      .toReversed()
  }

  blob(hash: string): Uint8Array | null {
    const row = this.#guarded(() => this.#selectBlob.get(hash))
    return row ? (row['bytes'] as Uint8Array) : null
  }

  audited(run?: string): AuditEntry[] {
    const [where, values] = run === undefined ? ['', []] : ['WHERE run = ?', [run]]
    const rows = this.#guarded(() =>
      this.#database.prepare(`SELECT * FROM audit ${where} ORDER BY seq`).all(...values),
    )
    return rows.map((row) => ({ ...row }) as AuditEntry)
  }

  version(): number {
    return this.#guarded(() => Number(this.#database.prepare('PRAGMA data_version').get()?.['data_version']))
  }

  claim(run: string): void {
    this.#guarded(() => {
      const { id } = this.#self()
      const take = () => {
        const other = this.owner(run)
        if (other)
          throw new AppError('conflict', `The run ${run} is being led by process ${other.pid}.`, {
            hint: `Wait for it, or ask it to end: paddock cancel ${run}`,
          })
        this.#database.prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, ?)').run(run, id, process.pid)
      }
      this.#unsynced(() => this.#transaction(take))
      this.#led.add(run)
    })
  }

  /** Without a sync: leases count among the living only, and nobody outlives a power cut. */
  #unsynced<T>(work: () => T): T {
    this.#database.exec('PRAGMA synchronous = NORMAL')
    try {
      return work()
    } finally {
      this.#database.exec('PRAGMA synchronous = FULL')
    }
  }

  release(run: string): void {
    this.#led.delete(run)
    try {
      const owner = this.#owner?.id ?? ''
      const drop = this.#database.prepare('DELETE FROM leases WHERE run = ? AND owner = ?')
      this.#unsynced(() => drop.run(run, owner))
    } catch {
      // The row is only a trace: `#led` says what this process leads, and its lock ends with it.
    }
  }

  owner(run: string): { pid: number } | null {
    return this.#guarded(() => {
      const lease = this.#database.prepare('SELECT owner, pid FROM leases WHERE run = ?').get(run)
      const owner = String(lease?.['owner'])
      const isOwn = owner === this.#self().id
      if (!lease || !(isOwn ? this.#led.has(run) : this.#self().isAlive(owner))) return null
      return { pid: Number(lease['pid']) }
    })
  }

  #guarded<T>(work: () => T): T {
    return guarded(this.#folder, work)
  }

  #self(): Owner {
    return (this.#owner ??= createOwner(join(this.#folder, 'owners')))
  }

  close(): void {
    this.#flush(Number.POSITIVE_INFINITY)
    this.#owner?.stop()
    this.#database.close()
  }
}

/** Turns whatever the disk or the database throws into an AppError. */
function guarded<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw diskError(folder, error)
  }
}

function diskError(folder: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new LedgerError(`The data folder ${folder} cannot be written: ${message}.`, {
    hint: 'Free space on its disk, permit writing there, or set PADDOCK_DATA_DIR to another folder; then: paddock resume',
    cause: error,
  })
}
