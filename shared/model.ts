import { z } from 'zod'

export const Usage = z.object({
  prompt: z.int(),
  completion: z.int(),
  /** Prompt tokens that the server had in its cache. */
  cached: z.int(),
})
/** Tokens of one call, as the server counted them. */
export type Usage = z.infer<typeof Usage>

export const Finish = z.enum(['stop', 'length', 'loop'])
/** How an answer ended: by itself, at a limit, or cut off by us because it repeated itself. */
export type Finish = z.infer<typeof Finish>

export const ModelStatus = z.object({
  endpoint: z.string(),
  model: z.string(),
  /** Requests that the server works on at once. */
  slots: z.int().positive(),
  /** Tokens that one slot holds, prompt and answer together; null where the server does not say. */
  window: z.int().positive().nullable(),
  /** What the server can do beyond plain chat. */
  can: z.object({ count: z.boolean(), prefill: z.boolean() }),
})
/** What a server says of itself. */
export type ModelStatus = z.infer<typeof ModelStatus>

export const Omission = z.object({ what: z.string(), tokens: z.int(), kept: z.int() })
/** Something that did not fit a prompt, or only in part. */
export type Omission = z.infer<typeof Omission>
