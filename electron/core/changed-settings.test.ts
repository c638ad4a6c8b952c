import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { llamaServer, makeTinyModel } from '../../e2e/fixtures/llama-server.ts'
import type { SomeSettings } from '../../shared/settings.ts'
import { createApp, type App } from './app.ts'
import { loadConfig } from './config/load-config.ts'
import { startScriptedEndpoint } from './rehearsal/scripted-endpoint.ts'

let folder: string
let file: string
const stops: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-changed-'))
  file = join(folder, 'own.yaml')
})
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
  rmSync(folder, { recursive: true })
})

const often = { interval: 20 }

/** Opens the app on the person's own file, as the window does. */
function open(own: SomeSettings): App {
  writeFileSync(file, stringify({ llm_retry_initial_delay: 0, ...own }))
  const source = { file, env: {} }
  const { app, stop } = createApp(loadConfig(source).settings, { dataFolder: join(folder, 'data'), source })
  stops.push(stop)
  return app
}

/** A server that says which tasks it was asked, and holds its answers until it is let go. */
async function serve(model: string) {
  const asked: string[] = []
  const go = Promise.withResolvers<void>()
  const answer = async (messages: readonly { content: string }[]) => {
    const tasks = messages.at(-1)!.content.matchAll(/# Your task: \w+ \/ (\w+)/g)
    asked.push([...tasks].at(-1)![1]!)
    await go.promise
    return { text: 'It is decided, and here is why.' }
  }
  const { url, stop } = await startScriptedEndpoint({ model, answer, slots: 2 })
  stops.push(stop, async () => go.resolve())
  return { url, asked, go: go.resolve }
}

const steps = (...lines: string[]) =>
  lines
    .map((line, at) => `  - { step: ${at + 1}, agent_role: developer, description: Note, ${line} }\n`)
    .join('')

/** Starts a run in a workspace of its own. */
async function start(app: App, name: string, ...lines: string[]): Promise<string> {
  const workspace = join(folder, name)
  mkdirSync(join(workspace, '.paddock/workflows'), { recursive: true })
  const text = `id: mine\nname: Mine\ndescription: My own\nsteps:\n${steps(...lines)}`
  writeFileSync(join(workspace, '.paddock/workflows/mine.yaml'), text)
  return (await app.run.start({ workflow: 'mine', workspace, requirement: 'A tool.' })).id
}
const statusOf = async (app: App, id: string) => (await app.run.list()).find((run) => run.id === id)!.status

describe('a setting that is changed while the app runs', () => {
  test('counts for the next run and for the status at once; a run that is under way keeps its own', async () => {
    const [before, after] = [await serve('before'), await serve('after')]
    const app = open({ openai_api_base: before.url })
    const one = await start(app, 'one', 'task_type: note_1', 'task_type: note_2, depends_on: [1]')
    await expect.poll(() => before.asked, often).toEqual(['note_1'])
    await app.settings.set({ key: 'openai_api_base', value: after.url })
    expect(await app.model.status({})).toMatchObject({ endpoint: after.url, model: 'after' })
    const two = await start(app, 'two', 'task_type: note_3')
    await expect.poll(() => after.asked, often).toEqual(['note_3'])
    expect((await app.system.status({ id: two })).figures.slots).toMatchObject({ busy: 1 })
    for (const { go } of [before, after]) go()
    for (const id of [one, two]) expect(await app.run.wait({ id })).toEqual({ outcome: 'completed' })
    expect([before.asked, after.asked]).toEqual([['note_1', 'note_2'], ['note_3']])
  })

  test('lets more runs go at once, those that wait among them', async () => {
    const server = await serve('tiny')
    const app = open({ openai_api_base: server.url, max_concurrent_runs: 1 })
    for (const name of ['one', 'two']) await start(app, name, `task_type: ${name}`)
    await expect.poll(() => server.asked, often).toEqual(['one'])
    await app.settings.set({ key: 'max_concurrent_runs', value: 2 })
    await expect.poll(() => server.asked, often).toEqual(['one', 'two'])
  })

  test('counts when an earlier version of the file is put back, and when the file is changed by hand', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const app = open({ openai_api_base: one.url })
    const model = async () => (await app.model.status({})).model
    const { versions } = await app.settings.set({ key: 'openai_api_base', value: two.url })
    expect(await model()).toBe('two')
    await app.settings.restore({ version: versions[0]! })
    expect(await model()).toBe('one')
    writeFileSync(file, stringify({ openai_api_base: two.url }))
    expect(await model()).toBe('two')
  })

  test('is told with its line where it cannot be read; a run that is under way goes on', async () => {
    const server = await serve('tiny')
    const app = open({ openai_api_base: server.url })
    const id = await start(app, 'one', 'task_type: note_1')
    writeFileSync(file, 'llm_timeout: ten\n')
    const fault = { code: 'invalid', message: expect.stringMatching(/own\.yaml.*llm_timeout/s) }
    await expect(app.model.status({})).rejects.toMatchObject(fault)
    await expect(start(app, 'two', 'task_type: note_2')).rejects.toMatchObject(fault)
    server.go()
    expect(await app.run.wait({ id })).toEqual({ outcome: 'completed' })
  })

  test('does not reach into a rehearsal, which has a server of its own', async () => {
    const app = open({ openai_api_base: 'http://127.0.0.1:1/v1' })
    await app.settings.set({ key: 'openai_api_base', value: 'http://127.0.0.1:2/v1' })
    const { id } = await app.run.rehearse({ workflow: 'bug_fix', workspace: join(folder, 'rehearsal') })
    await app.settings.set({ key: 'openai_api_base', value: 'http://127.0.0.1:3/v1' })
    expect(await statusOf(app, id)).toBe('running')
    expect((await app.run.events({ id })).some(({ type }) => type === 'run-claimed')).toBe(true)
  })

  test('cannot be one of the server in a workspace, as before', async () => {
    const server = await serve('tiny')
    const app = open({ openai_api_base: server.url })
    mkdirSync(join(folder, 'one/.paddock'), { recursive: true })
    writeFileSync(join(folder, 'one/.paddock/config.yaml'), 'openai_api_base: http://127.0.0.1:1/v1\n')
    await app.settings.set({ key: 'llm_timeout', value: 20 })
    await expect(start(app, 'one', 'task_type: note_1')).rejects.toMatchObject({
      message: expect.stringContaining('openai_api_base cannot be set by a workspace'),
    })
    expect(server.asked).toEqual([])
  })

  test('a key that is set later stays out of the log as well', async () => {
    const [early, late] = ['canary-early-5f1e0c', 'canary-late-7d9a2b']
    const { url, go } = await serve('tiny')
    const app = open({ openai_api_base: url, openai_api_key: early, log_level: 'DEBUG' })
    go()
    await app.settings.set({ key: 'openai_api_key', value: late })
    const id = await start(app, `one-${late}-${early}`, 'task_type: note_1')
    await app.run.wait({ id })
    await stops.pop()!()
    const log = readFileSync(join(folder, 'data/logs/paddock.log'), 'utf8')
    expect([log.includes('/one-[redacted]-[redacted]'), /canary/.test(log)]).toEqual([true, false])
  })
})

