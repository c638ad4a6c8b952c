import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { ask, createTestModel, prompt, type Outcome } from '../../../e2e/fixtures/ask.ts'
import { faults, streamed, type Answer } from '../../../e2e/fixtures/fault-answers.ts'
import { startFaultServer, type FaultServer, type Plan } from '../../../e2e/fixtures/fault-server.ts'

let server: FaultServer
afterEach(() => server.stop())

async function askServer(plan: Plan, seconds = 5, signal?: AbortSignal): Promise<Outcome> {
  server = await startFaultServer(plan)
  return await ask(createTestModel(server.base, { llm_timeout: seconds }), {}, signal)
}

const hello = 'Grüße, 世界! 🦙 End.'

describe('answers that are whole (L1)', () => {
  const whole: [what: string, answer: string | Answer][] = [
    ['a plain one', hello],
    ['one byte at a time', { ...streamed(hello), write: 1 }],
    ['letters split between packets', { ...streamed(hello), write: 7 }],
    ['CRLF', streamed(hello, { lineEnd: '\r\n' })],
    ['pings in between', streamed(hello, { before: ':\n\n' })],
    ['a byte order mark', streamed(hello, { start: '\uFEFF' })],
    ['[DONE] twice', streamed(hello, { done: 2 })],
    ['no [DONE]', streamed(hello, { done: 0 })],
    ['an error of null', streamed(hello, { start: 'data: {"error":null,"choices":[]}\n\n' })],
    ['data after [DONE]', streamed(hello, { end: 'data: {"choices":[{"delta":{"content":"late"}}]}\n\n' })],
    ['a server that takes its time', { ...streamed(hello), write: 400, delayMs: 100 }],
  ]
  test.each(whole)('%s', async (_, answer) => {
    const { text, answer: got, error } = await askServer(() => answer)
    expect({ text, error }).toEqual({ text: hello, error: undefined })
    expect(got).toMatchObject({ finish: 'stop', usage: { completion: 4, cached: 0 } })
    expect(got!.firstTokenMs).toBeGreaterThan(0)
    expect(got!.ms).toBeGreaterThanOrEqual(got!.firstTokenMs!)
  })

  test('one at its limit says so', async () => {
    const { text, answer } = await askServer(() => streamed(hello, { finish: 'length' }))
    expect({ text, finish: answer?.finish }).toEqual({ text: hello, finish: 'length' })
  })

  test('an answer of no words is one: the server called it finished', async () => {
    const { text, answer, error } = await askServer(() => streamed(''))
    expect({ text, error }).toEqual({ text: '', error: undefined })
    expect(answer).toMatchObject({ finish: 'stop', firstTokenMs: null })
  })

  test('thoughts and progress are told apart from the text', async () => {
    const { text, thinking, progress } = await askServer(() =>
      streamed(hello, { thinking: 'Let me think.', progress: [4, 10] }),
    )
    expect({ text, thinking, progress }).toEqual({
      text: hello,
      thinking: 'Let me think.',
      progress: ['4/10', '10/10'],
    })
  })

  test('bytes that are not UTF-8 become U+FFFD', async () => {
    const { text, answer } = await askServer(() => faults.invalidUtf8())
    expect({ text, finish: answer?.finish }).toEqual({ text: 'a\uFFFDb', finish: 'stop' })
  })

  test('signs of life keep a slow answer going beyond llm_timeout: text, thoughts and progress', async () => {
    const parts = streamed('Slow but sure. '.repeat(2), { thinking: 'Hm, hm, hm.', progress: [2, 4, 6] })
      .body.toString()
      .split(/(?<=\n\n)/)
    const slow = { ...streamed(''), body: parts, everyMs: 40 }
    const { text, answer } = await askServer(() => slow, 0.3)
    expect(text).toBe('Slow but sure. '.repeat(2))
    expect(answer!.ms).toBeGreaterThan(300)
  })
})

