import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { createHome, runCli, type Home } from '../../../e2e/fixtures/cli.ts'
import { errorBody, faults, streamed, type Answer } from '../../../e2e/fixtures/fault-answers.ts'
import {
  document,
  startScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
} from '../../../e2e/fixtures/scripted.ts'
import { createApp } from '../app.ts'
import { loadConfig } from '../config/load-config.ts'
import {
  bytesBelow,
  canaries,
  findCanaries,
  inEnvironment,
  inErrors,
  inSettings,
  inWorkspace,
} from './canaries.fixture.ts'

/** Everywhere that a secret could end up. */
type Sinks = Record<string, Buffer | string>
/** The canaries that are meant to be in a sink. */
type Meant = Readonly<Record<string, readonly string[]>>

/** The key is for the model server and nobody else. */
const meantAlways: Meant = {
  'headers of requests': [inSettings.key.name],
  'environment of the server': [inSettings.key.name],
}
/** What a person's own document holds is theirs: it is kept for their run, and the model reads it. No other sink is told. */
const ofDocument = inErrors.event
const meantOfDocument: Meant = { ...meantAlways, ledger: [ofDocument.name], prompts: [ofDocument.name] }

/** How often a canary was looked for in a sink. */
let looked = 0
const sinksSeen = new Set<string>()
afterAll(() =>
  console.log(`K1: ${canaries.length} canaries x ${sinksSeen.size} sinks, looked for ${looked} times`),
)

/** Throws where a canary is in a sink that is not meant for it. */
function expectNoCanary(sinks: Sinks, meant: Meant): void {
  const found = Object.fromEntries(
    Object.entries(sinks).map(([sink, bytes]) => {
      looked += canaries.length
      sinksSeen.add(sink)
      return [sink, findCanaries(bytes).filter((name) => !(meant[sink] ?? []).includes(name))]
    }),
  )
  expect(found).toEqual(Object.fromEntries(Object.keys(sinks).map((sink) => [sink, []])))
}

type Scenario = { home: Home; model: ScriptedModel; env: NodeJS.ProcessEnv; args?: string[]; config?: string }

/** A real run of the command line, in an environment full of secrets; then all that it left, as bytes. */
async function leave({
  home,
  model,
  env,
  args = [],
  config = '',
}: Scenario): Promise<{ code: number | null; sinks: Sinks }> {
  const [temporary, configuration] = [join(home.folder, 'tmp'), join(home.folder, 'config')]
  for (const folder of [temporary, configuration]) mkdirSync(folder)
  writeFileSync(
    join(configuration, 'config.yaml'),
    `log_level: DEBUG\nllm_retry_initial_delay: 0.01\n${config}`,
  )
  for (const [name, { secret }] of Object.entries(inWorkspace))
    writeFileSync(join(home.workspace, name), secret)
  const secrets = Object.fromEntries(
    Object.entries(inEnvironment).map(([name, { secret }]) => [name, secret]),
  )
  const all = {
    ...secrets,
    OPENAI_API_BASE: model.base,
    TMPDIR: temporary,
    PADDOCK_CONFIG_DIR: configuration,
    ...env,
  }
  const command = [
    'run',
    document,
    '--workspace',
    home.workspace,
    '--include',
    '**',
    '--accept',
    '--json',
    ...args,
  ]
  const { code, stdout, stderr } = await runCli(home, command, all)
  const inOutput = (start: string) =>
    bytesBelow(join(home.workspace, 'output'), (path) => path.startsWith(start))
  const inData = (fits: (path: string) => boolean) => bytesBelow(home.data, fits)
  const others = (path: string) => !path.startsWith('output/') && !Object.keys(inWorkspace).includes(path)
  const isLedger = (path: string) => path.startsWith('paddock.db')
  return {
    code,
    sinks: {
      log: inData((path) => path.startsWith('logs/')),
      ledger: inData(isLedger),
      backups: inData((path) => path.startsWith('backups/')),
      'the rest of the data folder': inData((path) => !/^(?:logs|backups)\//.test(path) && !isLedger(path)),
      result: inOutput('workflow_2'),
      summary: inOutput('workflow_summary_'),
      'exported files': inOutput('generated/'),
      'files of the workspace': bytesBelow(home.workspace, others),
      'temporary files': bytesBelow(temporary, () => true),
      stdout,
      stderr,
      prompts: JSON.stringify(model.received.map(({ body }) => body ?? null)),
      'headers of requests': model.received
        .map(({ raw, body }) => raw.slice(0, body === undefined ? undefined : raw.indexOf('\n\n')))
        .join('\n'),
      'contract answers': await contractAnswers(home, { ...all, HOME: home.folder }),
    },
  }
}

/** What every call of the contract that reads answers afterwards, errors included. */
async function contractAnswers({ data, workspace }: Home, env: NodeJS.ProcessEnv): Promise<string> {
  const answers: unknown[] = []
  const keep = async (answer: () => unknown) => {
    answers.push(
      await Promise.resolve()
        .then(answer)
        .catch((error: unknown) => ({ error: String(error), ...(error as object) })),
    )
  }
  await keep(async () => {
    const source = { env }
    const { app, stop } = createApp(loadConfig(source).settings, { dataFolder: data, source })
    try {
      const runs = await app.run.list()
      answers.push(runs)
      for (const { id } of runs) {
        const events = await app.run.events({ id, after: 0 })
        answers.push(events)
        await keep(() => app.run.changes({ id }))
        await keep(() => app.system.status({ id }))
        for (const event of events)
          if (event.type === 'answer-ended')
            await keep(() => app.run.answer({ id, call: event.call, offset: 0 }))
      }
      await keep(() => app.settings.get({ workspace }))
      await keep(() => app.agent.list({ workspace }))
      await keep(() => app.workflow.list({ workspace }))
    } finally {
      await stop()
    }
    return 'read'
  })
  return JSON.stringify(answers)
}

async function scenario(
  given: {
    model?: ScriptedModelOptions
    env?: NodeJS.ProcessEnv
    config?: string
    args?: string[]
    prepare?: (home: Home) => string
    meant?: Meant
  },
  check: (left: Awaited<ReturnType<typeof leave>>, home: Home, model: ScriptedModel) => void,
): Promise<void> {
  await using home = await createHome()
  const model = await startScriptedModel(given.model ?? {})
  try {
    const config = (given.config ?? '') + (given.prepare?.(home) ?? '')
    const left = await leave({ home, model, env: given.env ?? {}, config, args: given.args ?? [] })
    check(left, home, model)
    expectNoCanary(left.sinks, given.meant ?? meantAlways)
  } finally {
    await model.stop()
  }
}

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
