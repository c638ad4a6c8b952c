import { request } from 'node:http'
import OpenAI from 'openai'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startScriptedEndpoint, type ScriptedEndpoint, type ScriptedOptions } from './scripted-endpoint.ts'

let endpoint: ScriptedEndpoint
const start = async (options: Partial<ScriptedOptions> = {}) =>
  (endpoint = await startScriptedEndpoint({ answer: () => ({ text: 'Hello, world' }), ...options }))
afterEach(() => endpoint.stop())

type Chunk = {
  choices: { delta: { role?: string; content?: string | null }; finish_reason: string | null }[]
  prompt_progress?: { total: number; processed: number }
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number }
  timings?: { predicted_n: number; predicted_ms: number }
}

const post = (body: object, signal?: AbortSignal) =>
  fetch(`${endpoint.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
const ask = (more: object = {}, signal?: AbortSignal) =>
  post({ messages: [{ role: 'user', content: '12345678' }], stream: true, ...more }, signal)

async function readChunks(response: Response): Promise<Chunk[]> {
  const events = (await response.text()).split('\n\n').filter(Boolean)
  expect(events.pop()).toBe('data: [DONE]')
  return events.map((event) => JSON.parse(event.replace(/^data: /, '')))
}

const textOf = (chunks: Chunk[]) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')

describe('a stream', () => {
  test('has the chunks of llama-server: role, contents, finish, usage', async () => {
    await start()
    const response = await ask({ stream_options: { include_usage: true } })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const chunks = await readChunks(response)
    expect(chunks.map((chunk) => chunk.choices[0])).toEqual([
      { finish_reason: null, index: 0, delta: { role: 'assistant', content: null } },
      { finish_reason: null, index: 0, delta: { content: 'Hell' } },
      { finish_reason: null, index: 0, delta: { content: 'o, w' } },
      { finish_reason: null, index: 0, delta: { content: 'orld' } },
      { finish_reason: 'stop', index: 0, delta: {} },
      undefined,
    ])
    expect(chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 })
  })

  test('has no usage where none was asked for, but timings with the finish', async () => {
    await start()
    const chunks = await readChunks(await ask())
    expect(chunks.some((chunk) => chunk.usage)).toBe(false)
    expect(chunks.at(-1)?.timings?.predicted_n).toBe(3)
  })

  test('tells how far the prompt is when asked', async () => {
    await start()
    const progress = (await readChunks(await ask({ return_progress: true }))).flatMap((chunk) =>
      chunk.prompt_progress ? [chunk.prompt_progress] : [],
    )
    expect(progress.map(({ processed }) => processed)).toEqual([0, 1, 1, 2])
    expect(progress.every(({ total }) => total === 2)).toBe(true)
  })

  test('never runs ahead of its pace, and keeps every character', async () => {
    const text = 'Grüße, 👩‍🚀! '.repeat(10)
    await start({ answer: () => ({ text }), tokensPerSecond: 400, firstTokenMs: 8 })
    const chunks = await readChunks(await ask())
    expect(textOf(chunks)).toBe(text)
    const { predicted_n, predicted_ms } = chunks.at(-1)!.timings!
    expect(predicted_ms).toBeGreaterThanOrEqual((predicted_n / 400) * 1000)
  })

  test('carries 200 kB, and an empty answer', async () => {
    const text = 'line\n'.repeat(40_000)
    await start({ answer: (messages) => ({ text: messages[0]?.content === 'long' ? text : '' }) })
    const long = await ask({ messages: [{ role: 'user', content: 'long' }] })
    expect(textOf(await readChunks(long))).toBe(text)
    expect((await readChunks(await ask())).map((chunk) => chunk.choices[0]?.finish_reason)).toEqual([
      null,
      'stop',
    ])
  })

  test('is understood by the openai client', async () => {
    await start()
    const client = new OpenAI({ baseURL: endpoint.url, apiKey: 'none', maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const stream = await client.chat.completions.create({ model: 'any', messages, stream: true })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe('Hello, world')
  })
})

describe('slots', () => {
  test('a request waits until one is free, and a client that goes away frees its own', async () => {
    await start({ slots: 1, tokensPerSecond: 0.001 })
    const [first, queued, last] = [new AbortController(), new AbortController(), new AbortController()]
    const running = await ask({}, first.signal)
    const started: string[] = []
    const watch = async (name: string, signal: AbortSignal) => {
      await ask({}, signal)
      started.push(name)
    }
    const abandoned = watch('queued', queued.signal)
    await vi.waitUntil(() => endpoint.requests() === 2)
    const patient = watch('last', last.signal)
    await vi.waitUntil(() => endpoint.requests() === 3)
    expect(started).toEqual([])

    queued.abort()
    await expect(abandoned).rejects.toThrow(/abort/)
    expect(started).toEqual([])

    first.abort()
    await expect(running.text()).rejects.toThrow(/abort/)
    await patient
    expect(started).toEqual(['last'])
    last.abort()
  })

  test('as many run at once as there are', async () => {
    await start({ slots: 2, tokensPerSecond: 0.001 })
    const responses = await Promise.all([ask(), ask()])
    expect(responses.map(({ status }) => status)).toEqual([200, 200])
  })

  test('stop ends what is running', async () => {
    await start({ tokensPerSecond: 0.001 })
    const response = await ask()
    await endpoint.stop()
    await expect(response.text()).rejects.toThrow()
    await expect(ask()).rejects.toThrow()
  })
})

describe('what the server says of itself', () => {
  test.each([
    ['/health', { status: 'ok' }],
    ['/v1/models', { data: [{ id: 'tiny', meta: { n_ctx: 4096 } }] }],
    ['/props', { total_slots: 3, default_generation_settings: { n_ctx: 4096 }, model_alias: 'tiny' }],
  ])('%s', async (path, body) => {
    await start({ model: 'tiny', slots: 3, window: 4096 })
    const response = await fetch(new URL(path, endpoint.url))
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(await response.json()).toMatchObject(body)
  })
})

describe('refusals', () => {
  test.each([
    ['no messages', { stream: true }, 400, /messages/],
    ['no stream', { messages: [{ role: 'user', content: '' }] }, 400, /only streams/],
    ['a body over the limit', { messages: 'x'.repeat(17 * 1024 * 1024) }, 413, /at most/],
  ])('%s', async (_, body, status, message) => {
    await start()
    const response = await post(body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error: { code: status, message: expect.stringMatching(message), type: 'invalid_request_error' },
    })
    expect(endpoint.requests()).toBe(0)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'the content type %s, which a web page may send unasked',
    async (type) => {
      await start()
      const url = `${endpoint.url}/chat/completions`
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: '{}' })
      expect(response.status).toBe(415)
      expect(endpoint.requests()).toBe(0)
    },
  )

  test.each(['localhost', 'evil.example', '127.0.0.1:1', '127.0.0.1.evil.example'])(
    'the Host %s, which a rebound name would send',
    async (host) => {
      await start()
      const status = await new Promise((resolve, reject) => {
        const sent = request(`${endpoint.url}/models`, { headers: { host } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        sent.on('error', reject).end()
      })
      expect(status).toBe(403)
    },
  )

  test('a preflight, another path and another method', async () => {
    await start()
    for (const [path, method] of [
      ['/v1/chat/completions', 'OPTIONS'],
      ['/v1/embeddings', 'POST'],
      ['/v1/chat/completions', 'GET'],
    ] as const) {
      const response = await fetch(new URL(path, endpoint.url), { method })
      expect(response.status).toBe(404)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('what the script refuses, before it takes a slot', async () => {
    await start({ answer: () => ({ status: 409, message: 'Not this one.' }) })
    const response = await ask()
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 409, message: 'Not this one.' } })
    expect(endpoint.requests()).toBe(1)
  })

  test('a script that fails gives status 500, and the server lives on', async () => {
    await start({
      answer: () => {
        throw new Error('The script broke.')
      },
    })
    expect((await ask()).status).toBe(500)
    expect((await fetch(new URL('/health', endpoint.url))).status).toBe(200)
  })
})
