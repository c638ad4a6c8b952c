import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { marks, startGuardedHost, type GuardedHost } from './fixtures/guarded-host.ts'

/** What a page may know of the host that it attacks: its address always, its token only where that was given away. */
type Target = { origin: string; token: string; script: string }
/** What a page got: text that it read, or why it got none. */
type Got = { read: string } | { failed: string }

/** The ways of fixtures/foreign-page.html to send something elsewhere. */
const ways = [
  'a fetch of the page',
  'a fetch of the script',
  'a fetch without CORS',
  'a call as JSON with the token',
  'a call as plain text, which asks nobody',
  'the events with the token',
  'an event source',
  'a web socket',
  'an image',
  'a script tag',
  'a module',
  'a style sheet',
  'a frame',
  'a form that is posted',
  'a beacon',
  'a worker',
]
const pageSource = readFileSync(join(import.meta.dirname, 'fixtures/foreign-page.html'), 'utf8')

/** A server of somebody else's pages on this machine. */
async function serveForeign(host = '127.0.0.1'): Promise<{ port: number; server: Server }> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end(pageSource),
  )
  await new Promise<void>((resolve) => void server.listen(0, host, resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

const close = (server: Server) => new Promise((resolve) => server.close(resolve))

const attack = (page: Page, name: string, target: Target): Promise<Got> =>
  page.evaluate(`attack(${JSON.stringify(name)}, ${JSON.stringify(target)})`)

const targetOf = ({ token }: GuardedHost, origin: string): Target => ({
  origin,
  token,
  script: '/assets/app-12345678.js',
})

const textOf = (got: Got) => ('read' in got ? got.read : '')
const hasLeaked = (got: Got) =>
  [marks.page, marks.script, 'open', 'listening', 'loaded', '"ok":true'].some((mark) =>
    textOf(got).includes(mark),
  )

describe.skipIf(!chromiumPath)('H1 pages of others, in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium(['--host-resolver-rules=MAP *.example 127.0.0.1'])
  })
  afterAll(() => browser?.close())

  describe('a page of another origin, even one that was given the token', () => {
    let host: GuardedHost
    let foreign: Server
    let page: Page
    beforeAll(async () => {
      host = await startGuardedHost()
      const { server, port } = await serveForeign()
      foreign = server
      page = await browser.newPage()
      await page.goto(`http://evil.example:${port}/`)
    })
    afterAll(async () => {
      await close(foreign)
      await host.stop()
    })

    test('knows these ways', async () => {
      expect(await page.evaluate('Object.keys(ways)')).toEqual(ways)
    })

    test.each(ways)('reads nothing and starts nothing by %s', async (name) => {
      const got = await attack(page, name, targetOf(host, host.origin))
      expect([got, hasLeaked(got), host.reached()]).toEqual([got, false, []])
    })

    test('opens a window of Paddock, and sees nothing of it', async () => {
      const opening = page.waitForEvent('popup')
      await page.evaluate(`opened = window.open(${JSON.stringify(host.origin)}, 'paddock')`)
      const popup = await opening
      await popup.waitForLoadState()
      expect(await popup.title()).toBe(marks.page)
      expect(await popup.evaluate('String(window.opener)')).toBe('null')
      expect(await page.evaluate(`opened.closed`)).toBe(true)
      await popup.close()
    })

    test('began no run', async () => expect(await host.hasRuns()).toBe(false))
  })

  describe('a page whose name comes to mean this machine (DNS rebinding)', () => {
    let host: GuardedHost
    let page: Page
    let own: string
    beforeAll(async () => {
      // At first the name and the port are those of a server of its own; then, in the same page, they are ours.
      const { server, port } = await serveForeign()
      own = `http://rebind.example:${port}`
      page = await browser.newPage()
      await page.goto(`${own}/`)
      await close(server)
      host = await startGuardedHost({ port })
    })
    afterAll(() => host.stop())

    test('the page and the host are of one origin to the browser, so nothing but the host itself stops it', async () => {
      const got = await attack(page, 'a fetch of the page', targetOf(host, own))
      expect(textOf(got)).toContain('This is not the address that Paddock is served at.')
    })

    test.each(ways)('reads nothing and starts nothing by %s', async (name) => {
      const got = await attack(page, name, targetOf(host, own))
      expect([got, hasLeaked(got), host.reached()]).toEqual([got, false, []])
    })

    test('nor by the real address', async () => {
      for (const name of ways) {
        const got = await attack(page, name, targetOf(host, host.origin))
        expect([name, got, hasLeaked(got), host.reached()]).toEqual([name, got, false, []])
      }
    })

    test('began no run', async () => expect(await host.hasRuns()).toBe(false))
  })

  test('the same ways read the page, a script, a call and the events where the page is the host’s own', async () => {
    await using host = await startGuardedHost()
    const page = await browser.newPage()
    // Its own rules allow no inline script: only the page is taken for another here, the requests are real.
    await page.route(`${host.origin}/own`, (route) =>
      route.fulfill({ contentType: 'text/html', body: pageSource }),
    )
    await page.goto(`${host.origin}/own`)
    const seen: Record<string, boolean> = {}
    for (const name of [
      'a fetch of the page',
      'a fetch of the script',
      'a call as JSON with the token',
      'the events with the token',
      'a script tag',
      'a module',
    ])
      seen[name] = /Paddock|"ok":|listening/.test(
        textOf(await attack(page, name, targetOf(host, host.origin))),
      )
    expect(Object.values(seen)).toEqual(Object.keys(seen).map(() => true))
    expect(host.reached()).toEqual(['run.start'])
  })

  test('an address that works once opens the page with its token, once', async () => {
    await using host = await startGuardedHost()
    const page = await browser.newPage()
    const address = host.issueAddress()
    await page.goto(address)
    expect([page.url(), await page.title()]).toEqual([host.address, marks.page])
    await page.goto(address)
    expect(await page.textContent('body')).toContain('This address was used already')
    await page.close()
  })
})
