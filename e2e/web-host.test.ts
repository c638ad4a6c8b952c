import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { marks, sendRaw, startGuardedHost } from './fixtures/guarded-host.ts'
import {
  callRequest,
  fill,
  getRequest,
  host,
  lackingOf,
  outcomeOf,
  refusal,
  startHost,
  stopHost,
  type Changes,
} from './fixtures/host-requests.ts'

beforeAll(startHost)
afterAll(stopHost)

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

test('nothing of all this began a run', async () => expect(await host.hasRuns()).toBe(false))
