import type { OpenAI } from 'openai'
import type { Settings } from '../../../shared/settings.ts'
import { parseChunk } from './chunk.ts'
import type { Endpoint } from './endpoint.ts'
import { exchange } from './exchange.ts'
import type { GuardedResponse } from './openai-client.ts'
import { ModelError } from './model-error.ts'
import type { AnswerOptions, ModelAnswer, ModelRequest } from './model.ts'
import { readEvents } from './sse.ts'

/** Streams one answer of the named model. */
export type Chat = (model: string, request: ModelRequest, options: AnswerOptions) => Promise<ModelAnswer>

/** Makes the call for streamed answers of one server. */
export function createChat(endpoint: Endpoint, settings: Settings): Chat {
  const { base } = endpoint
  let client: Promise<OpenAI> | undefined
  return (model, request, { signal: caller, onProgress }) =>
    exchange(base, request.timeout ?? settings.llm_timeout, caller, async ({ signal, alive }) => {
      const { chat } = await (client ??= loadClient(endpoint, settings.openai_api_key))
      const start = performance.now()
      let firstTokenMs: number | null = null
      let finish: string | undefined
      let usage = { prompt: 0, completion: 0, cached: 0 }
      const response = await chat.completions.create(toBody(model, request), { signal }).asResponse()
      // The SDK's own reader costs several times as much, and takes a damaged stream for a whole one.
      await readEvents((response as GuardedResponse).message, signal, (data) => {
        const chunk = parseChunk(data, base)
        if (chunk.text || chunk.thinking) firstTokenMs ??= performance.now() - start
        if (chunk.text || chunk.thinking || chunk.prompt) alive()
        if (chunk.prompt) onProgress({ kind: 'prompt', ...chunk.prompt })
        if (chunk.thinking) onProgress({ kind: 'thinking', text: chunk.thinking })
        if (chunk.text) onProgress({ kind: 'text', text: chunk.text })
        finish = chunk.finish ?? finish
        usage = chunk.usage ?? usage
      })
      return { finish: checkFinish(finish, base), usage, firstTokenMs, ms: performance.now() - start }
    })
}

async function loadClient(endpoint: Endpoint, key: string): Promise<OpenAI> {
  // Imported late: with the web's own classes, which it uses, it takes longer to load than all else.
  const { createClient } = await import('./openai-client.ts')
  return createClient(endpoint, key)
}

function toBody(model: string, { messages, maxTokens, temperature, schema }: ModelRequest) {
  return {
    model,
    messages: [...messages],
    max_tokens: maxTokens,
    temperature,
    stream: true as const,
    stream_options: { include_usage: true },
    // llama-server's own; other servers pass over them.
    cache_prompt: true,
    return_progress: true,
    ...(schema && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: schema.name, strict: true, schema: { ...schema.schema } },
      },
    }),
  }
}

/** Only the server's word makes an answer complete: the end of the stream does not. */
function checkFinish(finish: string | undefined, base: string): ModelAnswer['finish'] {
  if (finish === 'stop' || finish === 'length') return finish
  if (finish === undefined)
    throw new ModelError('cut', `The answer of the server at ${base} stopped in the middle.`, {
      hint: 'If this goes on, see what the server wrote in its log.',
    })
  throw new ModelError(
    'server',
    `The server at ${base} ended its answer with ${JSON.stringify(finish.slice(0, 80))}.`,
    {
      hint: 'Paddock asks for plain text only: see whether this model and its template are meant for chat.',
    },
  )
}
