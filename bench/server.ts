/** The scripted streaming server, as a process of its own: see scripted-server.ts. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { answerTokens } from './answer-tokens.ts'
import { defaultScript, type Script } from './script.ts'

type Body = { messages: { content: string }[] }

let script = defaultScript
let busy = 0
const waiting: (() => void)[] = []
/** What `Seen` says, as it can be sent. */
type Sent = { began: string[]; closed: string[]; busyMs: number }
const nothing = (): Sent => ({ began: [], closed: [], busyMs: 0 })
let seen: Sent = nothing()

async function chat(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { messages } = JSON.parse(await readBody(request)) as Body
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) seen.closed.push(now())
    gone.abort()
  })
  if (busy >= script.slots) await new Promise<void>((resolve) => waiting.push(resolve))
  else busy++
  const start = performance.now()
  try {
    const named = [...(messages.at(-1)?.content ?? '').matchAll(/step (\d+)\./g)].at(-1)
    const step = Number(named?.[1] ?? 1)
    await sleepFor(script.delays[step] ?? 0, gone.signal)
    await stream(response, step)
  } finally {
    seen.busyMs += performance.now() - start
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
}

async function stream(response: ServerResponse, step: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const closed = new Promise((resolve) => response.once('close', resolve))
  const tokens = answerTokens(
    step,
    typeof script.tokens === 'number' ? script.tokens : (script.tokens[step] ?? 50),
  )
  response.write(frame({ role: 'assistant', content: null }))
  seen.began.push(now())
  const start = performance.now()
  for (const [index, content] of tokens.entries()) {
    if (response.destroyed) return
    if (script.tokensPerSecond !== null)
      await sleepFor(start + (index / script.tokensPerSecond) * 1000 - performance.now())
    // A model's tokens come one by one: each goes out before the next is made.
    else if (!script.isFlood) await nextTurn()
    if (!response.write(frame({ content }))) await Promise.race([once(response, 'drain'), closed])
  }
  response.write(frame({}, 'stop'))
  const usage = { prompt_tokens: 500, completion_tokens: tokens.length, total_tokens: 500 + tokens.length }
  response.write(`data: ${JSON.stringify({ choices: [], ...identity, usage })}\n\n`)
  response.end('data: [DONE]\n\n')
}

const identity = {
  created: 1795347118,
  id: 'chatcmpl-bench000000000000000000000000000',
  model: 'bench',
  system_fingerprint: 'b11669',
  object: 'chat.completion.chunk',
}

const frame = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ finish_reason, index: 0, delta }], ...identity })}\n\n`

const now = () => String(process.hrtime.bigint())

const sleepFor = async (ms: number, signal?: AbortSignal) =>
  void (ms > 0 && (await sleep(ms, undefined, signal ? { signal } : {})))

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** What llama-server says beside answers; its tokenizer is one that takes four characters each. */
const calls: Readonly<Record<string, (body: () => Promise<string>) => object | Promise<object>>> = {
  '/v1/models': () => ({ object: 'list', data: [{ id: 'bench', object: 'model' }] }),
  '/props': () => ({ total_slots: script.slots, default_generation_settings: { n_ctx: 32_768 } }),
  '/apply-template': async (body) => ({
    prompt: (JSON.parse(await body()) as Body).messages.map(({ content }) => content).join('\n'),
  }),
  '/tokenize': async (body) => {
    const { content } = JSON.parse(await body()) as { content: string }
    return { tokens: Array.from({ length: Math.ceil(content.length / 4) }, (_, index) => index) }
  },
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/chat/completions') return chat(request, response)
  const call = calls[request.url ?? '']
  if (!call) return void response.writeHead(404).end('{}')
  const value = await call(() => readBody(request))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy())
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
await once(server, 'listening')

process.on('message', (message: Script | 'seen') => {
  if (message === 'seen') {
    process.send?.(seen)
    seen = nothing()
  } else {
    script = message
    process.send?.('configured')
  }
})
process.on('disconnect', () => process.exit())
process.send?.((server.address() as AddressInfo).port)
