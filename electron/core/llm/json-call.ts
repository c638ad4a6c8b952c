import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { exchange } from './exchange.ts'
import { createGuardedRequest } from './guarded-request.ts'
import { ModelError } from './model-error.ts'
import { parseJson } from '../parse-json.ts'

/** Asks for a small piece of JSON at a full address: with POST where a body is given. */
export type JsonCall = <T>(
  url: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
  body?: object,
) => Promise<T>

const largest = 32 * 2 ** 20

/** Makes the call for all but streamed answers. Rejects with a ModelError when what comes is not as the schema says. */
export function createJsonCall(endpoint: Endpoint, key: string, seconds: number): JsonCall {
  const request = createGuardedRequest(endpoint, key, 'application/json')
  return (url, schema, caller, body) =>
    exchange(endpoint.base, seconds, caller, async ({ signal }) => {
      const init = body ? { method: 'POST', body: JSON.stringify(body), signal } : { signal }
      const text = await readText(await request(new URL(url), init), url)
      const result = schema.safeParse(parseJson(text))
      if (result.success) return result.data
      throw unexpected(`${url} answered something else than expected.`, result.error)
    })
}

async function readText(response: IncomingMessage, url: string): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    if ((bytes += chunk.length) > largest)
      throw unexpected(`${url} answered with more than ${largest >> 20} MB.`)
  }
  return Buffer.concat(chunks).toString()
}

function unexpected(message: string, cause?: unknown): ModelError {
  return new ModelError('malformed', message, {
    hint: 'See whether OPENAI_API_BASE is the address of a model server, and nothing sits in between.',
    cause,
  })
}
