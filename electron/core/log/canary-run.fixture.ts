import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { createHome, runCli, type Home } from '../../../e2e/fixtures/cli.ts'
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
export const ofDocument = inErrors.event
export const meantOfDocument: Meant = {
  ...meantAlways,
  ledger: [ofDocument.name],
  prompts: [ofDocument.name],
}

/** How often a canary was looked for in a sink. */
export let looked = 0
export const sinksSeen = new Set<string>()

/** Throws where a canary is in a sink that is not meant for it. */
export function expectNoCanary(sinks: Sinks, meant: Meant): void {
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

/** Plays a run, has a look at what it left, and searches all of it for canaries. */
export async function scenario(
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
