import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createHttpTransport } from '../renderer/http-transport.ts'
import type { RunEvent, TextDelta } from '../shared/run-event.ts'
import { startGuardedHost, type GuardedHost } from './fixtures/guarded-host.ts'
import { heldMemory } from './fixtures/held-memory.ts'

type Message = { id: number; batch: [name: string, payload: unknown][] }
type Stream = { messages: Message[]; status: number; isEnded: boolean; close(): void }

/** Listens as the page does, from after a number on where one is given. */
async function listen({ origin, token }: GuardedHost, after?: number | string): Promise<Stream> {
  const end = new AbortController()
  const resume = after === undefined ? {} : { 'last-event-id': String(after) }
  const headers = { authorization: `Bearer ${token}`, ...resume }
  const response = await fetch(`${origin}/events`, { headers, signal: end.signal })
  const stream: Stream = { messages: [], status: response.status, isEnded: false, close: () => end.abort() }
  void readMessages(response, stream)
    .catch(() => {})
    .finally(() => (stream.isEnded = true))
  return stream
}

async function readMessages(response: Response, { messages }: Stream): Promise<void> {
  let text = ''
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece
    const whole = text.split('\n\n')
    text = whole.pop()!
    for (const message of whole) {
      const [, id, data] = /^id: (\d+)\ndata: (.*)$/s.exec(message) ?? []
      if (data !== undefined) messages.push({ id: Number(id), batch: JSON.parse(data) })
    }
  }
}

const payloads = ({ messages }: Stream) =>
  messages.flatMap(({ batch }) => batch.map(([, payload]) => payload))
const names = ({ messages }: Stream) => messages.flatMap(({ batch }) => batch.map(([name]) => name))
/** Longer than the time between two batches. */
const batchTime = 60

async function untilHeard(stream: Stream, seq: number): Promise<void> {
  await expect.poll(() => payloads(stream), { timeout: 10_000 }).toContainEqual({ seq })
}

async function publishEach(host: GuardedHost, from: number, to: number): Promise<void> {
  for (let seq = from; seq <= to; seq++) {
    host.publish('run', { seq })
    await sleep(batchTime)
  }
}

