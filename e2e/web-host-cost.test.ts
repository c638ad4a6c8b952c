import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { marks, sendRaw, startGuardedHost } from './fixtures/guarded-host.ts'
import { heldMemory } from './fixtures/held-memory.ts'
import { callRequest, host, outcomeOf, refusal, startHost, stopHost } from './fixtures/host-requests.ts'

beforeAll(startHost)
afterAll(stopHost)

describe('H1 what a request may cost', () => {
  test('100 MB are refused before they are read, and the page is told', async () => {
    const before = heldMemory()
    const { status, text } = await post(100 * 2 ** 20)
    expect([status, host.reached()]).toEqual([413, []])
    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      error: { message: 'What was sent is larger than 64 MB.' },
    })
    expect(heldMemory() - before).toBeLessThan(20 * 2 ** 20)
  })

  test('a refusal repeats no more of a call than a person can read', async () => {
    const body = JSON.stringify({ input: { ['k'.repeat(1_000_000)]: 1 } })
    const { text, statuses } = await sendRaw(host.port, callRequest({ target: '/call/run.start', body }))
    expect(statuses).toEqual([200])
    expect(text).toContain('"code":"invalid"')
    expect(text.length).toBeLessThan(5000)
    expect(host.reached()).toEqual(['run.start'])
  })

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['keys of every object', '{"__proto__":', '}'],
  ])('half a million %s in one another are refused like any other nonsense', async (_, open, close) => {
    const value = `${open.repeat(500_000)}1${close.repeat(500_000)}`
    for (const [name, input] of [
      ['run.start', value],
      ['settings.set', `{"key":"llm_timeout","value":${value}}`],
    ]) {
      const bytes = callRequest({
        target: `/call/${name}`,
        body: `{"input":${input}}`,
        headers: { connection: 'close' },
      })
      const { text } = await sendRaw(host.port, bytes, 5000)
      expect(text).toContain('{"ok":false,"error":{"code":"invalid"')
      expect(host.reached()).toEqual([name])
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  test('strangers who send on for ever, on every connection there may be, are cut off at once', async () => {
    await using small = await startGuardedHost({ limits: { connections: 12, requestTime: 60_000 } })
    const endless = callRequest({
      headers: {
        host: `127.0.0.1:${small.port}`,
        origin: 'http://evil.example',
        'content-length': '900000000000000',
      },
    })
    const strangers = Array.from({ length: 12 }, () => drip(small.port, endless))
    for (const { ms } of await Promise.all(strangers.map(({ ended }) => ended))) expect(ms).toBeLessThan(5000)
    expect((await fetch(`${small.origin}/`)).status).toBe(200)
    expect(small.reached()).toEqual([])
  })

  test('a call that does not say how long it is is not read', async () => {
    const headers = { 'content-length': null }
    expect(await outcomeOf(callRequest({ headers, body: '' }))).toEqual(refusal(411))
  })

  test('as chunks, too', async () => {
    const headers = { 'transfer-encoding': 'chunked', 'content-length': null }
    expect(await outcomeOf(callRequest({ headers, body: '6400000\r\n' }))).toEqual(refusal(400))
  })

  test('a document of the largest size gets through', async () => {
    const base64 = Buffer.alloc(10 * 2 ** 20, 'a line of a document\n').toString('base64')
    const body = JSON.stringify({ input: { name: 'large.md', base64 } })
    const response = await fetch(`${host.origin}/call/document.read`, {
      method: 'POST',
      body,
      headers: {
        origin: host.origin,
        authorization: `Bearer ${host.token}`,
        'content-type': 'application/json',
      },
    })
    expect(await response.json()).toMatchObject({
      ok: true,
      output: { name: 'large.md', bytes: 10 * 2 ** 20 },
    })
    expect(host.reached()).toEqual(['document.read'])
  })

  test('whoever sends a byte now and then, or nothing, is cut off, and holds nobody up', async () => {
    await using small = await startGuardedHost({
      limits: { headerTime: 400, requestTime: 600, connections: 12 },
    })
    const lines = `POST /call/run.list HTTP/1.1\r\nhost: 127.0.0.1:${small.port}\r\nx-a: `
    const head = callRequest({ headers: { host: `127.0.0.1:${small.port}`, origin: small.origin } })
      .replace(host.token, small.token)
      .replace('\r\n\r\n{}', '\r\n\r\n')
    const slow = [
      ...Array.from({ length: 4 }, () => drip(small.port, '')),
      ...Array.from({ length: 4 }, () => drip(small.port, lines)),
      ...Array.from({ length: 2 }, () => drip(small.port, head)),
    ]
    await sleep(150)
    const response = await fetch(`${small.origin}/`, { headers: { connection: 'close' } })
    expect(await response.text()).toContain(marks.page)
    const lived = await Promise.all(slow.map(({ ended }) => ended))
    for (const { ms } of lived) expect(ms).toBeLessThan(5000)
    expect(lived.map(({ text }) => text.split('\r\n')[0])).toEqual(
      expect.arrayContaining(['HTTP/1.1 408 Request Timeout']),
    )
    expect(small.reached()).toEqual([])
    expect((await fetch(`${small.origin}/`, { headers: { connection: 'close' } })).status).toBe(200)
  })

  test('more connections than may be are closed at once', async () => {
    await using small = await startGuardedHost({ limits: { connections: 5 } })
    const sockets = Array.from({ length: 8 }, () => connect(small.port, '127.0.0.1'))
    const closed = sockets.map((socket) => {
      socket.on('error', () => {})
      return new Promise<boolean>((resolve) => {
        socket.once('close', () => resolve(true))
        setTimeout(resolve, 500, false)
      })
    })
    expect((await Promise.all(closed)).filter(Boolean)).toHaveLength(3)
    for (const socket of sockets) socket.destroy()
  })

  test('whoever does not read an answer is cut off', async () => {
    await using small = await startGuardedHost({ limits: { readTime: 400 } })
    const socket = connect(small.port, '127.0.0.1')
    socket.on('error', () => {})
    const base64 = Buffer.from('x'.repeat(3_000_000)).toString('base64')
    const body = JSON.stringify({ input: { name: 'large.md', base64 } })
    const headers = { host: `127.0.0.1:${small.port}`, origin: small.origin }
    const call = callRequest({ target: '/call/document.read', headers, body }).replace(
      host.token,
      small.token,
    )
    const closed = closeOf(socket)
    socket.pause()
    for (let count = 0; count < 8; count++) socket.write(call)
    await sleep(2500)
    let text = ''
    socket.on('data', (piece) => (text += piece.toString('latin1')))
    socket.resume()
    await closed
    // What had left already is all that comes.
    expect(text.match(/HTTP\/1\.1 200 /g)?.length ?? 0).toBeLessThan(8)
  })
})

/** Resolves when a connection is closed, by whatever. */
const closeOf = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()))

