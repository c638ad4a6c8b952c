import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MenuItemConstructorOptions, TitleBarOverlay } from 'electron'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome, type Home } from './fixtures/cli.ts'
import { shownOrigin } from './stand-in/drive-page.ts'
import { startDesktop, type Desktop } from './stand-in/start-desktop.ts'

/** For a machine that has other things to do. */

describe.skipIf(!chromiumPath)('the real page, in Chromium', () => {
  let browser: Browser
  let other: Home
  let shown: Desktop
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
    other = await createHome()
    shown = await startDesktop({ data: other.data, browser })
    page = await shown.page()
    await page.getByRole('heading', { level: 1 }).waitFor()
  })
  afterAll(async () => {
    await shown.quit()
    await browser.close()
    await other[Symbol.asyncDispose]()
  })

  test('has the bridge, and nothing of Node or Electron', async () => {
    const globals = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer']
    const found = `[Object.keys(paddock), Object.isFrozen(paddock), ${JSON.stringify(globals)}.filter((name) => name in window)]`
    expect(await page.evaluate(found)).toEqual([['call', 'listen'], true, []])
  })

  /** Has a person choose an entry of the menu. */
  const choose = (label: string) => {
    const entries = shown.standIn.records.menu.flatMap(({ submenu }) =>
      Array.isArray(submenu) ? submenu : [],
    )
    const entry = entries.find((one: MenuItemConstructorOptions) => one.label === label)
    entry!.click!({} as never, undefined, { triggeredByAccelerator: false })
  }

  /** `page` where a screen is the one that is shown. */
  const currentOf = (label: string) => {
    const button = page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: new RegExp(`^${label}( |$)`) })
    return button.first().getAttribute('aria-current')
  }

  test.each(['Settings', 'Runs', 'Review', 'Run', 'New run'])(
    'goes where the menu says: %s',
    async (label) => {
      choose(label)
      await expect.poll(() => currentOf(label)).toBe('page')
    },
  )

  test('lists a document that a second instance was started with, and why another is not there', async () => {
    const path = join(other.folder, 'handed-over.md')
    await writeFile(path, '# Handed over')
    const gone = join(other.folder, 'gone.md')
    choose('Runs')
    await expect.poll(() => currentOf('Runs')).toBe('page')
    shown.standIn.app.emit('second-instance', {}, [], '/', { documents: [path, gone] })
    const documents = page.getByRole('list', { name: 'Documents' })
    await documents.getByText('handed-over.md').waitFor()
    await page
      .getByText(/"gone\.md" was not added: there is no such file/)
      .first()
      .waitFor()
    expect(await documents.getByRole('listitem').count()).toBeGreaterThanOrEqual(1)
  })

  test.each([true, false])(
    'has the colour that the window had before it painted (dark: %j)',
    async (isDark) => {
      await using home = await createHome()
      await using themed = await startDesktop({ data: home.data, browser, isDark })
      const colour = "getComputedStyle(document.documentElement).getPropertyValue('--surface-0').trim()"
      const themedPage = await themed.page()
      await expect.poll(() => themedPage.evaluate(colour)).toBe(themed.window().options.backgroundColor)
      const overlay = themed.window().options.titleBarOverlay as TitleBarOverlay
      expect(await themedPage.evaluate(colour.replace('surface-0', 'text-2'))).toBe(overlay.symbolColor)
      expect(await themedPage.evaluate(colour.replace('surface-0', 'h-title'))).toBe(
        `${overlay.height! + 1}px`,
      )
    },
  )

  test('shows its palette and its sidebar as the menu says', async () => {
    choose('Command palette')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const navigation = page.getByRole('navigation', { name: 'Main' })
    const before = (await navigation.boundingBox())!.width
    choose('Toggle sidebar')
    await expect.poll(async () => (await navigation.boundingBox())!.width).not.toBe(before)
  })

  test('goes nowhere and opens nothing', async () => {
    const pages = page.context().pages().length
    await page.evaluate("setTimeout(() => { location.href = 'https://example.com/' })")
    await page.evaluate("void window.open('https://example.com/')")
    await page.waitForTimeout(300)
    expect(page.url()).toBe(`${shownOrigin}/`)
    // Chromium has opened it already; the stand-in closes what the app denies.
    await expect.poll(() => page.context().pages().length).toBe(pages)
  })

  const element = (tag: string, change: string, parent = 'body') =>
    `const e = document.createElement('${tag}'); ${change}; document.${parent}.append(e)`

  test.each([
    ['an inline script', 'require-trusted-types-for', element('script', "e.append('bad = 1')", 'head')],
    [
      'a text as HTML',
      'require-trusted-types-for',
      "document.body.insertAdjacentHTML('beforeend', '<b>bad</b>')",
    ],
    ['a text as code', 'require-trusted-types-for', "window.bad = (0, eval)('1')"],
    ['a function of a text', 'require-trusted-types-for', "window.bad = new Function('return 1')()"],
    [
      'an address as a script',
      'require-trusted-types-for',
      element('script', "e.src = 'https://example.com/x.js'", 'head'),
    ],
    ['a worker of a blob', 'require-trusted-types-for', "new Worker(URL.createObjectURL(new Blob(['1'])))"],
    ['a policy of its own', 'trusted-types', "trustedTypes.createPolicy('own', {})"],
    ['a frame', 'frame-src', element('iframe', "e.src = 'https://example.com/'")],
    ['a picture from elsewhere', 'img-src', "new Image().src = 'https://example.com/x.png'"],
    [
      'a style from elsewhere',
      'style-src-elem',
      element('link', "e.rel = 'stylesheet'; e.href = 'https://example.com/x.css'", 'head'),
    ],
    [
      'a font from elsewhere',
      'font-src',
      "new FontFace('x', 'url(https://example.com/x.woff2)').load().catch(() => {})",
    ],
    ['a request', 'connect-src', "fetch('https://example.com/').then(() => { window.bad = 1 }, () => {})"],
    ['a socket', 'connect-src', "new WebSocket('wss://example.com/')"],
    ['a beacon', 'connect-src', "navigator.sendBeacon('https://example.com/', 'x')"],
    ['a form', 'form-action', `${element('form', "e.action = 'https://example.com/'")}; e.submit()`],
    ['a base address', 'base-uri', element('base', "e.href = 'https://example.com/'", 'head')],
    ['an object', 'require-trusted-types-for', element('object', "e.data = 'https://example.com/'")],
  ])('refuses %s: %s', async (_what, directive, script) => {
    const finished: string[] = []
    const listen = (request: { url(): string }) => void finished.push(request.url())
    page.on('requestfinished', listen)
    // In a task of the page's own: what the debugger evaluates may do more than a page.
    const violated = await page.evaluate(`new Promise((resolve) => {
      const directives = []
      const listen = ({ effectiveDirective }) => directives.push(effectiveDirective)
      document.addEventListener('securitypolicyviolation', listen)
      setTimeout(() => { try { ${script} } catch {} })
      setTimeout(() => {
        document.removeEventListener('securitypolicyviolation', listen)
        resolve(directives)
      }, 200)
    })`)
    page.off('requestfinished', listen)
    expect(violated).toContain(directive)
    expect(finished.filter((url) => url.includes('example.com'))).toEqual([])
    expect(await page.evaluate('window.bad')).toBeUndefined()
  })
})
