import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Slots } from '../llm/slots.ts'

/** What a script says to one request: a text to stream, or an error in llama-server's form. */
export type ScriptedReply = { text: string } | { status: number; message: string }

/** What a scripted server says, and how it behaves. */
export type ScriptedOptions = {
  answer: (messages: ChatMessage[]) => ScriptedReply | Promise<ScriptedReply>
  /** The name that the server gives its model. */
  model?: string
  /** Requests that are answered at once; others wait in the order in which they came. */
  slots?: number
  /** Tokens that one slot is said to hold. Nothing is cut there. */
  window?: number
  /** Pace of each answer; a token is four characters. Infinity: as fast as the client reads. */
  tokensPerSecond?: number
  /** How long a prompt takes before its first token. */
  firstTokenMs?: number
}

/** A scripted server that runs. */
export type ScriptedEndpoint = {
  /** The base of its OpenAI-like calls, such as `http://127.0.0.1:40123/v1`. */
  url: string
  /** Well-formed chat requests that have arrived so far, refused ones included. */
  requests(): number
  stop(): Promise<void>
}

const ChatMessage = z.object({ role: z.string(), content: z.string() })
type ChatMessage = z.infer<typeof ChatMessage>

const ChatRequest = z.object({
  messages: z.array(ChatMessage).min(1),
  stream: z.literal(true, 'This server only streams: set "stream" to true.'),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  return_progress: z.boolean().nullish(),
})
type ChatRequest = z.infer<typeof ChatRequest>

const maximumBodyBytes = 16 * 1024 * 1024
const tickMs = 20
const tokensPerWrite = 256
const progressSteps = 4

class Refusal extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, message: string, type = 'invalid_request_error') {
    super(message)
    this.status = status
    this.type = type
  }
}

/**
 * Starts a model server without a model on a free port of 127.0.0.1: it speaks like llama-server and says what a
 * script tells it. It answers only requests for its own address, with JSON bodies, so no web page can drive it.
 */
