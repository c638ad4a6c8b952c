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
const Wire = z.object({
  choices: z.array(z.object({ delta: Delta.nullish(), finish_reason: z.string().nullish() })).nullish(),
  usage: z
    .object({
      prompt_tokens: z.int(),
      completion_tokens: z.int(),
      prompt_tokens_details: z.object({ cached_tokens: z.int().nullish() }).nullish(),
    })
    .nullish(),
  prompt_progress: z.object({ processed: z.int(), total: z.int() }).nullish(),
})

/** What one event of a streamed answer says. */
export type Chunk = {
  text: string
  thinking: string
  prompt: { done: number; total: number } | undefined
  finish: string | undefined
  usage: Usage | undefined
}

/** Reads the data of one event. Throws a ModelError for an error that the server sent, and for what is no chunk. */
export function parseChunk(data: string, base: string): Chunk {
  const json = parseJson(data, base)
  const error = errorOfEvent(base, json)
  if (error) throw error
  const wire = Wire.safeParse(json)
  if (!wire.success) throw unreadable(base, wire.error)
  const { choices, usage, prompt_progress: progress } = wire.data
  const delta = choices?.[0]?.delta
  return {
    text: delta?.content ?? '',
    thinking: delta?.reasoning_content ?? delta?.reasoning ?? '',
    prompt: progress ? { done: progress.processed, total: progress.total } : undefined,
    finish: choices?.[0]?.finish_reason ?? undefined,
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
    hint: 'It is asked again. If this goes on, see whether a proxy or another program sits in between.',
    cause,
  })
}
