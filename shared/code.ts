import { z } from 'zod'
import { Hash } from './change.ts'

export const CodeFile = z.object({
  path: z.string(),
  hash: Hash,
  bytes: z.int(),
  /** Estimated. */
  tokens: z.int(),
  /** Why it was chosen, for people. */
  why: z.string(),
})
/** A file of the workspace that a run was given to work from. */
export type CodeFile = z.infer<typeof CodeFile>

export const LeftOut = z.object({ path: z.string(), reason: z.string() })
/** A file that was not given to the run, and why. */
export type LeftOut = z.infer<typeof LeftOut>

export const CodeInput = z.object({
  files: z.array(CodeFile),
  /** At most 200, then one that counts the rest. */
  left_out: z.array(LeftOut),
})
/** What of the workspace a run works from, the most wanted file first. */
export type CodeInput = z.infer<typeof CodeInput>
