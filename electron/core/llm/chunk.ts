import { z } from 'zod'
import type { Usage } from '../../../shared/model.ts'
import { ModelError } from './model-error.ts'
import { errorOfEvent } from './server-error.ts'

const Delta = z.object({
  content: z.string().nullish(),
  /** llama-server's name for what a model thinks, and the one of some others. */
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
})
const Choice = z.object({
  index: z.int().nullish(),
  delta: Delta.nullish(),
  finish_reason: z.string().nullish(),
})
// Figures are extras: nonsense in them makes no answer unreadable.
const Wire = z.object({
  choices: z.array(Choice).nullish(),
  usage: z
    .object({
      prompt_tokens: z.int(),
      completion_tokens: z.int(),
      prompt_tokens_details: z.object({ cached_tokens: z.int().nullish() }).nullish(),
    })
    .nullish()
    .catch(null),
  prompt_progress: z.object({ processed: z.int(), total: z.int() }).nullish().catch(null),
})

/** What one event of a streamed answer says. */
export type Chunk = {
  text: string
  thinking: string
  prompt: { done: number; total: number } | undefined
  finish: string | undefined
  usage: Usage | undefined
}

/**
 * A piece of an answer and nothing beside it, as nearly all events are: to look at it by hand costs a tenth of what the
 * schema does. Null for anything else.
 */
function readPlain(json: unknown): Chunk | null {
  const { choices, usage, prompt_progress, error } = (json ?? {}) as Partial<Record<string, unknown>>
  if (error !== undefined || (usage ?? prompt_progress) != null) return null
  if (!Array.isArray(choices) || choices.length !== 1) return null
  const { index, delta, finish_reason } = (choices[0] ?? {}) as Partial<Record<string, unknown>>
  if (index !== 0 || finish_reason != null) return null
  const { content, reasoning_content, reasoning } = (delta ?? {}) as Partial<Record<string, unknown>>
  if (typeof content !== 'string' || (reasoning_content ?? reasoning) != null) return null
  return { text: content, thinking: '', prompt: undefined, finish: undefined, usage: undefined }
}

/** Reads the data of one event. Throws a ModelError for an error that the server sent, and for what is no chunk. */
export function parseChunk(data: string, base: string): Chunk {
  const json = parseJson(data, base)
  const plain = readPlain(json)
  if (plain) return plain
  const error = errorOfEvent(base, json)
  if (error) throw error
  const wire = Wire.safeParse(json)
  if (!wire.success) throw unreadable(base, wire.error)
  const { choices, usage, prompt_progress: progress } = wire.data
  // One answer was asked for: what a server says beside it is not mixed in.
  const first = choices?.find(({ index }) => !index)
  const delta = first?.delta
  return {
    text: delta?.content ?? '',
    thinking: delta?.reasoning_content ?? delta?.reasoning ?? '',
    prompt: progress ? { done: progress.processed, total: progress.total } : undefined,
    finish: first?.finish_reason ?? undefined,
    usage: usage
      ? {
          prompt: usage.prompt_tokens,
          completion: usage.completion_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
        }
      : undefined,
  }
}

function parseJson(data: string, base: string): unknown {
  try {
    return JSON.parse(data)
  } catch (cause) {
    throw unreadable(base, cause)
  }
}

function unreadable(base: string, cause: unknown): ModelError {
  return new ModelError('malformed', `The server at ${base} sent an answer that cannot be read.`, {
    hint: 'If this goes on, see whether a proxy or another program sits in between.',
    cause,
  })
}