export async function startScriptedEndpoint(options: ScriptedOptions): Promise<ScriptedEndpoint> {
  const {
    answer,
    model = 'scripted',
    window = 32_768,
    tokensPerSecond = Infinity,
    firstTokenMs = 0,
  } = options
  const slots = new Slots(options.slots ?? 1)
  let host = ''
  let requests = 0

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host) throw new Refusal(403, `This server answers only at ${host}.`)
    switch (`${request.method} ${request.url?.split('?')[0]}`) {
      case 'GET /health':
      case 'GET /v1/health':
        return sendJson(response, 200, { status: 'ok' })
      case 'GET /models':
      case 'GET /v1/models':
        return sendJson(response, 200, describeModels(model, window))
      case 'GET /props':
        return sendJson(response, 200, describeServer(model, window, slots.capacity))
      case 'POST /v1/chat/completions':
        return chat(request, response)
      default:
        throw new Refusal(404, 'File Not Found', 'not_found_error')
    }
  }

  async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const chatRequest = parseRequest(await readJson(request))
    requests++
    const reply = await answer(chatRequest.messages)
    if ('status' in reply) throw new Refusal(reply.status, reply.message)
    const release = await slots.acquire({ age: 0, priority: 0 }, gone.signal)
    try {
      await streamAnswer(response, {
        request: chatRequest,
        text: reply.text,
        model,
        tokensPerSecond,
        firstTokenMs,
        signal: gone.signal,
      })
    } finally {
      release()
    }
  }

  const server = process.getBuiltinModule('node:http').createServer((request, response) => {
    route(request, response).catch((error: unknown) => sendError(response, error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const closed = once(server, 'close')
  return {
    url: `http://${host}/v1`,
    requests: () => requests,
    async stop() {
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

type Answer = {
  request: ChatRequest
  text: string
  model: string
  tokensPerSecond: number
  firstTokenMs: number
  signal: AbortSignal
}

/** Streams one answer in llama-server's chunks. Rejects as soon as the signal says that the client has gone. */
async function streamAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  const { request, signal } = answer
  const tokens = splitTokens(answer.text)
  const promptTokens = request.messages.reduce((sum, { content }) => sum + Math.ceil(content.length / 4), 0)
  const identity = {
    created: Math.floor(Date.now() / 1000),
    id: `chatcmpl-${crypto.randomUUID()}`,
    model: answer.model,
    object: 'chat.completion.chunk',
  }
  const event = (choices: object[], more: object = {}) =>
    `data: ${JSON.stringify({ choices, ...identity, ...more })}\n\n`
  const delta = (content: object, finish: string | null = null, more: object = {}) =>
    event([{ finish_reason: finish, index: 0, delta: content }], more)
  const role = { role: 'assistant', content: null }

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  const promptStart = performance.now()
  for (let step = 1; step <= progressSteps; step++) {
    await sleep(answer.firstTokenMs / progressSteps, undefined, { signal })
    if (!request.return_progress) continue
    const processed = Math.floor((promptTokens * step) / progressSteps)
    const time_ms = Math.round(performance.now() - promptStart)
    const prompt_progress = { total: promptTokens, cache: 0, processed, time_ms }
    response.write(delta(role, null, { prompt_progress }))
  }

  const answerStart = performance.now()
  response.write(delta(role))
  await writePaced(response, tokens, answer.tokensPerSecond, signal, (content) => delta({ content }))
  const timings = {
    ...describePhase('prompt', promptTokens, answerStart - promptStart),
    ...describePhase('predicted', tokens.length, performance.now() - answerStart),
    cache_n: 0,
  }
  const usage = {
    completion_tokens: tokens.length,
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + tokens.length,
    prompt_tokens_details: { cached_tokens: 0 },
  }
  const wantsUsage = request.stream_options?.include_usage === true
  response.write(delta({}, 'stop', wantsUsage ? {} : { timings }))
  if (wantsUsage) response.write(event([], { usage, timings }))
  response.end('data: [DONE]\n\n')
}

/** Writes tokens as they fall due by the clock, so that late timers do not slow the pace. */
async function writePaced(
  response: ServerResponse,
  tokens: readonly string[],
  tokensPerSecond: number,
  signal: AbortSignal,
  frame: (token: string) => string,
): Promise<void> {
  const start = performance.now()
  let sent = 0
  while (sent < tokens.length) {
    const due =
      tokensPerSecond === Infinity
        ? tokens.length
        : Math.min(tokens.length, Math.floor(((performance.now() - start) / 1000) * tokensPerSecond))
    if (due <= sent) {
      await sleep(tickMs, undefined, { signal })
      continue
    }
    const next = Math.min(due, sent + tokensPerWrite)
    if (!response.write(tokens.slice(sent, next).map(frame).join('')))
      await once(response, 'drain', { signal })
    sent = next
  }
}

/** Four characters each; a surrogate pair is never cut in two. */
function splitTokens(text: string): string[] {
  return text.match(/.{1,4}/gsu) ?? []
}

function describePhase(name: 'prompt' | 'predicted', tokens: number, ms: number): object {
  const seconds = Math.max(ms, 0.001) / 1000
  return { [`${name}_n`]: tokens, [`${name}_ms`]: ms, [`${name}_per_second`]: tokens / seconds }
}

function describeModels(model: string, window: number): object {
  const entry = { id: model, object: 'model', owned_by: 'paddock', meta: { n_ctx: window } }
  return { object: 'list', data: [entry] }
}

function describeServer(model: string, window: number, slots: number): object {
  return { default_generation_settings: { n_ctx: window }, total_slots: slots, model_alias: model }
}

function parseRequest(body: unknown): ChatRequest {
  const parsed = ChatRequest.safeParse(body)
  if (!parsed.success) throw new Refusal(400, z.prettifyError(parsed.error))
  return parsed.data
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, 'The body has to be application/json.')
  const chunks: Buffer[] = []
  let bytes = 0
  // What is over the limit is read and dropped: to stop reading would break the connection before the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maximumBodyBytes) chunks.push(chunk)
  }
  if (bytes > maximumBodyBytes) throw new Refusal(413, `A body may have at most ${maximumBodyBytes} bytes.`)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new Refusal(400, 'The body is not JSON.')
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}

/** Says what went wrong where that is still possible; a client that has gone needs no answer. */
function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy()
  const { status, type } = error instanceof Refusal ? error : { status: 500, type: 'server_error' }
  const message = error instanceof Error ? error.message : String(error)
  sendJson(response, status, { error: { code: status, message, type } })
}
