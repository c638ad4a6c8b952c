import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApp, type App } from './app.ts'
import { loadConfig } from './config/load-config.ts'
import {
  endpoint,
  folder,
  model,
  note,
  open,
  prepare,
  release,
  setUp,
  start,
  stateOf,
  stops,
  tearDown,
  until,
} from './runs.fixture.ts'

beforeEach(setUp)
afterEach(tearDown)

describe('turns of runs', () => {
  test('no more runs are under way than the settings say; the next one waits for its turn', async () => {
    const app = open({ max_concurrent_runs: 1 })
    model.isHolding = true
    const one = await start(app, prepare('one', note(1)))
    const two = await start(app, prepare('two', note(1)))
    await until(() => model.held.length === 1)
    expect((await app.run.list()).map(({ status }) => status)).toEqual(['running', 'running'])
    expect((await stateOf(app, two)).tasks['task_1']!.status).toBe('pending')
    release()
    expect(await app.run.wait({ id: one })).toEqual({ outcome: 'completed' })
    expect(await app.run.wait({ id: two })).toEqual({ outcome: 'completed' })
    expect(model.asked).toHaveLength(2)
  })

  test('a run that waits for a person lets the next one go, and waits for its turn again', async () => {
    const app = open({ max_concurrent_runs: 1 })
    const steps = [note(1, ', gate: true'), note(2, ', depends_on: [1]')]
    const one = await start(app, prepare('one', ...steps))
    await until(async () => (await stateOf(app, one)).tasks['task_1']!.status === 'gated')
    model.isHolding = true
    const two = await start(app, prepare('two', note(3)))
    await until(() => model.asked.at(-1) === 'developer / note_3')
    await app.run.gate({ id: one, task: 'task_1', open: true })
    expect((await stateOf(app, one)).tasks['task_2']!.status).toBe('pending')
    release()
    expect(await app.run.wait({ id: two })).toEqual({ outcome: 'completed' })
    expect(await app.run.wait({ id: one })).toEqual({ outcome: 'completed' })
    expect(model.asked.map((task) => task.at(-1))).toEqual(['1', '3', '2'])
  })

  test('a run that waits for a person, or for its turn again, can be cancelled', async () => {
    const app = open({ max_concurrent_runs: 1 })
    const ids: string[] = []
    for (const name of ['one', 'two']) {
      const id = await start(app, prepare(name, note(1, ', gate: true'), note(2, ', depends_on: [1]')))
      await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'gated')
      ids.push(id)
    }
    model.isHolding = true
    await start(app, prepare('three', note(3)))
    await until(() => model.held.length === 1)
    await app.run.gate({ id: ids[0]!, task: 'task_1', open: true })
    for (const id of ids) {
      await app.run.cancel({ id })
      expect(await app.run.wait({ id })).toEqual({ outcome: 'cancelled' })
    }
  })

  test('a run that is cancelled before its turn asks nothing, and has its outputs', async () => {
    const app = open({ max_concurrent_runs: 1 })
    model.isHolding = true
    await start(app, prepare('one', note(1)))
    const two = await start(app, prepare('two', note(1)))
    await until(() => model.held.length === 1)
    await app.run.cancel({ id: two })
    expect(await app.run.wait({ id: two })).toEqual({ outcome: 'cancelled' })
    expect(model.asked).toHaveLength(1)
  })
})