/** Sends a beginning, then a byte every 50 ms, until the other side ends it. */
function drip(port: number, beginning: string): { ended: Promise<{ ms: number; text: string }> } {
  const socket = connect(port, '127.0.0.1')
  const start = Date.now()
  let text = ''
  socket.on('data', (piece) => (text += piece.toString()))
  socket.on('error', () => {})
  if (beginning) socket.write(beginning)
  const timer = setInterval(() => beginning && socket.writable && socket.write('a'), 50)
  const ended = closeOf(socket).then(() => {
    clearInterval(timer)
    return { ms: Date.now() - start, text }
  })
  return { ended }
}

/** A call with a body of so many bytes, as the page would send it. */
function post(length: number): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${host.origin}/call/run.start`, {
      method: 'POST',
      headers: {
        origin: host.origin,
        authorization: `Bearer ${host.token}`,
        'content-type': 'application/json',
        'content-length': length,
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', async (response) => {
      let text = ''
      for await (const piece of response) text += String(piece)
      resolve({ status: response.statusCode ?? 0, text })
    })
    const piece = Buffer.alloc(2 ** 20, 'x')
    let sent = 0
    const more = () => {
      while (sent < length) {
        sent += piece.length
        if (!outgoing.write(piece)) return void outgoing.once('drain', more)
      }
      outgoing.end()
    }
    more()
  })
}

test('nothing of all this began a run', async () => expect(await host.hasRuns()).toBe(false))
