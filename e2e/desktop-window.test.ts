import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MenuItemConstructorOptions, TitleBarOverlay } from 'electron'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome, projectFolder, type Home } from './fixtures/cli.ts'
import { shownOrigin } from './stand-in/drive-page.ts'
import { startDesktop, type Desktop } from './stand-in/start-desktop.ts'

let home: Home
let desktop: Desktop
beforeAll(async () => {
  home = await createHome()
  desktop = await startDesktop({ data: home.data })
})
afterAll(async () => {
  await desktop.quit()
  await home[Symbol.asyncDispose]()
})

describe('what a page may do', () => {
  test.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['webSecurity', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webviewTag', false],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['enableBlinkFeatures', ''],
    ['plugins', false],
    ['spellcheck', false],
    ['navigateOnDragDrop', false],
    ['devTools', false],
  ] as const)('webPreferences: %s is %j', (name, value) => {
    expect(desktop.window().options.webPreferences?.[name]).toBe(value)
  })

  test('a webPreference that is not in this table needs a thought', () => {
    const { preload, ...others } = desktop.window().options.webPreferences!
    expect(preload).toBe(join(projectFolder, 'dist/preload.cjs'))
    expect(Object.keys(others)).toHaveLength(14)
  })

  test('developer tools are there in development only', async () => {
    await using other = await createHome()
    await using developed = await startDesktop({ data: other.data, isPackaged: false })
    expect(developed.window().options.webPreferences?.devTools).toBe(true)
    expect(JSON.stringify(developed.standIn.records.menu)).toContain('toggleDevTools')
    expect(JSON.stringify(desktop.standIn.records.menu)).not.toContain('toggleDevTools')
  })

  test('every renderer is in the sandbox, and WebRTC tells no addresses', () => {
    expect(desktop.standIn.records.isSandboxEnabled).toBe(true)
    expect(desktop.standIn.records.webRtcPolicy).toBe('disable_non_proxied_udp')
  })
})

describe('session rules', () => {
  const permissions = [
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fileSystem',
    'hid',
    'serial',
    'usb',
    'idle-detection',
    'local-fonts',
    'unknown',
  ] as const

  test.each(permissions)('a page is refused when it asks for: %s', (permission) => {
    const { permissionRequest, permissionCheck } = desktop.standIn.records
    const decisions: boolean[] = []
    permissionRequest!(
      null as never,
      permission as never,
      (isGranted) => decisions.push(isGranted),
      {} as never,
    )
    decisions.push(permissionCheck!(null, permission, 'app://paddock', {} as never))
    expect(decisions).toEqual([false, false])
  })

  test('no device, no screen, no spell checker', () => {
    const { records } = desktop.standIn
    expect(
      records.devicePermission!({ deviceType: 'usb', origin: 'app://paddock', device: {} as never }),
    ).toBe(false)
    expect(records.displayMedia).toBeNull()
    expect(records.isSpellCheckerEnabled).toBe(false)
  })

  test('downloads are cancelled', () => {
    expect(desktop.standIn.session.emitPreventable('will-download')).toBe(true)
  })

  test.each([
    ['app://paddock/', true],
    ['app://paddock/assets/x.js', true],
    ['app://paddock.example/', false],
    ['app://paddock:8080/', false],
    ['app://other/', false],
    ['http://127.0.0.1:8080/v1', false],
    ['https://example.com/', false],
    ['ws://127.0.0.1/', false],
    ['wss://example.com/', false],
    ['file:///etc/passwd', false],
    ['ftp://example.com/', false],
    ['data:text/html,x', false],
    ['blob:app://paddock/1', false],
    ['chrome://settings', false],
    ['chrome-extension://x/', false],
    ['devtools://devtools/x', false],
    ['about:blank', false],
    ['javascript:1', false],
    ['APP://paddock/', false],
  ])('a request for %s passes: %j (S1)', (url, passes) => {
    expect(desktop.standIn.session.isCancelled(url)).toBe(!passes)
  })

  test('developer tools may load themselves, in development', async () => {
    await using other = await createHome()
    await using developed = await startDesktop({ data: other.data, isPackaged: false })
    expect(developed.standIn.session.isCancelled('devtools://devtools/x')).toBe(false)
    expect(developed.standIn.session.isCancelled('https://example.com/')).toBe(true)
  })
})

describe('navigation', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    '%s is denied',
    (event) => {
      const { webContents } = desktop.window()
      expect(webContents.emitPreventable(event, { url: 'https://example.com/' })).toBe(true)
      expect(webContents.emitPreventable(event, { url: 'app://paddock/' })).toBe(true)
    },
  )

  test.each(['https://example.com/', 'app://paddock/', 'about:blank', 'file:///'])(
    'no window is opened for %s',
    (url) => {
      expect(desktop.window().webContents.windowOpenHandler!({ url } as never)).toEqual({ action: 'deny' })
    },
  )
})

/** For a machine that has other things to do. */
const patient = { timeout: 20_000 }

