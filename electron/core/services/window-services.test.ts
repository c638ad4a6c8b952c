import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Settings } from '../../../shared/settings.ts'
import { createApp, type App } from '../app.ts'

let folder: string
const stops: (() => unknown)[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-services-'))
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
afterAll(() => rmSync(folder, { recursive: true }))

function open(settings: object = {}): App {
  const { app, stop } = createApp(Settings.parse(settings), { dataFolder: join(folder, 'data') })
  stops.push(stop)
  return app
}
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('documents before a run', () => {
  test('are shown as they were read, with counts', async () => {
    const read = await open().document.read({
      name: 'a.md',
      base64: base64('# A tool\r\n\r\nIt adds numbers.\r\n'),
    })
    expect(read).toMatchObject({
      name: 'a.md',
      text: '# A tool\n\nIt adds numbers.\n',
      paragraphs: 2,
      words: 6,
      encoding: expect.stringMatching(/utf-?8/i),
    })
    expect(read.tokens).toBeGreaterThan(0)
  })

  test('are refused with the reason and a way out', async () => {
    const app = open()
    for (const content of ['', '%PDF-1.7\n%\u00e2\u00e3', '\0\x01\x02\x03\x04\xff'])
      await expect(app.document.read({ name: 'a.md', base64: base64(content) })).rejects.toMatchObject({
        code: 'invalid',
        hint: expect.any(String),
      })
  })
})

describe('folders', () => {
  test('say whether they can serve as a workspace', async () => {
    const app = open()
    const used = join(folder, 'used')
    mkdirSync(join(used, '.git'), { recursive: true })
    expect(await app.system.folder({ path: used })).toEqual({
      path: used,
      problem: null,
      is_new: false,
      entries: 1,
      is_git: true,
    })
    const missing = join(folder, 'a', 'b')
    expect(await app.system.folder({ path: missing })).toMatchObject({ is_new: true, problem: null })
    expect(await app.system.folder({ path: 'relative/one' })).toMatchObject({
      problem: 'This is not a whole path.',
      hint: expect.stringContaining(homedir()),
    })
    expect((await app.system.folder({ path: '~/nowhere-at-all' })).path).toBe(
      join(homedir(), 'nowhere-at-all'),
    )
    expect((await app.system.folder({ path: `${folder}/a\0b` })).problem).toBe(
      'This path holds a character that no path has.',
    )
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling'))
    expect((await app.system.folder({ path: process.execPath })).problem).toContain('is not a folder')
  })

  test('say why they should not, and what to do instead', async () => {
    const app = open()
    for (const path of [parse(folder).root, join(folder, 'data'), join(folder, 'data', 'below')])
      expect(await app.system.folder({ path })).toMatchObject({
        problem: expect.stringContaining('cannot be a workspace'),
        hint: expect.stringContaining('Choose a folder'),
      })
    const home = await app.system.folder({ path: '~' })
    expect(home).toMatchObject({ problem: null, warning: expect.stringContaining('home folder') })
  })
})

describe('the model server', () => {
  async function serve(answer: (path: string) => [number, unknown]): Promise<string> {
    const server: Server = createServer((request, response) => {
      const [status, body] = answer(request.url ?? '')
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  }

  test('that answers is ready, with its slots and what one holds', async () => {
    const endpoint = await serve((path) =>
      path === '/props'
        ? [200, { total_slots: 2, default_generation_settings: { n_ctx: 8192 } }]
        : path === '/v1/models'
          ? [200, { data: [{ id: 'tiny' }] }]
          : [404, { error: { message: 'File Not Found', code: 404 } }],
    )
    expect(await open({ openai_api_base: endpoint }).model.status({})).toMatchObject({
      endpoint,
      state: 'ready',
      model: 'tiny',
      slots: 2,
      window: 8192,
    })
  })

  test('that loads, is not there, is not permitted or would be started by Paddock says so', async () => {
    const loading = await serve(() => [503, { error: { message: 'Loading model', code: 503 } }])
    expect(await open({ openai_api_base: loading }).model.status({})).toMatchObject({ state: 'loading' })
    const gone = { openai_api_base: 'http://127.0.0.1:1/v1' }
    expect(await open(gone).model.status({})).toMatchObject({
      state: 'unreachable',
      hint: expect.stringContaining('llama-server'),
    })
    const own = { ...gone, llama_server: { model: '/models/a.gguf' } }
    expect(await open(own).model.status({})).toMatchObject({ state: 'stopped' })
    expect(await open({ openai_api_base: 'http://192.0.2.1/v1' }).model.status({})).toMatchObject({
      state: 'refused',
      message: expect.stringContaining('not on this machine'),
    })
  })
})

describe('the host', () => {
  test('of a program has no desktop, and says so', async () => {
    const app = open()
    expect(await app.host.info()).toMatchObject({
      kind: 'program',
      platform: process.platform,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      can: { pick_folder: false, reveal: false, menu: false },
    })
    await expect(app.host.pick_folder()).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.any(String),
    })
  })

  test('has its own answers where an application gives them', async () => {
    const pick = () => '/chosen'
    const { app, stop } = createApp(Settings.parse({}), {
      dataFolder: join(folder, 'data'),
      host: () => ({
        info: () => {
          throw new Error('not asked')
        },
        pick_folder: pick,
        menu: () => {},
        unsaved: () => {},
        theme: () => {},
        reveal: () => {},
      }),
    })
    stops.push(stop)
    expect(await app.host.pick_folder()).toBe('/chosen')
  })
})

test('where no workspace is named none is looked at, whatever folder the process is in', async () => {
  const checks = await open().system.doctor({})
  const workspace = checks.find(({ name }) => name === 'Workspace')
  expect(workspace).toMatchObject({ state: 'ok', message: 'each run names its own' })
}, 30_000)
