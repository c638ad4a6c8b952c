import { z } from 'zod'
import { ModelError } from './model-error.ts'
import { parseJson } from '../parse-json.ts'

const Details = z.object({
  code: z.unknown().optional(),
  message: z.string().catch(''),
  type: z.string().catch(''),
  n_prompt_tokens: z.int().optional().catch(undefined),
  n_ctx: z.int().optional().catch(undefined),
})
const Body = z.object({ error: Details.or(z.string().transform((message) => Details.parse({ message }))) })
type Details = z.infer<typeof Details>

/** Errors of 500 that another try may not meet: a pool that other requests had filled, a sample out of format. */
const passing = ['Context size has been exceeded', 'does not match the expected']

/** Says what an answer with an error status means. `retryAfter` is the header of that name. */
export function errorOfStatus(base: string, status: number, body: string, retryAfter?: string): ModelError {
  const parsed = Body.safeParse(parseJson(body))
  return errorOf(base, status, parsed.success ? parsed.data.error : Details.parse({}), toMs(retryAfter))
}

/** Says what an error that came within a stream means; undefined where the value is none. */
export function errorOfEvent(base: string, event: unknown): ModelError | undefined {
  const parsed = Body.safeParse(event)
  if (!parsed.success) return undefined
  return errorOf(base, Number(parsed.data.error.code), parsed.data.error, null)
}

function errorOf(base: string, status: number, details: Details, retryAfterMs: number | null): ModelError {
  const said = details.message ? `: ${plain(details.message)}` : '.'
  if (details.type === 'exceed_context_size_error') return overflow(base, details)
  if (status === 401 || status === 403)
    return new ModelError('key', `The server at ${base} does not accept the API key.`, {
      hint: 'Set LLAMA_API_KEY to the key that the server was started with (--api-key).',
    })
  if (status === 404)
    return new ModelError('missing', `The server at ${base} has no such path or model${said}`, {
      hint: 'OPENAI_API_BASE usually ends in /v1. OPENAI_API_MODEL has to be one that the server lists.',
    })
  if (status === 503 && /loading/i.test(details.message))
    return new ModelError('loading', `The server at ${base} is still loading its model.`, {
      hint: 'Wait until it is ready; a large model takes minutes.',
      retryAfterMs,
    })
  if (
    [408, 425, 429, 502, 503, 504].includes(status) ||
    passing.some((text) => details.message.includes(text))
  )
    return new ModelError('busy', `The server at ${base} could not take the request now${said}`, {
      hint: 'If this goes on, set max_concurrent_agents lower or give the server more slots.',
      retryAfterMs,
    })
  if (status >= 300 && status < 400)
    return new ModelError(
      'server',
      `The server at ${base} sends requests elsewhere, and Paddock does not follow.`,
      {
        hint: 'Set OPENAI_API_BASE to the address of the model server itself.',
      },
    )
  const number = Number.isInteger(status) ? ` (${status})` : ''
  return new ModelError('server', `The server at ${base} failed${number}${said}`, {
    hint: 'The same request would fail again: see what the server wrote in its log.',
  })
}

function overflow(base: string, { n_prompt_tokens: prompt, n_ctx: window }: Details): ModelError {
  const known = prompt !== undefined && window !== undefined
  const figures = known ? `: ${prompt} tokens, and a slot holds ${window}` : ''
  return new ModelError('context', `The request is too long for the server at ${base}${figures}.`, {
    hint: 'Start the server with a larger context (-c), or with fewer slots (-np), or give it less to read.',
    overflow: known ? { prompt, window } : null,
  })
}

/** The server's own words, fit for one line of a message. */
function plain(text: string): string {
  const line = text
    .slice(0, 400)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return text.length > 400 ? `${line} ...` : line
}

function toMs(retryAfter: string | undefined): number | null {
  if (!retryAfter) return null
  const seconds = Number(retryAfter)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
