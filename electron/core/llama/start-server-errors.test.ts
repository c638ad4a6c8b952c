import { once } from 'node:events'
import { chmodSync, existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SomeSettings } from '../../../shared/settings.ts'
import { startServer } from './start-server.ts'
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
