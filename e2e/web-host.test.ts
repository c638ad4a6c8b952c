import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  marks,
  sendRaw,
  startGuardedHost,
  type GuardedHost,
  type RawAnswer,
} from './fixtures/guarded-host.ts'
import { heldMemory } from './fixtures/held-memory.ts'

let host: GuardedHost
beforeAll(async () => void (host = await startGuardedHost()))
afterAll(() => host.stop())

type Changes = { readonly [header: string]: string | null }
type Request = { method?: string; target?: string; version?: string; headers?: Changes; body?: string }

/** The call that the page itself would make, with headers changed, added or (null) left out. */
function callRequest({ headers = {}, body = '{}', ...line }: Request = {}): string {
  const { method = 'POST', target = '/call/run.list', version = 'HTTP/1.1' } = line
  const all: Changes = {
    host: `127.0.0.1:${host.port}`,
    origin: host.origin,
    authorization: `Bearer ${host.token}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}\r\n`],
  )
  return `${method} ${target} ${version}\r\n${lines.join('')}\r\n${body}`
}

const getRequest = (target: string, headers: Changes = {}) =>
  callRequest({
    method: 'GET',
    target,
    body: '',
    headers: { origin: null, 'content-type': null, 'content-length': null, ...headers },
  })

/** PORT in a table is the host's port, OTHER the one beside it. */
const fill = (text: string) =>
  text.replaceAll('PORT', String(host.port)).replaceAll('OTHER', String(host.port + 1))

const wanted = [
  "content-security-policy: default-src 'none'; script-src 'self'; ",
  'cross-origin-opener-policy: same-origin',
  'cross-origin-resource-policy: same-origin',
  'referrer-policy: no-referrer',
  'x-content-type-options: nosniff',
]

/** What bytes came to: answers, calls that reached the core, what was let out, and headers that an answer lacks. */
async function outcomeOf(bytes: string | Buffer) {
  const { text, statuses } = await sendRaw(host.port, bytes)
  const out = [marks.page, marks.script, '"ok":true', 'access-control', 'root:']
  return {
    statuses,
    reached: host.reached(),
    told: out.filter((mark) => text.toLowerCase().includes(mark.toLowerCase())),
    lacking: lackingOf({ text, statuses }),
  }
}

const lackingOf = ({ text, statuses }: Pick<RawAnswer, 'text' | 'statuses'>) =>
  wanted.filter((header) => text.split(`\r\n${header}`).length - 1 !== statuses.length)

/** Nothing read, nothing called; without a status any refusal will do, or none at all. */
const refusal = (status?: number) => ({
  statuses: status === undefined ? refusals : [status],
  reached: [],
  told: [],
  lacking: [],
})
const refusals: number[] = expect.toSatisfy((all: number[]) => all.every((status) => status >= 400))

test('what is refused below is answered in its usual form: page, script, call, events', async () => {
  const page = await sendRaw(host.port, getRequest('/'))
  expect(page.statuses).toEqual([200])
  expect(page.text).toContain(marks.page)
  expect(page.text).toContain('\r\ncache-control: no-cache\r\n')
  expect(lackingOf(page)).toEqual([])
  const script = await sendRaw(host.port, getRequest('/assets/app-12345678.js'))
  expect(script.text).toContain(marks.script)
  expect(script.text).toContain('\r\ncache-control: public, max-age=31536000, immutable\r\n')
  const call = await sendRaw(host.port, callRequest())
  expect(call.statuses).toEqual([200])
  expect(call.text).toContain('{"ok":true,"output":[]}')
  expect(call.text).toContain('\r\ncache-control: no-store\r\n')
  expect(lackingOf(call)).toEqual([])
  const events = await sendRaw(host.port, getRequest('/events'))
  expect(events.text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*text\/event-stream[^]*: listening/)
  expect(lackingOf(events)).toEqual([])
  expect(host.reached()).toEqual(['run.list'])
})

