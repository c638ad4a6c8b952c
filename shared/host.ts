import { z } from 'zod'

export const DocumentBytes = z.strictObject({
  name: z.string().max(1000),
  base64: z.string().max(16_000_000),
})
/** A document on its way to the core: bytes travel, never paths. */
export type DocumentBytes = z.infer<typeof DocumentBytes>

export const ReadDocument = z.object({
  name: z.string(),
  bytes: z.int(),
  encoding: z.string(),
  /** What was read, as the agents get it. */
  text: z.string(),
  paragraphs: z.int(),
  words: z.int(),
  /** Estimated: a server counts its own only once a run begins. */
  tokens: z.int(),
  warnings: z.array(z.string()),
})
/** What a dropped document was read as. */
export type ReadDocument = z.infer<typeof ReadDocument>

export const Theme = z.enum(['system', 'dark', 'light'])
/** `system` follows what the system prefers. */
export type Theme = z.infer<typeof Theme>

export const HostInfo = z.object({
  kind: z.enum(['desktop', 'browser', 'program']),
  /** Node's name of the system, such as `linux`: it decides how shortcuts are shown. */
  platform: z.string(),
  version: z.string(),
  /** What works here beyond what works everywhere. */
  can: z.object({ pick_folder: z.boolean(), reveal: z.boolean(), menu: z.boolean() }),
  home: z.string(),
  /** Where a rehearsal plays if the person names no other folder. */
  rehearsal_workspace: z.string(),
})
/** Who serves the window, and what it can do. */
export type HostInfo = z.infer<typeof HostInfo>

export const OpenedDocuments = z.object({
  documents: z.array(DocumentBytes),
  /** What was refused before it was read, in sentences. */
  problems: z.array(z.string()),
})
/** Documents that were opened with the app, or dropped on its icon. */
export type OpenedDocuments = z.infer<typeof OpenedDocuments>
