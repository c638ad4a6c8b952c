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