describe('H1 Host: only the address that was printed', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    'localhost:PORT',
    'LOCALHOST',
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:OTHER',
    '127.0.0.1:0PORT',
    '127.0.0.1.:PORT',
    '127.0.0.1:PORT.',
    'user@127.0.0.1:PORT',
    '127.0.0.1:PORT@evil.example',
    '127.0.0.1:PORT,evil.example',
    '127.0.0.1.nip.io:PORT',
    '[::1]:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '0.0.0.0:PORT',
    '127.1:PORT',
    '2130706433:PORT',
    '',
  ])('%j', async (name) => {
    for (const bytes of [
      getRequest('/', { host: fill(name) }),
      getRequest('/events', { host: fill(name) }),
      callRequest({ headers: { host: fill(name) } }),
      callRequest({ headers: { host: fill(name), origin: `http://${fill(name)}` } }),
    ])
      expect(await outcomeOf(bytes)).toEqual(refusal(421))
  })

  test.each(['HTTP/1.1', 'HTTP/1.0'])('none at all in %s', async (version) => {
    expect(await outcomeOf(callRequest({ version, headers: { host: null } }))).toEqual(refusal())
  })
})

describe('H1 Origin: only the page itself', () => {
  test.each([
    ['none with a call', null],
    ['opaque', 'null'],
    ['another site', 'http://evil.example'],
    ['https', 'https://127.0.0.1:PORT'],
    ['no port', 'http://127.0.0.1'],
    ['another port', 'http://127.0.0.1:OTHER'],
    ['another name of the machine', 'http://localhost:PORT'],
    ['a slash', 'http://127.0.0.1:PORT/'],
    ['another case', 'HTTP://127.0.0.1:PORT'],
    ['a longer name', 'http://127.0.0.1:PORT.evil.example'],
    ['two', 'http://evil.example http://127.0.0.1:PORT'],
    ['a file', 'file://'],
  ])('%s', async (_, origin) => {
    const value = origin === null ? null : fill(origin)
    expect(await outcomeOf(callRequest({ headers: { origin: value } }))).toEqual(refusal(403))
    if (value === null) return
    expect(await outcomeOf(getRequest('/events', { origin: value }))).toEqual(refusal(403))
    expect(await outcomeOf(getRequest('/', { origin: value }))).toEqual(refusal(403))
  })

  test.each([
    ['cross-site', 'cors'],
    ['same-site', 'no-cors'],
    ['same-site', 'websocket'],
  ])('a browser says that the request is %s, in mode %s', async (site, mode) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': 'empty' }
    for (const bytes of [
      callRequest({ headers }),
      getRequest('/events', headers),
      getRequest('/', headers),
      getRequest('/assets/app-12345678.js', headers),
    ])
      expect(await outcomeOf(bytes)).toEqual(refusal(403))
  })

  test('a link from anywhere opens the page, which without a token shows nothing', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const opened = await sendRaw(host.port, getRequest('/', { ...headers, 'sec-fetch-dest': 'document' }))
    expect(opened.statuses).toEqual([200])
    expect(await outcomeOf(getRequest('/', { ...headers, 'sec-fetch-dest': 'iframe' }))).toEqual(refusal(403))
  })
})

describe('H1 token', () => {
  const token = (change: (token: string) => string) => () => ({ authorization: change(host.token) })
  test.each<[string, () => Changes]>([
    ['none', () => ({ authorization: null })],
    ['an empty one', token(() => 'Bearer ')],
    ['of another host', token(() => `Bearer ${'A'.repeat(43)}`)],
    ['all but its last character', token((own) => `Bearer ${own.slice(0, -1)}`)],
    ['with a character more', token((own) => `Bearer ${own}A`)],
    ['without the scheme', token((own) => own)],
    ['as a password', token((own) => `Basic ${Buffer.from(`:${own}`).toString('base64')}`)],
    ['as a cookie', () => ({ authorization: null, cookie: `token=${host.token}` })],
  ])('%s', async (_, headers) => {
    expect(await outcomeOf(callRequest({ headers: headers() }))).toEqual(refusal(401))
    expect(await outcomeOf(getRequest('/events', headers()))).toEqual(refusal(401))
  })

  test('in the address', async () => {
    const headers = { authorization: null }
    const target = `/call/run.list?token=${host.token}`
    expect(await outcomeOf(callRequest({ target, headers }))).toEqual(refusal(404))
    expect(await outcomeOf(getRequest(`/events?token=${host.token}`, headers))).toEqual(refusal(404))
  })

  test('is another one with each host, and has 256 bits', async () => {
    await using second = await startGuardedHost()
    expect(second.token).not.toBe(host.token)
    expect(Buffer.from(second.token, 'base64url')).toHaveLength(32)
    expect(await outcomeOf(callRequest({ headers: { authorization: `Bearer ${second.token}` } }))).toEqual(
      refusal(401),
    )
  })
})

