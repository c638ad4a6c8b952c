import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { llamaServer } from '../../../e2e/fixtures/llama-server.ts'
import { makeTinyModel } from '../../../scripts/make-tiny-model.mjs'
import type { AppError } from '../../../shared/errors.ts'
import { createModel } from '../llm/model.ts'
import { OwnServer } from './own-server.ts'
import {
  errorOf,
  folder,
  isAlive,
  key,
  log,
  logged,
  makeModel,
  never,
  port,
  program,
  removeModel,
  running,
  setUp,
  settingsFor,
  start,
  tearDown,
  type Profile,
} from './test-server.fixture.ts'

beforeAll(makeModel)
afterAll(removeModel)
beforeEach(setUp)
afterEach(tearDown)

describe.skipIf(llamaServer === null)('the real server', () => {
  test('is started with the profile: each slot has the whole context (S55, S86)', async () => {
    await start({ ctx_size: 2048, slots: 3 })
    const status = await createModel(settingsFor()).status(never)
    expect(status).toMatchObject({ slots: 3, window: 2048 })
    const messages = logged().map(({ level, message }) => `${level} ${message}`)
    expect(messages).toContain('INFO llama-server started')
    expect(messages.some((line) => /^DEBUG llama-server: .*listening on/.test(line))).toBe(true)
  })

  test('is told of the key in its environment, and of nothing else there (K1)', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'canary-openai')
    vi.stubEnv('GITHUB_TOKEN', 'canary-github')
    vi.stubEnv('HTTPS_PROXY', 'http://canary-proxy:1')
    const { pid } = await start({}, { openai_api_key: key })
    const refused = await fetch(`http://127.0.0.1:${port}/v1/models`)
    expect(refused.status).toBe(401)
    await createModel(settingsFor({}, { openai_api_key: key })).status(never)
    if (!existsSync('/proc/self/environ')) return
    const read = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0')
    expect(read('environ').filter((line) => line.includes('canary'))).toEqual([`LLAMA_API_KEY=${key}`])
    expect(read('cmdline').join(' ')).not.toContain('canary')
    expect(readFileSync(join(folder, 'paddock.log'), 'utf8')).not.toContain('canary')
  })

  test('serves below another path', async () => {
    const more = { openai_api_base: `http://127.0.0.1:${port}/models/v1` }
    await start({}, more)
    expect(await createModel(settingsFor({}, more)).status(never)).toMatchObject({ slots: 1, window: 1024 })
  })

  test('is stopped, and is stopped while it answers', async () => {
    const idle = await start()
    await idle.stop()
    expect(isAlive(idle.pid)).toBe(false)
    const busy = await start()
    const asked = createModel(settingsFor()).answer(
      { messages: [{ role: 'user', content: 'Hello' }], maxTokens: 900, temperature: 0 },
      { signal: never, onProgress: () => void busy.stop() },
    )
    await asked.catch(() => {})
    await busy.stop()
    expect(isAlive(busy.pid)).toBe(false)
    expect(logged().filter(({ level }) => level === 'ERROR')).toEqual([])
  })

  test('that ends by itself is told of in the log (S118)', async () => {
    const { pid, exited } = await start()
    process.kill(pid, 'SIGKILL')
    expect(await exited).toEqual({ code: null, signal: 'SIGKILL' })
    const line = logged().find(({ message }) => message === 'llama-server ended by itself')
    expect(line).toMatchObject({ level: 'ERROR', signal: 'SIGKILL', last: expect.any(Array) })
  })

  test.each([
    ['ends', (child: ReturnType<typeof spawn>) => child.stdin?.write('end\n')],
    ['is killed', (child: ReturnType<typeof spawn>) => child.kill('SIGKILL')],
  ])('does not outlive a parent that %s (S118)', async (how, end) => {
    if (how === 'is killed' && process.platform !== 'linux') return
    const fixture = join(import.meta.dirname, 'start-server.fixture.ts')
    const args = [fixture, JSON.stringify(settingsFor()), join(folder, 'other.log')]
    const parent = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(isAlive(pid)).toBe(true)
    end(parent)
    await once(parent, 'exit')
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false)
  })

  test.each<[string, Profile, Partial<AppError>]>([
    [
      'a flag that it does not know',
      { extra_args: ['--bogus'] },
      { code: 'invalid', message: 'llama-server does not take the argument --bogus.' },
    ],
    [
      'a value that is none',
      { extra_args: ['-t', 'many'] },
      { code: 'invalid', message: 'llama-server does not take the argument -t.' },
    ],
  ])('%s is named (S86)', async (_, profile, expected) => {
    const error = await errorOf(start(profile))
    expect(error).toMatchObject({ ...expected, hint: expect.stringContaining('It wrote last: ') })
  })

  test.each([
    ['garbage', Buffer.from('not a model at all')],
    ['empty', Buffer.alloc(0)],
    ['cut off', Buffer.from(makeTinyModel({})).subarray(0, 100_000)],
  ])('a model file that is %s is named (S86, S89)', async (_, bytes) => {
    const model = join(folder, 'model.gguf')
    writeFileSync(model, bytes)
    expect(await errorOf(start({ model }))).toMatchObject({
      code: 'invalid',
      message: `llama-server cannot load the model ${model}.`,
    })
  })

  test('one for all: it is started once, so that the model stays loaded, and anew when it has ended (S94)', async () => {
    const own = new OwnServer(settingsFor(), log)
    running.push(own)
    const patient = [own.start(never), own.start(never)]
    const impatient = new AbortController()
    const gone = own.start(impatient.signal)
    impatient.abort()
    expect((await errorOf(gone)).code).toBe('cancelled')
    await Promise.all(patient)
    const pids = () =>
      logged().flatMap(({ message, pid }) => (message === 'llama-server started' ? [pid] : []))
    expect(pids()).toHaveLength(1)
    process.kill(pids()[0] as number, 'SIGKILL')
    await expect
      .poll(() => logged().some(({ message }) => message === 'llama-server ended by itself'))
      .toBe(true)
    await own.start(never)
    expect(pids()).toHaveLength(2)
    await own.stop()
    expect(isAlive(pids()[1] as number)).toBe(false)
  })

  test('a run that wants other settings has them, unless another run uses the server as it is (S94)', async () => {
    const own = new OwnServer(settingsFor(), log)
    running.push(own)
    const window = async () => (await createModel(settingsFor()).status(never)).window
    const begin = async (profile: Profile) => {
      const leave = await own.use(settingsFor(profile))
      await own.start(never)
      return leave
    }
    const leaves = [await begin({}), await begin({ ctx_size: 512 })]
    expect([await window(), own.isKept(settingsFor({ ctx_size: 512 }))]).toEqual([1024, true])
    for (const leave of leaves) leave()
    await begin({ ctx_size: 512 })
    expect([await window(), own.isKept(settingsFor({ ctx_size: 512 }))]).toEqual([512, false])
  })
})

test('a server that is still being started is given up when it is to end', async () => {
  const own = new OwnServer(settingsFor({ binary: program('#!/bin/sh\nexec sleep 1000\n') }), log)
  const starting = errorOf(own.start(never))
  await own.stop()
  expect((await starting).code).toBe('cancelled')
})
