import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendRaw } from './fixtures/guarded-host.ts'
import {
  callRequest,
  getRequest,
  host,
  outcomeOf,
  refusal,
  startHost,
  stopHost,
} from './fixtures/host-requests.ts'

beforeAll(startHost)
afterAll(stopHost)

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

test('nothing of all this began a run', async () => expect(await host.hasRuns()).toBe(false))