describe('H1 an address that works once', () => {
  const shown = (bytes: string) => sendRaw(host.port, bytes)

  test('leads to the page with its token, then never again', async () => {
    const path = new URL(host.issueAddress()).pathname
    const { statuses, text } = await shown(getRequest(path))
    expect([statuses, text]).toEqual([[302], expect.stringContaining(`location: /#token=${host.token}\r\n`)])
    expect(lackingOf({ text, statuses })).toEqual([])
    expect(await outcomeOf(getRequest(path))).toEqual(refusal(404))
  })

  test('is not used up by what is refused, and is not for pages of others', async () => {
    const path = new URL(host.issueAddress()).pathname
    const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }
    expect(await outcomeOf(getRequest(path, { host: 'evil.example' }))).toEqual(refusal(421))
    expect(await outcomeOf(getRequest(path, { origin: 'http://evil.example' }))).toEqual(refusal(403))
    expect(await outcomeOf(getRequest(path, frame))).toEqual(refusal(403))
    expect(await outcomeOf(callRequest({ target: path }))).toEqual(refusal(405))
    expect((await shown(getRequest(path))).statuses).toEqual([302])
  })

  test('does not hold for long, and is never guessed', async () => {
    await using brief = await startGuardedHost({ limits: { ticketTime: 50 } })
    const path = new URL(brief.issueAddress()).pathname
    await sleep(100)
    const late = await sendRaw(brief.port, `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${brief.port}\r\n\r\n`)
    expect([late.statuses, late.text.includes(brief.token)]).toEqual([[404], false])
    for (const guess of ['/open/', '/open/A', `/open/${'A'.repeat(43)}`, '/open/__proto__'])
      expect(await outcomeOf(getRequest(guess))).toEqual(refusal(404))
  })
})

describe('H1 content type: only what a form cannot send', () => {
  test.each([
    null,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'text/plain, application/json',
  ])('%j', async (type) => {
    expect(await outcomeOf(callRequest({ headers: { 'content-type': type } }))).toEqual(refusal(415))
  })

  test.each(['application/json; charset=utf-8', 'Application/JSON'])('%j is JSON', async (type) => {
    const { statuses } = await sendRaw(host.port, callRequest({ headers: { 'content-type': type } }))
    expect([statuses, host.reached()]).toEqual([[200], ['run.list']])
  })

  test.each([
    ['not JSON', '{"input":'],
    ['no object', '"run.list"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another key', '{"call":"run.start"}'],
    ['a key of every object', '{"__proto__":{}}'],
    ['no UTF-8', '{"input":"\xff"}'],
    ['a byte order mark', '\ufeff{}'],
  ])('a body that is %s', async (_, body) => {
    const bytes = Buffer.from(callRequest({ body }), body.includes('\xff') ? 'latin1' : 'utf8')
    const length = body.includes('\xff') ? body.length : Buffer.byteLength(body)
    const text = bytes.toString('latin1').replace(/content-length: \d+/, `content-length: ${length}`)
    expect(await outcomeOf(Buffer.from(text, 'latin1'))).toEqual(refusal(400))
  })
})

describe('H1 verbs', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s', async (method) => {
    expect(await outcomeOf(callRequest({ method }))).toEqual(refusal(405))
    if (method !== 'GET') expect(await outcomeOf(callRequest({ method, target: '/' }))).toEqual(refusal(405))
    if (method !== 'GET')
      expect(await outcomeOf(callRequest({ method, target: '/events' }))).toEqual(refusal(405))
  })

  test('the question before a foreign call gets no leave', async () => {
    const headers = {
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
      'access-control-request-private-network': 'true',
    }
    expect(await outcomeOf(callRequest({ method: 'OPTIONS', headers, body: '' }))).toEqual(refusal(403))
  })

  test.each(['HEAD', 'CONNECT'])('%s', async (method) => {
    expect(await outcomeOf(callRequest({ method }))).toEqual(refusal())
  })
})

describe('H1 addresses: nothing but the files that were there at the start', () => {
  test.each([
    '/../../../etc/passwd',
    '/assets/../../data/ledger.db',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/%2e%2e%2findex.html',
    '/assets/..%5c..%5cwindows',
    '/index.html',
    '/assets/',
    '/assets/app-12345678.js/',
    '/ASSETS/APP-12345678.JS',
    '//evil.example/',
    '/?',
    '/#token=x',
    '/constructor',
    '/call/',
    '/call/run.list/../run.start',
    '/call/run.list.x',
    '/events/',
    '*',
    'file:///etc/passwd',
    '/\u00e9',
  ])('%j', async (target) => {
    for (const bytes of [getRequest(target), callRequest({ target })])
      expect(await outcomeOf(bytes)).toEqual(refusal())
  })
})

