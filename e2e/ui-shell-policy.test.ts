import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { openWindow, type UiWindow } from './fixtures/ui-window.ts'

/**
 * What a script that got into the page could try, each with a number. It worked when \`hit(n)\` was called, or when
 * \`away(n)\`, an address of another server, was asked for.
 */
const probes: readonly (readonly [name: string, code: string])[] = [
  ['an inline script', `add('script', { textContent: 'hit(N)' })`],
  ['an inline module', `add('script', { type: 'module', textContent: 'hit(N)' })`],
  ['a script of another server', `add('script', { src: away(N) })`],
  ['a script in a data: address', `add('script', { src: 'data:text/javascript,hit(N)' })`],
  ['a script in a blob: address', `add('script', { src: URL.createObjectURL(new Blob(['hit(N)'])) })`],
  ['eval', `eval('hit(N)')`],
  ['new Function', `new Function('hit(N)')()`],
  ['a timer on a text', `setTimeout('hit(N)', 0)`],
  [
    'innerHTML',
    `document.body.appendChild(document.createElement('div')).innerHTML = '<img src=x onerror=hit(N)>'`,
  ],
  ['insertAdjacentHTML', `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hit(N)>')`],
  [
    'outerHTML',
    `document.body.appendChild(document.createElement('div')).outerHTML = '<img src=x onerror=hit(N)>'`,
  ],
  [
    'a fragment out of a text',
    `document.body.append(document.createRange().createContextualFragment('<img src=x onerror=hit(N)>'))`,
  ],
  [
    'a handler as an attribute',
    `add('div', {}).setAttribute('onclick', 'hit(N)'); document.body.lastChild.click()`,
  ],
  ['a javascript: link', `Object.assign(add('a', {}), { href: 'javascript:hit(N)' }).click()`],
  ['import of another server', `import(away(N))`],
  ['import of a data: address', `import('data:text/javascript,hit(N)')`],
  ['a worker of a blob: address', `new Worker(URL.createObjectURL(new Blob(['fetch("' + away(N) + '")'])))`],
  ['a worker of a data: address', `new Worker('data:text/javascript,fetch("' + away(N) + '")')`],
  ['a picture of another server', `add('img', { src: away(N) })`],
  ['a style sheet of another server', `add('link', { rel: 'stylesheet', href: away(N) })`],
  ['an @import of another server', `add('style', { textContent: '@import "' + away(N) + '"' })`],
  ['a font of another server', `new FontFace('x', 'url(' + away(N) + ')').load()`],
  ['fetch', `fetch(away(N), { mode: 'no-cors' })`],
  ['XMLHttpRequest', `const request = new XMLHttpRequest(); request.open('GET', away(N)); request.send()`],
  ['a beacon', `navigator.sendBeacon(away(N), 'x')`],
  ['an event source', `new EventSource(away(N))`],
  ['a web socket', `new WebSocket(away(N).replace('http', 'ws'))`],
  ['a frame', `add('iframe', { src: away(N) })`],
  ['a frame with a document of its own', `add('iframe', { srcdoc: '<script>parent.hit(N)<' + '/script>' })`],
  ['an object', `add('object', { data: away(N) })`],
  ['an embedded file', `add('embed', { src: away(N) })`],
  ['a video', `add('video', { src: away(N) }).load()`],
  [
    'a form that is sent elsewhere',
    `add('form', { action: away(N), method: 'post', target: 'x' + N }).submit()`,
  ],
  ['another base of addresses', `add('base', { href: away(N) + '/' }); add('img', { src: 'x' })`],
  [
    'a policy that is not on the list',
    `trustedTypes.createPolicy('own' + N, { createHTML: (text) => text }); hit(N)`,
  ],
  [
    'the policy of the workers for another script',
    `new Worker(trustedTypes.createPolicy('app-worker', { createScriptURL: (text) => text }).createScriptURL('data:text/javascript,fetch("' + away(N) + '")'))`,
  ],
]

/** What the probes call, put into a page before them. */
const prelude = (origin: string) => `
  window.hits = []
  window.hit = (n) => window.hits.push(n)
  window.away = (n) => '${origin}/p/' + n
  window.add = (tag, parts) => document.body.appendChild(Object.assign(document.createElement(tag), parts))
`

describe.skipIf(!chromiumPath)('what a script in the page could try (R3)', { timeout: 60_000 }, () => {
  const asked = new Set<number>()
  const witness = createServer((request, response) => {
    const number = /^\/p\/(\d+)/.exec(request.url ?? '')?.[1]
    if (number !== undefined) asked.add(Number(number))
    const isPage = request.url === '/'
    response.writeHead(200, {
      'content-type': isPage ? 'text/html' : 'text/javascript',
      'access-control-allow-origin': '*',
    })
    response.end(isPage ? '<!doctype html><body></body>' : '')
  })
  // A handshake is an upgrade, which is no request to a server that does not take it.
  witness.on('upgrade', (request, socket) => {
    asked.add(Number(/^\/p\/(\d+)/.exec(request.url ?? '')?.[1]))
    socket.destroy()
  })
  let ui: UiWindow
  let elsewhere = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => witness.listen(0, '127.0.0.1', resolve))
    elsewhere = `http://127.0.0.1:${(witness.address() as AddressInfo).port}`
    ui = await openWindow()
  }, 120_000)
  afterAll(async () => {
    await ui[Symbol.asyncDispose]()
    witness.closeAllConnections()
    witness.close()
  })

  /** The numbers of the probes that worked in a page. */
  async function worked(page: Page): Promise<number[]> {
    asked.clear()
    await page.evaluate(prelude(elsewhere))
    for (const [at, [, code]] of probes.entries())
      // In a task of its own, so that nothing of the debugger's is lent to it.
      await page.evaluate(
        `new Promise((done) => setTimeout(async () => { try { await (async () => { ${code.replaceAll('N', String(at))} })() } catch {} done() }, 0))`,
      )
    await page.waitForTimeout(1500)
    const hits = (await page.evaluate('window.hits')) as number[]
    return [...new Set([...hits, ...asked])].sort((one, other) => one - other)
  }
  const named = (numbers: readonly number[]) => numbers.map((number) => probes[number]![0])

  test('all of it works in a page without a policy, so the probes are real', async () => {
    const context = await ui.page.context().browser()!.newContext()
    const page = await context.newPage()
    await page.goto(elsewhere)
    const open = await worked(page)
    const dead = probes.map(([name]) => name).filter((name) => !named(open).includes(name))
    console.info(`R3, control: ${open.length} of ${probes.length} work without a policy`)
    expect(dead).toEqual([])
    await context.close()
  })

  test('none of it works in the window, and nothing leaves it (S1)', async () => {
    const open = await worked(ui.page)
    console.info(`R3: tried ${probes.length}, held ${probes.length - open.length}`)
    expect(named(open)).toEqual([])
  })

  test('the window stays where it is', async () => {
    expect(ui.page.url()).toBe(`${ui.host.origin}/`)
    expect(ui.page.context().pages()).toHaveLength(1)
  })
})
