import { z } from 'zod'
import { Hash } from './change.ts'

export const AuditEntry = z.object({
  /** The number of the line in the record. */
  seq: z.int(),
  at: z.string(),
  run: z.string(),
  action: z.enum(['created', 'replaced', 'failed']),
  /** Absolute. */
  path: z.string(),
  /** SHA-256 of what was written, and of what stood there before. */
  hash: Hash.nullable(),
  previous: Hash.nullable(),
  bytes: z.int(),
})
/** One file that Paddock wrote, or tried to write, for people: a line of the audit. */
export type AuditEntry = z.infer<typeof AuditEntry>