describe('H1 raw bytes: what a request is, is never a matter of opinion', () => {
  const hidden = () => callRequest({ target: '/call/run.list' })
  test.each<[string, () => string]>([
    [
      'a length and chunks',
      () => callRequest({ headers: { 'transfer-encoding': 'chunked', 'content-length': '4' } }),
    ],
    [
      'chunks',
      () =>
        callRequest({
          headers: { 'transfer-encoding': 'chunked', 'content-length': null },
          body: '2\r\n{}\r\n0\r\n\r\n',
        }),
    ],
    [
      'chunks by another name, with a request hidden behind them',
      () =>
        callRequest({
          headers: { 'transfer-encoding': 'xchunked', 'content-length': null },
          body: `0\r\n\r\n${hidden()}`,
        }),
    ],
    [
      'two lengths, with a request hidden between them',
      () => callRequest({ headers: { 'content-length': '0\r\nContent-Length: 2' } }),
    ],
    ['a length of two', () => callRequest({ headers: { 'content-length': '2, 2' } })],
    ['a length with a sign', () => callRequest({ headers: { 'content-length': '+2' } })],
    ['a negative length', () => callRequest({ headers: { 'content-length': '-1' } })],
    ['a header on two lines', () => callRequest({ headers: { 'x-a': 'b\r\n\tc', origin: 'null' } })],
    [
      'a space before the colon',
      () => callRequest({ headers: { host: `evil.example\r\nHost : 127.0.0.1:${host.port}` } }),
    ],
    ['two hosts', () => callRequest({ headers: { host: `127.0.0.1:${host.port}\r\nHost: evil.example` } })],
    [
      'two origins',
      () => callRequest({ headers: { origin: `${host.origin}\r\norigin: http://evil.example` } }),
    ],
    ['a NUL in a header', () => callRequest({ headers: { 'x-a': 'b\0c' } })],
    ['line feeds alone', () => callRequest().replaceAll('\r\n', '\n')],
    ['a whole address of another host', () => callRequest({ target: 'http://evil.example/call/run.list' })],
    ['a whole address of this host', () => callRequest({ target: `${host.origin}/call/run.list` })],
    [
      'an upgrade to a web socket',
      () => getRequest('/events', { upgrade: 'websocket', connection: 'upgrade' }),
    ],
    [
      'an upgrade to HTTP/2',
      () => getRequest('/', { upgrade: 'h2c', connection: 'upgrade, http2-settings' }),
    ],
    ['HTTP/2 itself', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/0.9', () => 'GET /\r\n\r\n'],
    ['a leave to go on that is asked for', () => callRequest({ headers: { expect: '100-continue' } })],
    ['another expectation', () => callRequest({ headers: { expect: 'everything' } })],
    ['a packed body', () => callRequest({ headers: { 'content-encoding': 'gzip' } })],
    ['headers of 100 kB', () => callRequest({ headers: { 'x-a': 'b'.repeat(100_000) } })],
    ['10,000 headers', () => callRequest({ headers: { 'x-a': 'b\r\nx-a: b'.repeat(10_000) } })],
    ['no HTTP', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'.padEnd(600, '\0')],
    ['SSH', () => 'SSH-2.0-OpenSSH_9.2\r\n'],
  ])('%s', async (_, make) => {
    expect(await outcomeOf(Buffer.from(make(), 'latin1'))).toEqual(refusal())
  })

  test('a request in the body of one that is refused is never read', async () => {
    const inner = hidden()
    const outer = callRequest({ target: '/call/run.list', headers: { authorization: null }, body: inner })
    expect(await outcomeOf(outer)).toEqual(refusal(401))
  })

  test('nor in the body of one that opens the page', async () => {
    const inner = hidden()
    const outer = getRequest('/', { 'content-length': String(Buffer.byteLength(inner)) }) + inner
    expect([(await sendRaw(host.port, outer)).statuses, host.reached()]).toEqual([[200], []])
  })

  test('a request after one that was answered is judged like any other', async () => {
    const { statuses } = await sendRaw(
      host.port,
      callRequest() + callRequest({ headers: { origin: 'http://evil.example' } }),
    )
    expect(statuses).toEqual([200, 403])
    expect(host.reached()).toEqual(['run.list'])
  })
})

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