describe('answers that are not, each by its name and never a success (L1)', () => {
  const broken: [what: string, answer: Answer, kind: string, transient: boolean, seconds?: number][] = [
    ['a clean end in the middle', faults.cut(hello), 'cut', true],
    ['an empty stream', faults.empty(), 'cut', true],
    ['the connection dies before the first byte', faults.drop(hello, 0), 'dropped', true],
    ['no status ever comes', faults.stall(hello, -1), 'stalled', true, 0.15],
    ['nothing follows the status', faults.stall(hello, 0), 'stalled', true, 0.15],
    ['nothing follows the first words', faults.stall(hello, 500), 'stalled', true, 0.15],
    ['only pings come', faults.pings(20), 'stalled', true, 0.15],
    ['half of an error comes', { ...faults.broken(), stallAt: 20 }, 'stalled', true, 0.15],
    ['an error event', faults.errorEvent(hello, 500, 'Something broke'), 'server', false],
    [
      'an error event: full pool',
      faults.errorEvent(hello, 500, 'Context size has been exceeded.'),
      'busy',
      true,
    ],
    ['an error event: loading', faults.errorEvent('', 503, 'Loading model'), 'loading', true],
    [
      'an error event in one word',
      streamed('', { end: 'data: {"error":"oops"}\n\n', finish: null }),
      'server',
      false,
    ],
    ['JSON that is none', faults.badJson(hello), 'malformed', true],
    ['JSON that is no chunk', streamed('', { start: 'data: 42\n\n' }), 'malformed', true],
    ['an HTML page', faults.html(), 'malformed', false],
    ['a page without a type', { ...faults.html(), headers: { 'content-type': '' } }, 'malformed', false],
    ['JSON in place of a stream', { body: '{"choices":[]}' }, 'malformed', false],
    ['no content', { status: 204, body: '' }, 'server', false],
    ['a giant line', faults.giantLine(3 * 2 ** 20), 'malformed', false],
    ['100 MB and more', faults.flood(), 'malformed', false],
    ['a gzip bomb', faults.gzipBomb(), 'malformed', false],
    ['503 while loading', faults.loading(), 'loading', true],
    ['503 for other reasons', faults.unavailable(), 'busy', true],
    ['429', faults.busy('2'), 'busy', true],
    ['502', { status: 502, body: '<html>Bad gateway' }, 'busy', true],
    ['400 for too long a prompt', faults.overflow(5003, 4096), 'context', false],
    ['400 for other reasons', faults.badRequest(), 'server', false],
    ['401', faults.badKey(), 'key', false],
    ['404', faults.missing(), 'missing', false],
    ['500', faults.broken(), 'server', false],
    ['a redirect', faults.redirect('/elsewhere'), 'server', false],
    ['an error of 1 GB', { ...faults.flood(), status: 500 }, 'server', false],
    ['finish_reason tool_calls', streamed(hello, { finish: 'tool_calls' }), 'server', false],
    ['finish_reason content_filter', streamed(hello, { finish: 'content_filter' }), 'server', false],
  ]
  test.each(broken)('%s', async (_, answer, kind, transient, seconds) => {
    const { error, answer: got } = await askServer(() => answer, seconds)
    expect(got).toBeUndefined()
    expect(error).toMatchObject({ kind, transient, message: expect.any(String), hint: expect.any(String) })
  })

  const length = Buffer.byteLength(streamed(hello).body as string)
  test.each(Array.from({ length: 12 }, (_, k) => Math.floor(((k + 1) * (length - 1)) / 12)))(
    `the connection dies at byte %i of ${length}`,
    async (k) => {
      const { text, error } = await askServer(() => faults.drop(hello, k))
      expect(error).toMatchObject({ kind: 'dropped' })
      expect(hello.startsWith(text)).toBe(true)
    },
  )

  test('what came before the failure was heard', async () => {
    const { text } = await askServer(() => faults.cut(hello))
    expect(text).toBe(hello)
  })

  test.each([
    ['2', 2000],
    ['0.5', 500],
    ['-1', 0],
    ['soon', null],
    [new Date(Date.now() - 5000).toUTCString(), 0],
  ])('Retry-After %j is told', async (header, retryAfterMs) => {
    const { error } = await askServer(() => faults.busy(header))
    expect(error).toMatchObject({ kind: 'busy', retryAfterMs })
  })

  test('too long a prompt comes with its figures', async () => {
    const { error } = await askServer(() => faults.overflow(5003, 4096))
    expect(error).toMatchObject({ overflow: { prompt: 5003, window: 4096 } })
    expect(error?.message).toContain('5003 tokens, and a slot holds 4096')
  })

  test('a redirect is not followed', async () => {
    const other = await startFaultServer(() => 'not here')
    const { error } = await askServer(() => faults.redirect(`${other.base}/chat/completions`))
    expect(error).toMatchObject({ kind: 'server' })
    expect(other.received).toEqual([])
    await other.stop()
  })

  test('the request is made once: retries belong to the caller', async () => {
    await askServer(() => faults.unavailable())
    expect(server.chats).toHaveLength(1)
  })

  test('errors say what to do next: start the server, increase the timeout, try again (S86)', async () => {
    const stalled = await askServer(() => faults.stall('', -1), 0.1)
    expect(stalled.error).toMatchObject({ hint: expect.stringContaining('increase llm_timeout') })
    await server.stop()
    const refused = await ask(createTestModel(server.base))
    expect(refused.error).toMatchObject({
      kind: 'refused',
      transient: true,
      message: `No server answers at ${server.base}.`,
      hint: expect.stringContaining('Start it:\nllama-server'),
    })
    const unreadable = await askServer(() => faults.badJson(''))
    expect(unreadable.error).toMatchObject({ transient: true, hint: expect.stringContaining('a proxy') })
  })

  test("the server's own words are cut short and kept to one line", async () => {
    const message = `\u001b[31mred\n\n${'x'.repeat(5000)}`
    const { error } = await askServer(() => faults.errorEvent('', 500, message))
    expect(error?.message.length).toBeLessThan(600)
    expect(error?.message).not.toMatch(/\p{Cc}/u)
  })
})