/** The line of security.md, part for part. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types app-worker dompurify editorViewLayer richScreenReaderContent domLineBreaksComputer diffReview diffEditorWidget editorGhostText stickyScrollViewLayer standaloneColorizer defaultWorkerFactory tokenizeToString 'allow-duplicates'",
]

describe('the protocol app:', () => {
  test('is like https:, and is registered with no system', () => {
    expect(desktop.standIn.records.privilegedSchemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })

  test.each(policy)('the page comes with: %s', async (part) => {
    const { headers } = await desktop.standIn.session.fetch('app://paddock/')
    expect(headers.get('content-security-policy')?.split('; ')).toContain(part)
    expect(headers.get('content-security-policy')?.split('; ')).toHaveLength(policy.length)
  })

  test.each([
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['referrer-policy', 'no-referrer'],
  ])('every answer has %s: %s', async (name, value) => {
    const asset = readdirSync(join(projectFolder, 'dist/renderer/assets')).find((file) =>
      file.endsWith('.js'),
    )!
    for (const path of ['', `assets/${asset}`, 'nothing-here']) {
      const { headers } = await desktop.standIn.session.fetch(`app://paddock/${path}`)
      expect(headers.get(name)).toBe(value)
    }
  })

  test('every file of the build is served as what it is', async () => {
    for (const entry of readdirSync(join(projectFolder, 'dist/renderer'), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile() || entry.name === 'index.html') continue
      const path = join(entry.parentPath, entry.name).slice(join(projectFolder, 'dist/renderer').length)
      const response = await desktop.standIn.session.fetch(`app://paddock${path}`)
      expect([path, response.status]).toEqual([path, 200])
      expect(response.headers.get('content-type')).toMatch(
        /^(text\/(javascript|css)|application\/json|image|font)/,
      )
      expect(Buffer.from(await response.arrayBuffer())).toEqual(
        readFileSync(join(projectFolder, 'dist/renderer', path)),
      )
    }
  })

  test.each([
    '../main.js',
    '..%2fmain.js',
    '%2e%2e/main.js',
    '..\\main.js',
    'assets/../../main.js',
    '/etc/passwd',
    '//etc/passwd',
    'index.html/../../../package.json',
    'assets',
    'assets/',
    'INDEX.HTML',
    'index.html%00.js',
    '.',
    '..',
    'preload.cjs',
  ])('nothing else is served: %s', async (path) => {
    const response = await desktop.standIn.session.fetch(`app://paddock/${path}`)
    const body = await response.text()
    // What a URL parser turns into the page's own address is the page.
    if (new URL(`app://paddock/${path}`).pathname === '/') expect(body).toContain('<div id="root">')
    else expect([response.status, body]).toEqual([404, ''])
  })

  test.each(['app://other/', 'app://paddock.example/', 'app://paddock:1/'])(
    'no other host is answered: %s',
    async (url) => {
      expect((await desktop.standIn.session.fetch(url)).status).toBe(404)
    },
  )

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('only GET is answered, not %s', async (method) => {
    expect((await desktop.standIn.session.fetch('app://paddock/', method)).status).toBe(405)
  })
})

describe('the sources', () => {
  const sources = ['electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => ({
        name: join(folder, name),
        text: readFileSync(join(projectFolder, folder, name), 'utf8'),
      })),
  )
  const using = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

  test('a window is made in one place', () => {
    expect(using(/new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/)).toEqual([
      'electron/host/window.ts',
    ])
  })

  test('no URL scheme is registered, nothing is opened outside, no page is trusted with more', () => {
    expect(
      using(/setAsDefaultProtocolClient|openExternal|openPath|executeJavaScript|insertCSS|webFrame\b/),
    ).toEqual([])
    expect(using(/\b(un)?handle\('call'|ipcMain\.handle/)).toEqual(['electron/host/ipc.ts'])
  })

  test('only the desktop knows of Electron', () => {
    const imports = using(/from 'electron'|require\('electron'\)|import\('electron'\)/)
    expect(imports.filter((name) => !/^electron\/(main|preload)\.ts$|^electron\/host\//.test(name))).toEqual(
      [],
    )
    expect(imports.filter((name) => /host\/(web|serve-files|page-headers|batch-events)/.test(name))).toEqual(
      [],
    )
  })

  test('the preload takes no values from elsewhere, and is one file that needs nothing but electron', () => {
    const built = readFileSync(join(projectFolder, 'dist/preload.cjs'), 'utf8')
    expect([...built.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"'])
    expect(built).not.toMatch(/^import |^export /m)
  })

  test('the app runs without node_modules', () => {
    const built = readFileSync(join(projectFolder, 'dist/main.js'), 'utf8')
    const imported = [...built.matchAll(/^import .*? from "([^"]+)";$/gm)].map(([, name]) => name!)
    expect(imported.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([])
  })
})

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
      await expect.poll(() => currentOf(label), patient).toBe('page')
    },
  )

  test('lists a document that a second instance was started with, and why another is not there', async () => {
    const path = join(other.folder, 'handed-over.md')
    await writeFile(path, '# Handed over')
    const gone = join(other.folder, 'gone.md')
    choose('Runs')
    await expect.poll(() => currentOf('Runs'), patient).toBe('page')
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
      await expect
        .poll(() => themedPage.evaluate(colour), patient)
        .toBe(themed.window().options.backgroundColor)
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
    await expect.poll(async () => (await navigation.boundingBox())!.width, patient).not.toBe(before)
  })

  test('goes nowhere and opens nothing', async () => {
    const pages = page.context().pages().length
    await page.evaluate("setTimeout(() => { location.href = 'https://example.com/' })")
    await page.evaluate("void window.open('https://example.com/')")
    await page.waitForTimeout(300)
    expect(page.url()).toBe(`${shownOrigin}/`)
    // Chromium has opened it already; the stand-in closes what the app denies.
    await expect.poll(() => page.context().pages().length, patient).toBe(pages)
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