describe('pausing', () => {
  test('takes effect between calls, from another process too, and resuming goes on where it was', async () => {
    const app = open()
    model.isHolding = true
    const id = await start(app, prepare('one', note(1), note(2, ', depends_on: [1]')))
    await until(() => model.held.length === 1)
    const other = open()
    const heard: string[] = []
    app.on('run', ({ type }) => heard.push(type))
    await other.run.pause({ id })
    await until(() => heard.includes('control-requested'))
    expect((await other.run.list())[0]!.status).toBe('paused')
    expect((await app.run.list())[0]).toMatchObject({ steps: 2, steps_done: 0, files: 0 })
    await expect(other.run.pause({ id })).rejects.toMatchObject({ code: 'conflict' })
    release()
    await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'completed')
    expect(model.asked).toEqual(['developer / note_1'])
    expect(await other.run.resume({ id })).toEqual({ id, here: false })
    expect(await app.run.wait({ id })).toEqual({ outcome: 'completed' })
    expect(model.asked).toEqual(['developer / note_1', 'developer / note_2'])
    expect((await other.run.list())[0]).toMatchObject({ steps: 2, steps_done: 2, files: 0, reason: null })
  })

  test('survives the end of its process', async () => {
    const app = open()
    model.isHolding = true
    const id = await start(app, prepare('one', note(1), note(2, ', depends_on: [1]')))
    await until(() => model.held.length === 1)
    await app.run.pause({ id })
    release()
    await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'completed')
    await stops.pop()!()
    const next = open()
    expect((await next.run.list())[0]).toMatchObject({ id, status: 'paused', ended_at: null })
    expect(await next.run.resume({ id })).toEqual({ id, here: true })
    expect(await next.run.wait({ id })).toEqual({ outcome: 'completed' })
    expect(model.asked).toEqual(['developer / note_1', 'developer / note_2'])
  })
})

describe('while a run begins', () => {
  /** A run that was cancelled, with so much code that it takes a while to begin again. */
  async function cancelled(app: App): Promise<string> {
    const one = prepare('one', note(1))
    mkdirSync(join(one.workspace, 'src'))
    for (let file = 0; file < 25; file++)
      writeFileSync(join(one.workspace, `src/f${file}.py`), `x = ${file}\n`.repeat(200))
    model.isHolding = true
    const id = await start(app, one, { include: ['src/*.py'] })
    await until(() => model.held.length === 1)
    await app.run.cancel({ id })
    return id
  }

  test.each(['here', 'elsewhere'])('it hears that it is to end: %s', async (where) => {
    const app = open()
    const asking = where === 'here' ? app : open()
    const id = await cancelled(app)
    const resumed = app.run.resume({ id })
    await until(async () => (await asking.run.list())[0]!.status === 'running')
    await asking.run.cancel({ id })
    await resumed.catch(() => {})
    expect((await stateOf(app, id)).outcome).toBe('cancelled')
  })

  test('the app can be stopped: what was about to begin does not', async () => {
    const app = open()
    const starting = start(app, prepare('one', note(1)))
    await Promise.all([stops.at(-1)!(), expect(starting).rejects.toMatchObject({ code: 'cancelled' })])
    expect([model.asked, await open().run.list()]).toEqual([[], []])
  })
})

describe('orders that cross', () => {
  test('a pause of another process and its end here leave the run going on', async () => {
    const app = open()
    model.isHolding = true
    const id = await start(app, prepare('one', note(1), note(2, ', depends_on: [1]')))
    await until(() => model.held.length === 1)
    const heard: string[] = []
    app.on('run', (event) => event.type === 'control-requested' && heard.push(event.action))
    await open().run.pause({ id })
    await app.run.resume({ id })
    await until(() => heard.includes('pause'))
    release()
    expect(await app.run.wait({ id })).toEqual({ outcome: 'completed' })
  })
})

describe('gates', () => {
  const gated = () => prepare('one', note(1, ', gate: true'), note(2, ', depends_on: [1]'))

  test.each([
    [true, 'completed', ['completed', 'completed']],
    [false, 'failed', ['failed', 'blocked']],
  ] as const)('open: %s', async (isOpen, outcome, statuses) => {
    const app = open()
    const id = await start(app, gated())
    await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'gated')
    await open().run.gate({ id, task: 'task_1', open: isOpen, comment: 'Seen.' })
    expect(await app.run.wait({ id })).toEqual({ outcome })
    const { tasks } = await stateOf(app, id)
    expect(Object.values(tasks).map(({ status }) => status)).toEqual(statuses)
  })

  test('what was made behind a closed gate is not written, though it was to be accepted', async () => {
    const app = open()
    model.answer = 'File: `x.py`\n```python\nx = 1\n```\n'
    const one = prepare('one', note(1, ', gate: true'))
    const id = await start(app, one, { accept: true })
    await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'gated')
    await app.run.gate({ id, task: 'task_1', open: false })
    expect(await app.run.wait({ id })).toEqual({ outcome: 'failed' })
    const held = { path: 'x.py', written: false, held: 'It is stale: its gate was closed.' }
    expect(await app.run.changes({ id })).toMatchObject([held])
    expect(existsSync(join(one.workspace, 'x.py'))).toBe(false)
    expect((await app.run.accept({ id, paths: ['x.py'] })).written).toEqual(['x.py'])
  })

  test('only a step that waits at a gate can be decided', async () => {
    const app = open()
    const id = await start(app, gated())
    await until(async () => (await stateOf(app, id)).tasks['task_1']!.status === 'gated')
    for (const [task, code] of [
      ['task_2', 'conflict'],
      ['task_9', 'not-found'],
      ['constructor', 'not-found'],
    ])
      await expect(app.run.gate({ id, task: task!, open: true })).rejects.toMatchObject({ code })
  })
})