describe.skipIf(llamaServer === null)("a llama-server of Paddock's own", { timeout: 60_000 }, () => {
  let base: string
  beforeEach(async () => {
    const { url, stop } = await startScriptedEndpoint({ answer: () => ({ text: '' }) })
    await stop()
    base = url
    // It never ends an answer by itself.
    writeFileSync(join(folder, 'tiny.gguf'), makeTinyModel({ eosBias: -30 }))
  })
  const own = (more: object = {}) => ({
    openai_api_base: base,
    llama_server: {
      binary: llamaServer!,
      ctx_size: 8192,
      extra_args: ['-t', '1', '--no-webui', '--jinja'],
      ...more,
    },
  })
  /** Asked again and again: a server at work may take longer to answer than a status waits. */
  const status = (app: App) => () => app.model.status({})
  const model = () => join(folder, 'tiny.gguf')
  const set = (app: App, key: string, value: unknown) =>
    app.settings.set({ key: `llama_server.${key}`, value })
  const isServing = () =>
    fetch(`${base}/models`).then(
      () => true,
      () => false,
    )

  test('is started for the next run once its model is set, with no start of the app between', async () => {
    const app = open(own())
    await expect.poll(status(app), often).toMatchObject({ state: 'unreachable' })
    await set(app, 'model', model())
    await expect.poll(status(app), often).toMatchObject({ state: 'stopped' })
    await start(app, 'one', 'task_type: note_1')
    await expect.poll(status(app), often).toMatchObject({ state: 'ready', window: 8192, slots: 1 })
  })

  test('that a run uses is left as it is, and says so; it ends with the run, and the next has the new one', async () => {
    const app = open(own({ model: model() }))
    const one = await start(app, 'one', 'task_type: note_1')
    await set(app, 'ctx_size', 4096)
    await expect.poll(status(app), often).toMatchObject({
      state: 'ready',
      window: 8192,
      message: expect.stringMatching(
        /ready, as it was started before the settings were changed: a run uses it\.$/,
      ),
      hint: expect.stringContaining('once no run does'),
    })
    const check = async () =>
      (await app.system.doctor({})).find(({ name }) => name === 'Model server')?.message
    await expect.poll(check, often).toMatch(/, as it was started before .* changed: a run uses it$/)
    const two = await start(app, 'two', 'task_type: note_1')
    await app.run.cancel({ id: one })
    await expect.poll(status(app), often).toMatchObject({ state: 'ready', window: 8192 })
    expect(await statusOf(app, two)).toBe('running')
    await app.run.cancel({ id: two })
    await expect.poll(isServing, often).toBe(false)
    await expect.poll(status(app), often).toMatchObject({ state: 'stopped' })
    await start(app, 'three', 'task_type: note_1')
    await expect.poll(status(app), often).toMatchObject({
      window: 4096,
      message: expect.stringMatching(/ is ready\.$/),
    })
  })

  test.each<[string, string, unknown]>([
    ['other arguments', 'ctx_size', 4096],
    ['no model', 'model', null],
  ])('that no run uses ends when the settings say otherwise: %s', async (_, key, value) => {
    const app = open(own({ model: model() }))
    await app.run.cancel({ id: await start(app, 'one', 'task_type: note_1') })
    expect(await isServing()).toBe(true)
    await set(app, 'start_timeout', 60)
    expect(await isServing()).toBe(true)
    await set(app, key, value)
    expect(await isServing()).toBe(false)
  })

  test('that no run uses ends when the address changes, and is replaced where the file was changed by hand', async () => {
    const app = open(own({ model: model() }))
    await app.run.cancel({ id: await start(app, 'one', 'task_type: note_1') })
    writeFileSync(file, stringify(own({ model: model(), slots: 2, ctx_size: 4096 })))
    const begun = await Promise.all(['two', 'three'].map((name) => start(app, name, 'task_type: note_1')))
    await expect.poll(status(app), often).toMatchObject({ slots: 2, window: 4096 })
    for (const id of begun) await app.run.cancel({ id })
    await app.settings.set({ key: 'openai_api_base', value: `${base.replace('127.0.0.1', 'localhost')}/` })
    expect(await isServing()).toBe(true)
    await app.settings.set({ key: 'openai_api_base', value: 'http://127.0.0.1:1/v1' })
    expect(await isServing()).toBe(false)
  })
})
