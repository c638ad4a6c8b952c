import { createHash } from 'node:crypto'
import type { AuditEntry } from '../../../shared/audit.ts'
import { AppError } from '../../../shared/errors.ts'
import type { NewRunEvent, RunEvent } from '../../../shared/run-event.ts'

/** Bytes with their SHA-256 in hex as name. */
export type Blob = { readonly hash: string; readonly bytes: Uint8Array }

/** The ledger could not be read or written. What was asked of it has not happened; a run that meets it stops as it is. */
export class LedgerError extends AppError {
  constructor(message: string, options: { hint: string; cause: unknown }) {
    super('unavailable', message, options)
  }
}

/** Names bytes (text as UTF-8) by their hash. */
export function blobOf(content: string | Uint8Array): Blob {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes }
}

/**
 * The durable truth: events in the order in which they happened, and the blobs that they name.
 * Several processes may share one ledger; every method may throw AppError `unavailable` when its disk fails.
 */
export interface Ledger {
  /** Resolves once events and blobs are on disk, all of them or none. `lazily`: may wait a moment for company. */
  append(
    run: string,
    events: readonly NewRunEvent[],
    options?: { blobs?: readonly Blob[]; lazily?: boolean },
  ): Promise<RunEvent[]>
  /** The run's events after a number, in order. */
  read(run: string, after?: number): RunEvent[]
  /** The first event of every run, its last end, its owner if one lives, and whether a person paused it; newest first, without those that were taken off the list. */
  runs(): { created: RunEvent; ended: RunEvent | null; owner: { pid: number } | null; paused: boolean }[]
  blob(hash: string): Uint8Array | null
  /**
   * Puts a written file on record for good; it is on disk with the next commit, at the latest in a moment. Never rejects:
   * what the disk refuses goes with what it takes next.
   */
  audit(entry: Omit<AuditEntry, 'seq'>): Promise<void>
  /** The written files of a run, or of all, in their order. */
  audited(run?: string): AuditEntry[]
  /** Is told of every batch that this process has stored, of one run or all, once it is on disk; returns the function that ends it. */
  listen(listener: (events: readonly RunEvent[]) => void, run?: string): () => void
  /** A number that changes when another process has written. */
  version(): number
  /** Makes this process the run's owner; throws `conflict` where another living one is. */
  claim(run: string): void
  /** Never throws: a lease that cannot be taken back counts no more once its process has given it up. */
  release(run: string): void
  /** The living process that leads the run, this one included. */
  owner(run: string): { pid: number } | null
  close(): void
}
