import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHome, projectFolder, type Home } from './fixtures/cli.ts'
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