describe('abort', () => {
  test.each<[string, Answer]>([
    ['before the status', faults.stall(hello, -1)],
    ['before the first word', faults.stall(hello, 0)],
    ['in the middle', { ...faults.flood(), everyMs: 5 }],
  ])('%s is `cancelled`, and closes the connection at once', async (_, answer) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 150)
    const { error, answer: got } = await askServer(() => answer, 5, controller.signal)
    expect(got).toBeUndefined()
    expect(error).toMatchObject({ code: 'cancelled' })
    await server.chats[0]!.closed
    expect(server.chats[0]!.aborted).toBe(true)
  })

  test('before the call, nothing is sent', async () => {
    const { error } = await askServer(() => hello, 5, AbortSignal.abort())
    expect(error).toMatchObject({ code: 'cancelled' })
    expect(server.received).toEqual([])
  })

  test('within the answer, nothing more is heard, though it had come, and it is no success', async () => {
    server = await startFaultServer(() => hello)
    const controller = new AbortController()
    const heard: string[] = []
    const answer = createTestModel(server.base).answer(prompt, {
      signal: controller.signal,
      onProgress(progress) {
        if (progress.kind === 'text') heard.push(progress.text)
        controller.abort()
      },
    })
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
    await sleep(30)
    expect(heard).toEqual(['Grüße'])
  })

  test('a call leaves no listener on a signal that outlives it', async () => {
    server = await startFaultServer(() => hello)
    const model = createTestModel(server.base)
    const { signal } = new AbortController()
    let listeners = 0
    const { addEventListener, removeEventListener } = signal
    signal.addEventListener = (...args: unknown[]) =>
      void (listeners++, Reflect.apply(addEventListener, signal, args))
    signal.removeEventListener = (...args: unknown[]) =>
      void (listeners--, Reflect.apply(removeEventListener, signal, args))
    for (let i = 0; i < 3; i++) expect((await ask(model, {}, signal)).error).toBeUndefined()
    expect(listeners).toBe(0)
  })
})

test('an error that the listener throws is its own, and ends the call', async () => {
  server = await startFaultServer(() => faults.flood())
  const answer = createTestModel(server.base).answer(prompt, {
    signal: new AbortController().signal,
    onProgress() {
      throw new Error('disk full')
    },
  })
  await expect(answer).rejects.toMatchObject({ code: 'internal', message: 'disk full' })
  await server.chats[0]!.closed
  expect(server.chats[0]!.aborted).toBe(true)
})
