import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { errorBody, faults, streamed, type Answer } from '../../../e2e/fixtures/fault-answers.ts'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { canaries, findCanaries, inErrors, inSettings } from './canaries.fixture.ts'
import { looked, meantOfDocument, ofDocument, scenario, sinksSeen } from './canary-run.fixture.ts'

afterAll(() =>
  console.log(`K1: ${canaries.length} canaries x ${sinksSeen.size} sinks, looked for ${looked} times`),
)

const { secret: key } = inSettings.key
const keyed = { LLAMA_API_KEY: key }

describe('20 canaries, wherever a secret could end up (K1, S107)', { timeout: 60_000 }, () => {
  test('they are found where they are', () => {
    expect(canaries).toHaveLength(20)
    for (const { name, secret } of canaries) {
      expect(findCanaries(secret)).toEqual([name])
      expect(findCanaries(JSON.stringify({ secret }))).toEqual([name])
      for (const before of ['', '1', '12'])
        expect(findCanaries(Buffer.from(`${before}${secret}...`).toString('base64'))).toEqual([name])
    }
  })

  test('a run that completes, on a workspace with secrets in it', () =>
    scenario({ model: { key }, env: keyed }, ({ code, sinks }) => {
      expect(code).toBe(0)
      expect(findCanaries(sinks['headers of requests']!)).toEqual([inSettings.key.name])
      // None of them is empty, so that all were looked through.
      for (const sink of [
        'log',
        'ledger',
        'backups',
        'result',
        'summary',
        'exported files',
        'prompts',
        'stdout',
      ])
        expect([sink, sinks[sink]!.length > 100]).toEqual([sink, true])
    }))

  test('a run on a document with a secret in it', () =>
    scenario(
      {
        model: { key },
        env: keyed,
        meant: meantOfDocument,
        args: ['notes.md'],
        prepare: ({ folder }) => {
          writeFileSync(join(folder, 'notes.md'), `# Notes\n\nAt the customer's: ${ofDocument.secret}\n`)
          return ''
        },
      },
      ({ code, sinks }) => {
        expect(code).toBe(0)
        for (const sink of ['ledger', 'prompts'])
          expect(findCanaries(sinks[sink]!)).toEqual([ofDocument.name])
      },
    ))

  test.each<[string, () => Answer]>([
    [
      'that quotes a header',
      () => ({ status: 500, body: errorBody(500, `bad request: ${inErrors.header.secret}`, 'server_error') }),
    ],
    [
      'that quotes an address',
      () => ({
        status: 400,
        body: errorBody(400, `cannot reach ${inErrors.address.secret} now`, 'invalid_request_error'),
      }),
    ],
    [
      'that gives the key back',
      () => ({ status: 500, body: errorBody(500, `no such key: ${key}`, 'server_error') }),
    ],
    [
      'that gives the key back as refused',
      () => ({ status: 401, body: errorBody(401, `Invalid API Key ${key}`, 'authentication_error') }),
    ],
    ['that sends elsewhere', () => faults.redirect(inErrors.redirect.secret)],
    [
      'that comes in the stream',
      () => faults.errorEvent('It begins', 500, `the server has ${inErrors.event.secret} set`),
    ],
    ['that is no JSON', () => ({ status: 503, body: `<html>${inErrors.header.secret} ${key}</html>` })],
    ['that is of another type', () => ({ headers: { 'content-type': `text/html; ${key}` }, body: key })],
    ['that ends with another reason', () => streamed('It ends', { finish: `key ${key}` })],
  ])('a run that fails by an error of the server %s', (_, fault) =>
    scenario({ model: { instead: fault }, env: keyed }, ({ code, sinks }) => {
      expect(code).toBe(1)
      expect(sinks['contract answers']).toContain('"type":"run-ended"')
      for (const sink of ['log', 'ledger', 'result', 'summary', 'stdout'])
        expect([sink, sinks[sink]!.length > 100]).toEqual([sink, true])
    }),
  )

  test.each([
    ['a user and a password', inSettings.login.secret],
    ['a key as query', inSettings.query.secret],
    ['both, at another place', inSettings.login.secret.replace('127.0.0.1', 'example.com')],
  ])('an address of the server with %s is refused', (_, address) =>
    scenario({ env: { ...keyed, OPENAI_API_BASE: address } }, ({ code, sinks }, _home, model) => {
      expect(code).toBe(2)
      expect(sinks['stderr']).toMatch(/openai_api_base|OPENAI_API_BASE|address/)
      expect(model.received).toEqual([])
    }),
  )

  test('a key among the arguments of the server is refused', () =>
    scenario(
      {
        env: { ...keyed, OPENAI_API_BASE: 'http://127.0.0.1:9/v1' },
        prepare: ({ folder }) => {
          writeFileSync(join(folder, 'model.gguf'), 'x')
          return `llama_server: { binary: sh, model: ${join(folder, 'model.gguf')}, extra_args: ['--api-key', '${inSettings.argument.secret}'] }\n`
        },
      },
      ({ code, sinks }) => {
        expect(code).not.toBe(0)
        expect(sinks['stderr']).toMatch(/not --api-key/)
      },
    ))

  test.skipIf(skips(process.platform === 'win32', 'a server that is a shell script, as this is Windows'))(
    'a server that is started, and writes all that it knows to stderr',
    () =>
      scenario(
        {
          env: { ...keyed, OPENAI_API_BASE: 'http://127.0.0.1:40999/v1' },
          prepare: ({ folder }) => {
            const program = join(folder, 'server')
            writeFileSync(
              program,
              `#!/bin/sh\necho "$@" > ${folder}/argv\nenv | tee ${folder}/environment >&2\nexit 1\n`,
            )
            chmodSync(program, 0o755)
            writeFileSync(join(folder, 'model.gguf'), 'x')
            return `llama_server: { binary: ${program}, model: ${join(folder, 'model.gguf')} }\n`
          },
        },
        ({ code, sinks }, { folder }) => {
          expect(code).toBe(1)
          sinks['arguments of the server'] = readFileSync(join(folder, 'argv'))
          sinks['environment of the server'] = readFileSync(join(folder, 'environment'))
          expect(findCanaries(sinks['environment of the server'])).toEqual([inSettings.key.name])
          expect(sinks['arguments of the server'].toString()).toContain('--port 40999')
          expect(sinks['stderr']).toContain('LLAMA_API_KEY=[redacted]')
        },
      ),
  )
})
