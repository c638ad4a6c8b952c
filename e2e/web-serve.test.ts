import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import { ensureBuilt } from '../scripts/build.mjs'
import { startBrowserHost } from './fixtures/browser-host.ts'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome, runCli, startCli, type Home } from './fixtures/cli.ts'

beforeAll(() => ensureBuilt(['renderer']), 120_000)

/** A slow rehearsal, so that it is under way when the test acts. */
const slowly = { PADDOCK_REHEARSAL_PACE: '1' }
const rehearsal = ({ workspace }: Home) => ({ workflow: 'feature_development', workspace, accept: false })

describe('paddock serve', { timeout: 60_000 }, () => {
  test('answers calls until it is asked to stop, and ends well', async () => {
    await using home = await createHome()
    await using host = await startBrowserHost(home)
    expect(await host.call('run.list')).toEqual({ ok: true, output: [] })
    expect(await host.call('host.info')).toMatchObject({
      output: { kind: 'browser', can: { pick_folder: false, reveal: false, menu: false } },
    })
    expect(await host.call('host.pick_folder')).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    await host.stop()
    const { code, stdout, stderr } = await host.started.finished
    expect([code, stderr]).toEqual([
      0,
      '\nStopping. What is done is kept; press Ctrl-C again to leave at once.\n',
    ])
    expect(stdout.split('\n')).toHaveLength(2)
  })

  test('a second one works beside the first, on the same runs', async () => {
    await using home = await createHome()
    await using first = await startBrowserHost(home, slowly)
    await using second = await startBrowserHost(home)
    expect(second.origin).not.toBe(first.origin)
    const { output } = await first.call('run.rehearse', rehearsal(home))
    const { output: runs } = await second.call('run.list')
    expect(runs).toMatchObject([{ id: (output as { id: string }).id, status: 'running' }])
    // What one is asked for is done by the one that leads the run.
    expect(await second.call('run.cancel', output)).toEqual({ ok: true })
    await expect
      .poll(async () => (await first.call('run.list')).output, { timeout: 10_000 })
      .toMatchObject([{ status: 'cancelled' }])
    expect(await second.call('run.list')).toMatchObject({ output: [{ status: 'cancelled' }] })
    const { token } = first
    const foreign = await fetch(`${second.origin}/events`, { headers: { authorization: `Bearer ${token}` } })
    expect(foreign.status).toBe(401)
  })

  test('Ctrl-C ends what runs, keeps it, and leaves; the token is in no log', async () => {
    await using home = await createHome()
    await using host = await startBrowserHost(home, slowly)
    await host.call('run.rehearse', rehearsal(home))
    host.started.child.kill('SIGINT')
    expect((await host.started.finished).code).toBe(0)
    const runs = JSON.parse((await runCli(home, ['list', '--json'])).stdout) as RunSummary[]
    expect(runs).toMatchObject([{ status: 'cancelled' }])
    expect(await readFile(join(home.data, 'logs/paddock.log'), 'utf8')).not.toContain(host.token)
  })

  test('a port that is taken is said with what to do; one that is none is wrong use', async () => {
    await using home = await createHome()
    await using host = await startBrowserHost(home)
    const { port } = new URL(host.origin)
    const taken = await runCli(home, ['serve', '--no-open', '--port', port])
    expect(taken.code).toBe(1)
    expect(taken.stderr).toBe(
      `Port ${port} cannot be listened on: another program has it.\n  Name another with --port, or none: any free one is taken then.\n`,
    )
    await host.stop()
    await using again = await startBrowserHost(home, {}, ['--port', port])
    expect(again.origin).toBe(host.origin)
    expect(again.token).not.toBe(host.token)
    for (const wrong of ['0', '65536', '-1', 'http', '80.5'])
      expect((await runCli(home, ['serve', '--no-open', `--port=${wrong}`])).code).toBe(2)
  })

  test.each([
    ['opens the browser where there is a display', 'DISPLAY', true, ''],
    ['opens none where there is none', 'NOTHING', false, ''],
    ['says so where it cannot be opened', 'WAYLAND_DISPLAY', true, 'exit 3'],
  ])('%s', async (_, display, isAsked, ending) => {
    await using home = await createHome()
    const bin = join(home.folder, 'bin')
    await mkdir(bin)
    await writeFile(join(bin, 'xdg-open'), `#!/bin/sh\necho "$@" > ${home.folder}/asked\n${ending}\n`)
    await chmod(join(bin, 'xdg-open'), 0o755)
    const { child, finished } = startCli(home, ['serve'], {
      PATH: `${bin}:${process.env['PATH']}`,
      [display]: ':7',
    })
    const read = () => readFile(join(home.folder, 'asked'), 'utf8').catch(() => '')
    let printed = ''
    child.stdout!.on('data', (piece: Buffer) => (printed += piece.toString()))
    await expect.poll(() => printed, { timeout: 30_000 }).toContain('Ctrl-C stops Paddock.')
    if (isAsked) await expect.poll(read, { timeout: 15_000 }).not.toBe('')
    if (ending) await expect.poll(() => printed, { timeout: 15_000 }).toContain('No browser could be opened')
    // Others can read what a program is called with: what the browser is given works once.
    const [, token] = /#token=(\S+)/.exec(printed)!
    const asked = (await read()).trim()
    expect([asked === '', asked.includes(token!)]).toEqual([!isAsked, false])
    if (isAsked) {
      const once = await fetch(asked, { redirect: 'manual' })
      expect([once.status, once.headers.get('location')]).toEqual([302, `/#token=${token}`])
      expect((await fetch(asked, { redirect: 'manual' })).status).toBe(404)
    }
    child.kill('SIGTERM')
    await finished
  })

  test('over SSH it says how the machine that one sits at gets there', async () => {
    await using home = await createHome()
    await using host = await startBrowserHost(home, { SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22' })
    await host.stop()
    const { port } = new URL(host.origin)
    expect((await host.started.finished).stdout).toContain(`ssh -L ${port}:127.0.0.1:${port}`)
  })
})

describe.skipIf(!chromiumPath)('the page that is served, in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser
  beforeAll(async () => void (browser = await launchChromium()))
  afterAll(() => browser?.close())

  test('works from the printed address, and after a reload without it; nothing breaks its rules', async () => {
    await using home = await createHome()
    await using host = await startBrowserHost(home)
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    page.on('pageerror', (error) => void faults.push(error.message))
    const requests: string[] = []
    page.on('request', (request) => void requests.push(request.url()))
    const button = page.getByRole('button', { name: /new run/i }).first()
    await page.goto(host.address)
    await button.waitFor()
    expect(page.url()).toBe(`${host.origin}/`)
    await page.reload()
    await button.waitFor()
    expect(faults).toEqual([])
    for (const url of requests) expect(url).toMatch(new RegExp(`^(${host.origin}/|data:)`))
    expect(requests.filter((url) => url.includes(host.token) && !url.startsWith(`${host.origin}/#`))).toEqual(
      [],
    )
    expect(requests.some((url) => url.endsWith('/events'))).toBe(true)
    await page.close()
  })

  test('an old page is not known to a host that was started anew at its address', async () => {
    await using home = await createHome()
    const host = await startBrowserHost(home)
    const page = await browser.newPage()
    await page.goto(host.address)
    await page
      .getByRole('button', { name: /new run/i })
      .first()
      .waitFor()
    const asked = page.waitForResponse(
      (response) => response.url().endsWith('/events') && response.status() !== 200,
      { timeout: 20_000 },
    )
    await host.stop()
    await using _again = await startBrowserHost(home, {}, ['--port', new URL(host.origin).port])
    expect((await asked).status()).toBe(401)
    await page.close()
  })
})