describe('servers', () => {
  test('runs share the slots of their server, whatever a workspace sets', async () => {
    const file = join(folder, 'own.yaml')
    writeFileSync(file, `openai_api_base: ${endpoint.url}\nmax_concurrent_agents: 1\n`)
    const source = { file, env: {} }
    const { app, stop } = createApp(loadConfig(source).settings, { dataFolder: join(folder, 'data'), source })
    stops.push(stop)
    model.isHolding = true
    const ids: string[] = []
    for (const name of ['one', 'two']) {
      const given = prepare(name, note(1))
      writeFileSync(join(given.workspace, '.paddock/config.yaml'), 'llm_timeout: 200\n')
      ids.push(await start(app, given))
    }
    await until(async () => {
      const runs = await Promise.all(ids.map((id) => stateOf(app, id)))
      return runs.every(({ tasks }) => tasks['task_1']!.calls.length === 1)
    })
    expect((await app.system.status({})).figures.slots).toEqual({ capacity: 1, busy: 1, waiting: 1 })
  })
})

describe('what a run may start with', () => {
  test('an agent that is switched off gets no work', async () => {
    const app = open({ agents: { developer: { enabled: false } } })
    await expect(start(app, prepare('one', note(1)))).rejects.toMatchObject({
      code: 'invalid',
      hint: expect.stringContaining('agents.developer.enabled'),
    })
    expect(await app.run.list()).toEqual([])
  })

  test('code that is named is given to any workflow; what was built on it is stale when it changes', async () => {
    const app = open()
    const one = prepare('one', note(1))
    writeFileSync(join(one.workspace, 'lib.py'), 'x = 1\n')
    writeFileSync(join(one.workspace, 'other.py'), 'y = 1\n')
    const id = await start(app, one, { include: ['lib.py'] })
    await app.run.wait({ id })
    expect((await stateOf(app, id)).code.files.map(({ path }) => path)).toEqual(['lib.py'])
    writeFileSync(join(one.workspace, 'lib.py'), 'x = 2\n')
    await app.run.changes({ id })
    expect((await stateOf(app, id)).tasks['task_1']!.stale).toMatch(/^lib\.py has changed/)
    writeFileSync(join(one.workspace, 'lib.py'), 'x = 1\n')
    await app.run.changes({ id })
    expect((await stateOf(app, id)).tasks['task_1']!.stale).toBeNull()
  })

  const givenTo = async (settings: object) => {
    const app = open(settings)
    const one = prepare('code', note(1))
    for (const name of ['a.py', 'b.py']) writeFileSync(join(one.workspace, name), 'value = 1\n'.repeat(400))
    const path = join(one.workspace, '.paddock/workflows/mine.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('steps:', 'reads_workspace: true\nsteps:'))
    const id = await start(app, one)
    await app.run.wait({ id })
    const { files, left_out } = (await stateOf(app, id)).code
    return {
      given: files.map(({ path: file }) => file),
      left: left_out.map((file) => file.path).filter((name) => name !== '.paddock'),
    }
  }

  test.each<[string, object, string[], string[]]>([
    ['all that fits', {}, ['a.py', 'b.py'], []],
    ['include chooses among it (S83)', { include: ['b.*'] }, ['b.py'], []],
    ['code_share bounds it (S83, S92)', { code_share: 0.06 }, ['a.py'], ['b.py']],
    ['a share of nothing gives nothing', { code_share: 0 }, [], ['a.py', 'b.py']],
  ])('a workflow that reads the workspace is given %s', async (_, settings, given, left) => {
    expect(await givenTo(settings)).toEqual({ given, left })
  })
})
