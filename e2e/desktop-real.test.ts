import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHome, type Home } from './fixtures/cli.ts'
import { startElectron, whyNoElectron, type RealDesktop } from './fixtures/electron-program.ts'

/** What the stand-in can only record, asked of Electron itself. */
describe.skipIf(whyNoElectron !== null)(
  `the built app in real Electron${whyNoElectron ? ` (skipped: ${whyNoElectron})` : ''}`,
  () => {
    let home: Home
    let desktop: RealDesktop
    beforeAll(async () => {
      home = await createHome()
      await writeFile(join(home.folder, 'notes.md'), 'Hello')
      desktop = await startElectron(home, [join(home.folder, 'notes.md')])
      await desktop.page.getByRole('heading', { level: 1 }).waitFor()
    })
    afterAll(async () => {
      await desktop.electron.close()
      await home[Symbol.asyncDispose]()
    })

    test('the page comes from app:, with nothing of Node', async () => {
      expect(desktop.page.url()).toBe('app://paddock/')
      expect(await desktop.page.evaluate('[typeof require, typeof process, typeof paddock.call]')).toEqual([
        'undefined',
        'undefined',
        'function',
      ])
    })

    test('the window has the preferences that it was given', async () => {
      const preferences = await desktop.electron.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        return (window!.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences()
      })
      expect(preferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        webSecurity: true,
        nodeIntegration: false,
        webviewTag: false,
      })
    })

    test.each(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'])(
      'the permission %s is denied',
      async (name) => {
        const state = await desktop.page.evaluate(
          `navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`,
        )
        expect(state).toBe('denied')
      },
    )

    test.each(['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'app://other/'])(
      'the page gets nothing from %s',
      async (url) => {
        const got = await desktop.page.evaluate(`fetch('${url}').then(() => 'got it', () => 'refused')`)
        expect(got).toBe('refused')
      },
    )

    test.each(['../main.js', '%2e%2e/main.js', 'preload.cjs', 'assets/'])(
      'the protocol has no %s',
      async (path) => {
        expect(await desktop.page.evaluate(`fetch('/${path}').then(({ status }) => status)`)).toBe(404)
      },
    )

    test.each([
      ['require-trusted-types-for', "document.body.insertAdjacentHTML('beforeend', '<b>bad</b>')"],
      ['connect-src', "fetch('https://example.com/').catch(() => {})"],
      [
        'frame-src',
        "const e = document.createElement('iframe'); e.src = 'https://example.com/'; document.body.append(e)",
      ],
      ['img-src', "new Image().src = 'https://example.com/x.png'"],
    ])('the content security policy is in force: %s', async (directive, script) => {
      const violated = await desktop.page.evaluate(`new Promise((resolve) => {
        const directives = []
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => directives.push(effectiveDirective))
        setTimeout(() => { try { ${script} } catch {} })
        setTimeout(() => resolve(directives), 300)
      })`)
      expect(violated).toContain(directive)
    })

    test('it goes nowhere, and opens nothing', async () => {
      await desktop.page.evaluate("setTimeout(() => { location.href = 'https://example.com/' })")
      expect(await desktop.page.evaluate("window.open('https://example.com/')")).toBeNull()
      await desktop.page.waitForTimeout(300)
      expect(desktop.page.url()).toBe('app://paddock/')
      expect(desktop.electron.windows()).toHaveLength(1)
    })

    test('the document that it was opened with is there', async () => {
      const document = desktop.page.getByText('notes.md').first()
      await document.waitFor()
      expect(await document.isVisible()).toBe(true)
    })
  },
)
