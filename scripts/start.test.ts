import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ensureBuilt } from './build.mjs'
import { makeClone } from './clone.fixture.ts'
import { ensureElectron, whyNoDesktop } from './electron.mjs'

const tell = 'console.log(JSON.stringify(process.argv.slice(2)))'

/** An installer of Electron that puts a program there which tells what it was called with. */
const installer = (program: string, version = '45.5.0') => `
const { mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
mkdirSync(join(__dirname, 'dist'), { recursive: true })
writeFileSync(join(__dirname, 'dist', 'electron'), ${JSON.stringify(`#!/bin/sh\n${program}\n`)}, { mode: 0o755 })
writeFileSync(join(__dirname, 'dist', 'version'), ${JSON.stringify(version)})
writeFileSync(join(__dirname, 'path.txt'), 'electron')
require('node:fs').appendFileSync(join(__dirname, 'asked'), 'x')
`

function clone(electron: Readonly<Record<string, string>>): string {
  const folder = makeClone(tell, electron)
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const nobody = 65_534

/** `npm start` in a clone, on a display, as somebody whom Electron serves. */
function start(folder: string, env: NodeJS.ProcessEnv = { DISPLAY: ':99' }) {
  const cache = mkdtempSync(join(tmpdir(), 'paddock-cache-'))
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }))
  const isRoot = process.getuid?.() === 0
  if (isRoot) spawnSync('chown', ['-R', String(nobody), folder, cache])
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/start.mjs')], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env['PATH'], HOME: cache, PADDOCK_CACHE_DIR: cache, ...env },
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
  })
  return { status, stdout, stderr }
}

describe('the desktop window', () => {
  test.each([
    ['linux', {}, 1000, 'there is no display'],
    ['linux', { DISPLAY: ':0' }, 1000, null],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['linux', { DISPLAY: ':0' }, 0, 'Electron does not run as root'],
    ['darwin', {}, 501, null],
    ['win32', {}, undefined, null],
  ] as const)('on %s with %j and user %j: %j', (platform, env, user, expected) => {
    expect(whyNoDesktop({ platform, env, ...(user === undefined ? {} : { user }) })).toBe(expected)
  })

  test('is opened with the Electron that is there, which is fetched once', async () => {
    const folder = clone({ 'install.js': installer('exit 0') })
    const program = join(folder, 'node_modules/electron/dist/electron')
    expect(await ensureElectron({ folder })).toEqual({ program })
    expect(await ensureElectron({ folder })).toEqual({ program })
    expect(readFileSync(join(folder, 'node_modules/electron/asked'), 'utf8')).toBe('x')
    // Another version, or half of it, is fetched again.
    writeFileSync(join(folder, 'node_modules/electron/dist/version'), '1.0.0')
    expect(await ensureElectron({ folder })).toEqual({ program })
    rmSync(program)
    expect(await ensureElectron({ folder })).toEqual({ program })
    expect(readFileSync(join(folder, 'node_modules/electron/asked'), 'utf8')).toBe('xxx')
  })

  test.each([
    [
      'is refused',
      "console.error('HTTPError: 403 Forbidden\\n  at x'); process.exit(1)",
      'HTTPError: 403 Forbidden',
    ],
    ['hangs', 'setInterval(() => {}, 1000)', 'it took longer than 1 s'],
    ['puts nothing there', '', 'its program is missing'],
    ['says nothing', 'process.exit(1)', 'no reason was given'],
  ])('says why there is none where the installer %s', async (_, source, why) => {
    const folder = clone({ 'install.js': source })
    const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/electron/package.json'), 'utf8'))
    expect(await ensureElectron({ folder, milliseconds: 1000 })).toEqual({
      reason: `Electron ${version} could not be fetched (${why})`,
    })
  })
})

describe('npm start', { timeout: 90_000 }, () => {
  test('opens the desktop window on the whole build, and ends with it', () => {
    const folder = clone({ 'install.js': installer('echo "window of $1 $ELECTRON_RUN_AS_NODE"; exit 0') })
    const { status, stdout, stderr } = start(folder, { DISPLAY: ':99', ELECTRON_RUN_AS_NODE: '1' })
    expect(stdout).toBe(`window of ${folder} \n`)
    expect(stderr).toContain('fetching Electron')
    expect(status).toBe(0)
    for (const name of ['renderer/index.html', 'main.js', 'preload.cjs'])
      expect(existsSync(join(folder, 'dist', name))).toBe(true)
    // The second time there is nothing to be done, and nothing to be said.
    expect(start(folder)).toEqual({ status: 0, stdout: `window of ${folder} \n`, stderr: '' })
  })

  test.each([
    [
      'Electron cannot be fetched',
      "console.error('no way'); process.exit(1)",
      /because Electron \S+ could not be fetched \(no way\)\n$/,
    ],
    ['Electron cannot run', installer('exit 127'), /because Electron ended at once \(exit code 127\)\n$/],
  ])('serves the browser where %s, and says so', (_, source, reason) => {
    const { stdout, stderr } = start(clone({ 'install.js': source }))
    expect(stderr).toMatch(reason)
    expect(stdout).toBe('["serve"]\n')
  })

  test.each(['INT', 'TERM', 'HUP'])('serves no browser where a person ended the window (%s)', (signal) => {
    const { status, stdout } = start(clone({ 'install.js': installer(`kill -${signal} $$; sleep 5`) }))
    expect([status, stdout]).toEqual([{ INT: 130, TERM: 143, HUP: 129 }[signal], ''])
  })

  test('fetches nothing where there is no display', () => {
    const { stdout, stderr } = start(clone({ 'install.js': 'setInterval(() => {}, 1000)' }), {})
    expect(stderr).toContain('the window is for a browser, because there is no display')
    expect(stderr).not.toContain('fetching')
    expect(stdout).toBe('["serve"]\n')
  })
})

describe('the build', () => {
  const stampsOf = (folder: string) =>
    ['renderer', 'main', 'preload'].map((name) => readFileSync(join(folder, 'dist', `${name}.stamp`), 'utf8'))

  test('is made anew where its sources changed, and only then', async () => {
    const folder = clone({})
    await ensureBuilt(undefined, folder)
    const [page, main, preload] = stampsOf(folder)
    writeFileSync(join(folder, 'dist/main.js'), 'kept')
    await ensureBuilt(undefined, folder)
    expect(readFileSync(join(folder, 'dist/main.js'), 'utf8')).toBe('kept')
    writeFileSync(join(folder, 'electron/main.ts'), "console.log('changed')")
    writeFileSync(join(folder, 'electron/main.test.ts'), 'no part of it')
    await ensureBuilt(undefined, folder)
    expect(readFileSync(join(folder, 'dist/main.js'), 'utf8')).toContain('changed')
    const after = stampsOf(folder)
    expect([after[0], after[2]]).toEqual([page, preload])
    expect(after[1]).not.toBe(main)
    rmSync(join(folder, 'dist/renderer'), { recursive: true })
    await ensureBuilt(['renderer'], folder)
    expect(readFileSync(join(folder, 'dist/renderer/index.html'), 'utf8')).toContain('A page')
  })

  test('may be asked for by several at once', async () => {
    const folder = clone({})
    const script = `import { ensureBuilt } from ${JSON.stringify(join(folder, 'scripts/build.mjs'))}; await ensureBuilt()`
    const runs = await Promise.all(
      [1, 2, 3].map(async () => spawnAsync(process.execPath, ['--input-type=module', '-e', script])),
    )
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(runs.filter(({ stderr }) => stderr.includes('built in'))).toHaveLength(1)
    expect(readFileSync(join(folder, 'dist/renderer/index.html'), 'utf8')).toContain('A page')
  })

  test('that fails leaves what was there, and is tried again', async () => {
    const folder = clone({})
    await ensureBuilt(['main'], folder)
    writeFileSync(join(folder, 'electron/main.ts'), "import './nothing.ts'")
    await expect(ensureBuilt(['main'], folder)).rejects.toThrow('The window could not be built')
    expect(readFileSync(join(folder, 'dist/main.js'), 'utf8')).toContain('main')
    writeFileSync(join(folder, 'electron/main.ts'), "console.log('mended')")
    await ensureBuilt(['main'], folder)
    expect(readFileSync(join(folder, 'dist/main.js'), 'utf8')).toContain('mended')
  })

  test('of the page is one for production, whatever the environment says', async () => {
    const folder = clone({})
    chmodSync(folder, 0o755)
    writeFileSync(join(folder, 'renderer/index.html'), '<script type="module" src="./main.js"></script>')
    writeFileSync(join(folder, 'renderer/main.js'), 'document.title = process.env.NODE_ENV')
    await ensureBuilt(['renderer'], folder)
    const page = readFileSync(join(folder, 'dist/renderer/index.html'), 'utf8')
    const [, script = ''] = /src="\.\/(assets\/[^"]+)"/.exec(page) ?? []
    expect(readFileSync(join(folder, 'dist/renderer', script), 'utf8')).toMatch(
      /document\.title=["'`]production/,
    )
  })
})

function spawnAsync(command: string, args: string[]): Promise<{ code: number; stderr: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, stderr })))
}
