import { randomInt } from 'node:crypto'
import { count, counted } from '../../shared/counted.ts'
import { AppError } from '../../shared/errors.ts'
import type { ModelStatus } from '../../shared/model.ts'
import type { RunDocument } from '../../shared/run-event.ts'
import { promptBudget } from './context/budget.ts'
import { countPrompt, promptMessages } from './context/compose.ts'
import { sourceSections } from './context/sections.ts'
import type { Core } from './core.ts'
import { readDocument } from './documents/read-document.ts'
import { blobOf, type Blob } from './store/ledger.ts'

/** What a run starts from: words, documents, or both. */
export type RunInput = {
  /** The person's own words; may stand alone or beside documents. */
  readonly requirement?: string
  readonly documents?: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Globs of the workspace's files that the run is given. */
  readonly include?: readonly string[]
  /** Write whole, undisputed files to the workspace at the end without asking. */
  readonly accept?: boolean
  /** Id of the rehearsal that is played. */
  readonly rehearsal?: string | null
}
/** The same, read: documents as events name them, their texts as blobs. */
export type ReadInput = { requirement: string; documents: RunDocument[]; blobs: Blob[] }

/** Reads what a run starts from; throws `invalid` for a document that cannot be used, and when there is nothing at all. */
export async function readInput({ requirement = '', documents = [] }: RunInput): Promise<ReadInput> {
  const blobs: Blob[] = []
  const read: RunDocument[] = []
  for (const { name, bytes } of documents) {
    const { text, encoding, warnings } = await readDocument(name, bytes)
    const blob = blobOf(text)
    blobs.push(blob)
    read.push({ name, hash: blob.hash, bytes: bytes.length, encoding, warnings })
  }
  if (read.length === 0 && requirement.trim() === '')
    throw new AppError('invalid', 'There is nothing to work from.', {
      hint: 'Give a requirements document, or say in words what is to be built.',
    })
  return { requirement: requirement.trim(), documents: read, blobs }
}

/** Tokens that the first task's own words take, roughly: no document may be so long that they have no room. */
const roomForTask = 1200

/**
 * Tokens that prompts have beside the documents; null where the server does not say how many a slot holds. Refuses
 * documents that no slot has room for: they are never cut silently.
 */
export async function roomBeside(
  input: ReadInput,
  status: ModelStatus,
  core: Core,
  signal: AbortSignal,
): Promise<number | null> {
  if (status.window === null) return null
  const texts = new Map(input.blobs.map(({ hash, bytes }) => [hash, Buffer.from(bytes).toString('utf8')]))
  const sections = sourceSections(input, (hash) => texts.get(hash) ?? '')
  const messages = promptMessages('', sections.map(({ text }) => text).join('\n\n'))
  const room = promptBudget(status.window, core.settings.openai_max_tokens) - roomForTask
  const { tokens } = await countPrompt(messages, core.model(), signal, room)
  if (tokens <= room) return room - tokens
  const figures = `${counted(tokens, 'token')}, and a slot of the server (${counted(status.window, 'token')}) has room for ${count(Math.max(0, room))} of them`
  throw new AppError('invalid', `The documents are too long for this server: they have ${figures}.`, {
    hint: 'Split them, or start llama-server with a larger --ctx-size or a smaller --parallel (each slot holds --ctx-size divided by --parallel).',
  })
}

/** A new run's id: sorts by time, to the millisecond, short enough to type. */
export function createRunId(now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)
  // Of the six letters after the second the first two tell its thousandths, so that names sort as runs began.
  const inLetters = (value: number, length: number) => value.toString(36).padStart(length, '0')
  return `${stamp}-${inLetters(now.getMilliseconds(), 2)}${inLetters(randomInt(36 ** 4), 4)}`
}
