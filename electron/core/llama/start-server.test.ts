import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { llamaServer } from '../../../e2e/fixtures/llama-server.ts'
import { makeTinyModel } from '../../../scripts/make-tiny-model.mjs'
import { AppError } from '../../../shared/errors.ts'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import { createModel } from '../llm/model.ts'
import { openLog, type Log } from '../log/log.ts'
import { OwnServer } from './own-server.ts'
import { startServer, type RunningServer } from './start-server.ts'

const never = new AbortController().signal
const key = 'canary-key-0123456789'

let models: string
beforeAll(() => {
  models = mkdtempSync(join(tmpdir(), 'paddock-models-'))
  writeFileSync(join(models, 'tiny.gguf'), makeTinyModel({ eosBias: -30 }))
})
afterAll(() => rmSync(models, { recursive: true }))

let folder: string
let log: Log
let port: number
const running: { stop(): Promise<void> }[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-start-'))
  log = openLog({ level: 'DEBUG', file: join(folder, 'paddock.log'), maxMegabytes: 10, filesKept: 1 })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
  server.close()
  await once(server, 'close')
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  await log.close()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

type Profile = NonNullable<SomeSettings['llama_server']>
const settingsFor = (profile: Profile = {}, more: SomeSettings = {}) =>
  Settings.parse({
    openai_api_base: `http://127.0.0.1:${port}/v1`,
    ...more,
    llama_server: {
      binary: llamaServer ?? 'llama-server',
      model: join(models, 'tiny.gguf'),
      ctx_size: 1024,
      extra_args: ['-t', '1', '--no-webui', '--jinja'],
      start_timeout: 20,
      ...profile,
    },
  })
async function start(profile?: Profile, more?: SomeSettings, signal = never): Promise<RunningServer> {
  const server = await startServer(settingsFor(profile, more), log, signal)
  running.push(server)
  return server
}
/** A program of ours in the server's place. */
function program(source: string): string {
  const path = join(folder, 'program')
  writeFileSync(path, source)
  chmodSync(path, 0o755)
  return path
}
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    // Who has ended and was not waited for is a zombie, and no child of ours.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
const logged = () =>
  readFileSync(join(folder, 'paddock.log'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { level: string; message: string; [field: string]: unknown })
const errorOf = async (started: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await started.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).hint ?? (error as AppError).code).toBeTruthy()
  return error as AppError
}

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

describe('what is told before anything is started (S86, S89)', () => {
  test.each<[string, () => [Profile, SomeSettings?], string, RegExp, RegExp]>([
    [
      'no program of that name',
      () => [{ binary: 'no-such-llama' }],
      'not-found',
      /no program no-such-llama/,
      /Install llama\.cpp/,
    ],
    [
      'no program at that path',
      () => [{ binary: './nowhere/llama-server' }],
      'not-found',
      /nowhere/,
      /llama_server\.binary/,
    ],
    [
      'no model',
      () => [{ model: null }],
      'invalid',
      /name no model file/,
      /^Start it yourself: .*-hf unsloth\//,
    ],
    [
      'a model that is not there',
      () => [{ model: '/nowhere/x.gguf' }],
      'not-found',
      /no model file \/nowhere/,
      /-hf unsloth\//,
    ],
    ['a model that is a folder', () => [{ model: folder }], 'invalid', /is no file/, /\.gguf/],
    [
      'a server elsewhere',
      () => [{}, { openai_api_base: 'http://gpu.example:8080/v1', allowed_hosts: ['gpu.example'] }],
      'invalid',
      /cannot start a server at http:\/\/gpu\.example/,
      /this machine/,
    ],
  ])('%s', async (_, given, code, message, hint) => {
    // The program is looked for after the profile is found good.
    const [profile, more] = given()
    const { llama_server } = settingsFor(profile)
    const error = await errorOf(start({ ...llama_server, binary: profile.binary ?? process.execPath }, more))
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
    expect(JSON.stringify(error)).not.toContain(key)
    expect(existsSync(join(folder, 'paddock.log'))).toBe(false)
  })

  test('a key among the arguments, should the settings hold one all the same (K1)', async () => {
    const { llama_server, ...settings } = settingsFor()
    const profile = { ...llama_server, extra_args: ['--api-key', key] }
    const error = await errorOf(startServer({ ...settings, llama_server: profile }, log, never))
    expect(error).toMatchObject({ code: 'invalid', hint: expect.stringContaining('LLAMA_API_KEY') })
    expect(JSON.stringify(error)).not.toContain(key)
  })

  test('a program that may not be run', async () => {
    const path = program('')
    chmodSync(path, 0o644)
    expect(await errorOf(start({ binary: path }))).toMatchObject({
      code: 'unavailable',
      message: `The program ${path} may not be run.`,
    })
  })

  test('a port that is taken, though what listens there says that it is well', async () => {
    const stranger = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n{"status":"ok"}')).listen(
      port,
      '127.0.0.1',
    )
    await once(stranger, 'listening')
    try {
      expect(await errorOf(start({ binary: process.execPath }))).toMatchObject({
        code: 'conflict',
        message: `Another program listens at 127.0.0.1:${port} already.`,
      })
    } finally {
      stranger.close()
    }
  })
})

describe('a program that is none, or does not come up (S86)', () => {
  test('one that the system cannot run', async () => {
    expect(await errorOf(start({ binary: program('\0\0\0') }))).toMatchObject({ code: 'unavailable' })
  })

  test('one that ends: with its last words, without the key', async () => {
    const source = `#!/bin/sh\nfor i in 1 2 3 4; do echo "line $i $LLAMA_API_KEY" >&2; done\nexit 7\n`
    const error = await errorOf(start({ binary: program(source) }, { openai_api_key: key }))
    expect(error).toMatchObject({
      code: 'unavailable',
      message: 'llama-server ended before it was ready (exit code 7).',
      hint: expect.stringMatching(
        /It wrote last: line 2 \[redacted\] \| line 3 \[redacted\] \| line 4 \[redacted\]$/,
      ),
    })
    expect(JSON.stringify([error, String(error.cause), logged()])).not.toContain(key)
  })

  test('one that never answers is ended after its time, children too', async () => {
    const source = `#!/bin/sh\nsleep 1000 &\necho "pid $!" >&2\nwait\n`
    const error = await errorOf(start({ binary: program(source), start_timeout: 0.5 }))
    expect(error).toMatchObject({ code: 'unavailable', message: 'llama-server did not answer within 0.5 s.' })
    const [, pid] = /pid (\d+)/.exec(error.hint!)!
    await expect.poll(() => isAlive(Number(pid))).toBe(false)
  })

  test('one that nobody wants any more is ended', async () => {
    const stop = new AbortController()
    const starting = errorOf(start({ binary: program('#!/bin/sh\nexec sleep 1000\n') }, {}, stop.signal))
    await expect.poll(() => existsSync(join(folder, 'paddock.log'))).toBe(true)
    stop.abort()
    expect((await starting).code).toBe('cancelled')
    expect(isAlive(logged()[0]!['pid'] as number)).toBe(false)
  })

  test('one that floods its stderr is borne: only the last is kept', async () => {
    const source = `#!/bin/sh\nhead -c 3000000 /dev/zero | tr '\\0' 'x' >&2\nyes 'a line' | head -n 20000 >&2\nexit 1\n`
    const error = await errorOf(start({ binary: program(source) }))
    expect(error.hint!.length).toBeLessThan(1200)
    expect(String(error.cause).length).toBeLessThan(120_000)
  })
})
