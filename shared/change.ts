import { z } from 'zod'

/** SHA-256 of some bytes, in hex: the name of a blob in the ledger. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/)

export const Draft = z.object({
  path: z.string(),
  hash: Hash,
  bytes: z.int(),
  language: z.string().nullable(),
  /** False: the answer was cut off or the block never closed. Such a draft is never counted as made. */
  complete: z.boolean(),
  /** Whether a comment in it stands for lines left out; such a draft is not complete either. */
  elided: z.boolean().default(false),
  /** What gave the file its name. */
  how: z.enum([
    'plan',
    'fence',
    'heading',
    'inside',
    'tag',
    'json',
    'diff',
    'edit',
    'custom',
    'task',
    'person',
  ]),
  /** What a person should know of how it was chosen, such as that it replaces an earlier version in the same answer. */
  note: z.string().nullable().default(null),
  /** The call whose answer it came from, and the line of that answer where its content starts. */
  call: z.string(),
  line: z.int(),
})
/** A file that an agent proposes; its content is a blob. */
export type Draft = z.infer<typeof Draft>

export const Unplaced = z.object({
  hash: Hash,
  bytes: z.int(),
  language: z.string().nullable(),
  call: z.string(),
  line: z.int(),
  reason: z.string(),
  candidates: z.array(z.object({ path: z.string(), why: z.string() })),
})
/** A block of code without a sure path: kept, shown, never given an invented name. */
export type Unplaced = z.infer<typeof Unplaced>

export const PlannedFile = z.object({
  path: z.string(),
  purpose: z.string(),
  /** The task type that writes it. */
  kind: z.enum(['implementation', 'testing', 'deployment', 'documentation']),
  /** Paths of other planned files that its author has to see. */
  needs: z.array(z.string()),
})
/** One line of the plan: a file, what it is for and who writes it. */
export type PlannedFile = z.infer<typeof PlannedFile>

export const Decision = z.enum(['accepted', 'rejected'])
/** What a person decided about a draft. */
export type Decision = z.infer<typeof Decision>

export const Change = z.object({
  path: z.string(),
  task: z.string(),
  agent: z.string(),
  /** Hash of the draft, and of the file in the workspace (null where there is none). */
  hash: Hash,
  disk: Hash.nullable(),
  state: z.enum(['new', 'changed', 'same']),
  decision: Decision.nullable(),
  written: z.boolean(),
  /** Why it is not written with the others: incomplete, in conflict, stale, or a file that tools obey. */
  held: z.string().nullable(),
  /** What obeys such a file as soon as it lies somewhere, whatever else holds it; null for an ordinary one. */
  control: z.string().nullable(),
  /** Why the workspace would not take it, when that was tried last. */
  refused: z.string().nullable(),
})
/** A draft seen against the workspace as it is now. */
export type Change = z.infer<typeof Change>

type Place = { call: string; line: number; hash: string }
/** What a resumed task derives once more from the same answer is the same thing, not a second one. */
export const isSamePlace = (one: Place, other: Place): boolean =>
  one.call === other.call && one.line === other.line && one.hash === other.hash