describe('events of the browser host', () => {
  test('come to every page, in order and numbered; nothing of before is told', async () => {
    await using host = await startGuardedHost()
    host.publish('run', { seq: 1 })
    await sleep(batchTime)
    const streams = [await listen(host), await listen(host)]
    await publishEach(host, 2, 4)
    for (const stream of streams) {
      await untilHeard(stream, 4)
      expect(payloads(stream)).toEqual([{ seq: 2 }, { seq: 3 }, { seq: 4 }])
      expect(stream.messages.map(({ id }) => id)).toEqual([2, 3, 4])
    }
  })

  test('go on where a page lost its connection, with nothing twice and nothing missing', async () => {
    await using host = await startGuardedHost()
    const first = await listen(host)
    await publishEach(host, 1, 3)
    await untilHeard(first, 3)
    first.close()
    await publishEach(host, 4, 6)
    const second = await listen(host, first.messages.at(-1)!.id)
    await publishEach(host, 7, 8)
    await untilHeard(second, 8)
    expect([...payloads(first), ...payloads(second)]).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => ({ seq })),
    )
  })

  test.each([
    ['too old', 1],
    ['never given out', 10_000],
    ['not a number', '3; DROP'],
    ['negative', -1],
  ])('a page with a number that is %s is told to read anew, then hears on', async (_, after) => {
    await using host = await startGuardedHost({ limits: { kept: 100 } })
    const first = await listen(host)
    await publishEach(host, 1, 8)
    first.close()
    const second = await listen(host, after)
    await publishEach(host, 9, 9)
    await untilHeard(second, 9)
    expect(names(second)).toEqual(['reset', 'run'])
    expect(payloads(second).at(-1)).toEqual({ seq: 9 })
  })

  test('1,000 pieces of text a second of five calls are at most some 30 messages a second', async () => {
    await using host = await startGuardedHost()
    const stream = await listen(host)
    const started = performance.now()
    let sent = 0
    while (performance.now() - started < 1000) {
      for (let call = 0; call < 5; call++) host.publish('delta', deltaOf(`c${call}`, sent * 5))
      sent += 1
      await sleep(1)
    }
    host.publish('run', { seq: 1 })
    await untilHeard(stream, 1)
    expect(sent).toBeGreaterThan(100)
    expect(stream.messages.length).toBeLessThanOrEqual(35)
    const texts = new Map<string, string>()
    for (const { call, offset, text } of payloads(stream).slice(0, -1) as TextDelta[]) {
      expect(texts.get(call)?.length ?? 0).toBe(offset)
      texts.set(call, (texts.get(call) ?? '') + text)
    }
    expect([...texts.values()]).toEqual(Array.from({ length: 5 }, () => 'word '.repeat(sent)))
  })

  test('the sixth page is told why it gets none; one that closes makes room', async () => {
    await using host = await startGuardedHost()
    const five = await Promise.all(Array.from({ length: 5 }, () => listen(host)))
    expect(five.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const { origin, token } = host
    const headers = { authorization: `Bearer ${token}` }
    const sixth = await fetch(`${origin}/events`, { headers })
    expect(sixth.status).toBe(503)
    expect(await sixth.json()).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    five[0]!.close()
    await expect.poll(async () => (await listen(host)).status, { timeout: 5000, interval: 100 }).toBe(200)
  })

  test('a page that does not read costs no memory, and hears on once it reads', async () => {
    await using host = await startGuardedHost({ limits: { kept: 200_000, heartbeat: 60_000 } })
    const socket = connect(host.port, '127.0.0.1')
    socket.pause()
    socket.write(
      `GET /events HTTP/1.1\r\nhost: 127.0.0.1:${host.port}\r\nauthorization: Bearer ${host.token}\r\n\r\n`,
    )
    await sleep(200)
    const text = 'x'.repeat(100_000)
    const before = heldMemory()
    for (let seq = 1; seq <= 150; seq++) {
      host.publish('opened', { seq, text })
      await sleep(40)
    }
    expect(heldMemory() - before).toBeLessThan(5_000_000)
    let got = ''
    socket.on('data', (piece) => (got += piece.toString()))
    socket.resume()
    await expect.poll(() => got.includes('data: [["reset",null]]'), { timeout: 10_000 }).toBe(true)
    host.publish('run', { seq: 151 })
    await expect.poll(() => got.includes('"seq":151'), { timeout: 10_000 }).toBe(true)
    socket.destroy()
  })

  test('a page that never reads again loses its stream', async () => {
    await using host = await startGuardedHost({ limits: { kept: 50_000_000, heartbeat: 200, streams: 1 } })
    const socket = connect(host.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.pause()
    socket.write(
      `GET /events HTTP/1.1\r\nhost: 127.0.0.1:${host.port}\r\nauthorization: Bearer ${host.token}\r\n\r\n`,
    )
    await sleep(100)
    host.publish('opened', { text: 'x'.repeat(20_000_000) })
    const isFree = async () => {
      const stream = await listen(host)
      stream.close()
      return stream.status
    }
    expect(await isFree()).toBe(503)
    // What is told while it is being cut off does no harm.
    const telling = setInterval(() => host.publish('run', { seq: 1 }), 1)
    await expect.poll(isFree, { timeout: 5000, interval: 200 }).toBe(200)
    clearInterval(telling)
    socket.destroy()
  })

  test('end with the host', async () => {
    const host = await startGuardedHost()
    const stream = await listen(host)
    await host.stop()
    await expect.poll(() => stream.isEnded).toBe(true)
  })

  test("reach the window's own transport whole and once, however often the connection breaks", async () => {
    await using host = await startGuardedHost()
    const heard: unknown[] = []
    const states: string[] = []
    const transport = createHttpTransport({
      token: host.token,
      firstDelay: 5,
      onConnection: (state) => states.push(state),
      fetch: breakingFetch(host.origin, 400),
    })
    const stop = transport.listen((name, payload) => heard.push([name, payload]))
    expect(await transport.call('run.list', undefined)).toEqual({ ok: true, output: [] })
    for (let seq = 1; seq <= 60; seq++) {
      host.publish('run', { seq })
      await sleep(10)
    }
    await expect.poll(() => heard, { timeout: 10_000 }).toContainEqual(['run', { seq: 60 }])
    expect(heard).toEqual(Array.from({ length: 60 }, (_, at) => ['run', { seq: at + 1 }]))
    expect(states.filter((state) => state === 'lost').length).toBeGreaterThan(2)
    stop()
  })

  test('of a whole run are those of the ledger, over two connections', { timeout: 60_000 }, async () => {
    process.env['PADDOCK_REHEARSAL_PACE'] = '20'
    await using host = await startGuardedHost()
    const workspace = await mkdtemp(join(tmpdir(), 'paddock-workspace-'))
    const first = await listen(host)
    const { id } = (await call(host, 'run.rehearse', {
      workflow: 'bug_fix',
      workspace,
      accept: true,
    })) as { id: string }
    await expect.poll(() => first.messages.length).toBeGreaterThan(2)
    first.close()
    await sleep(200)
    const second = await listen(host, first.messages.at(-1)!.id)
    await call(host, 'run.wait', { id })
    await expect.poll(() => JSON.stringify(second.messages), { timeout: 10_000 }).toContain('run-ended')
    const heard = [...first.messages, ...second.messages].flatMap(({ batch }) =>
      batch.flatMap(([name, payload]) => (name === 'run' ? [payload as RunEvent] : [])),
    )
    expect(heard).toEqual(await call(host, 'run.events', { id }))
    expect(names(second)).not.toContain('reset')
    await rm(workspace, { recursive: true })
  })
})

/** A browser's fetch to a host, whose every stream breaks after so many bytes, in the middle of whatever it is. */
function breakingFetch(origin: string, bytes: number): typeof fetch {
  return async (path, init) => {
    const headers = {
      ...(init?.headers as Record<string, string>),
      ...(init?.method === 'POST' ? { origin } : {}),
    }
    const response = await fetch(origin + String(path), { ...init, headers })
    if (path !== '/events') return response
    let left = bytes
    const breaking = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(piece.subarray(0, left))
        left -= piece.length
        if (left <= 0) controller.error(new TypeError('network error'))
      },
    })
    return new Response(response.body!.pipeThrough(breaking), { status: response.status })
  }
}

const deltaOf = (call: string, offset: number): TextDelta => ({
  run: 'r',
  task: 't',
  call,
  offset,
  text: 'word ',
  tokens: offset,
  tokens_per_second: 200,
})

async function call({ origin, token }: GuardedHost, name: string, input: unknown): Promise<unknown> {
  const headers = { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(`${origin}/call/${name}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ input }),
  })
  const reply = (await response.json()) as { ok: boolean; output?: unknown; error?: unknown }
  expect(reply.error).toBeUndefined()
  return reply.output
}
