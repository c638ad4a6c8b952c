import type { Decision } from '../../../shared/change.ts'

/** What a badge of a file says; each has a drawing, a word and a colour. */
export type FileBadge =
  | 'new'
  | 'changed'
  | 'same'
  | 'conflict'
  | 'incomplete'
  | 'elided'
  | 'stale'
  | 'held'
  | 'moved'
  | 'refused'
  | 'accepted'
  | 'rejected'
  | 'written'

/** A proposed file as the review shows it. */
export type ReviewFile = {
  readonly path: string
  readonly name: string
  readonly folder: string
  readonly agent: string
  readonly role: string
  readonly task: string
  /** Of the version that counts, and of the file in the workspace. */
  readonly hash: string
  readonly disk: string | null
  readonly state: 'new' | 'changed' | 'same'
  /** Why it cannot be accepted as it is; null for a whole and undisputed file. */
  readonly fault: 'conflict' | 'incomplete' | 'elided' | null
  /** Why it is accepted only by name; null where it may go with all. */
  readonly hold: string | null
  /** Whether it stands in the tray of held-back files: tools obey it, or its place cannot be seen. */
  readonly isHeldBack: boolean
  readonly stale: string | null
  readonly decision: Decision | null
  readonly isWritten: boolean
  /** Whether the workspace's file is another one now than the person was shown. */
  readonly isMoved: boolean
  readonly refused: string | null
  /** Whether the person wrote into it, and did not save that yet. */
  readonly isUnsaved: boolean
  /** In the order in which they matter. */
  readonly badges: readonly FileBadge[]
}

/** The files of one agent. */
export type ReviewGroup = {
  readonly agent: string
  readonly role: string
  readonly files: readonly ReviewFile[]
  readonly decided: number
}
