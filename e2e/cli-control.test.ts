import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunSummary } from '../shared/contract.ts'
import type { RunEvent } from '../shared/run-event.ts'
import { createHome, runCli, startCli, type Home, type Started } from './fixtures/cli.ts'
import { document, startScriptedModel, type ScriptedModel } from './fixtures/scripted.ts'

const gated = `
id: gated
name: Gated
description: Two steps with a decision between them
steps:
  - { step: 1, agent_role: business_analyst, task_type: requirements_analysis, description: Analyze, gate: true }
  - { step: 2, agent_role: developer, task_type: architecture_design, description: Design, depends_on: [1] }
`

describe('a run that other processes steer', { timeout: 90_000 }, () => {
  let home: Home
  let model: ScriptedModel
  let env: Record<string, string>
  beforeAll(async () => {
    home = await createHome()
    model = await startScriptedModel({ ms: 400 })
    env = { OPENAI_API_BASE: model.base }
    const folder = join(home.workspace, '.paddock/workflows')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'gated.yaml'), gated)
  })
  afterAll(async () => {
    await model.stop()
    await home[Symbol.asyncDispose]()
  })

  const start = (...args: string[]): Started =>
    startCli(home, ['run', document, '--workspace', home.workspace, ...args, '--json'], env)
  const list = async () =>
    RunSummary.array().parse(JSON.parse((await runCli(home, ['list', '--json'])).stdout))
  const isControl = (action: string) => (event: RunEvent) =>
    event.type === 'control-requested' && event.action === action
  /** Waits until calls that were under way at a pause have ended, and longer than the next ones would take to be made. */
  const settle = () => sleep(1500)

  test('a pause from elsewhere holds it, and a resume from elsewhere lets it go on where it is led (S6)', async () => {
    const { event, finished } = start()
    const { run: id } = await event(({ type }) => type === 'plan-made')
    const paused = await runCli(home, ['pause', id])
    expect(paused).toMatchObject({ code: 0, stderr: '' })
    expect(paused.stdout).toMatch(new RegExp(`^${id} pauses: .*\nTo go on: paddock resume ${id}$`))
    await event(isControl('pause'))
    await settle()
    const asked = model.chats.length
    await settle()
    expect(model.chats.length).toBe(asked)
    expect((await list())[0]).toMatchObject({ id, status: 'paused' })
    const shown = await runCli(home, ['show', id])
    expect(shown.stdout).toContain(`Run ${id}: paused.`)
    expect(shown.stdout).toContain(`To go on: paddock resume ${id}`)

    const again = await runCli(home, ['pause', id])
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/is not going on: it was asked to pause/)

    const resumed = await runCli(home, ['resume', id])
    expect(resumed).toMatchObject({ code: 0, stdout: `${id} goes on, in the process that leads it.` })
    const { code, events } = await finished
    expect(code).toBe(0)
    expect(events.filter(isControl('continue'))).toHaveLength(1)
    for (const [key, count] of model.counts()) expect([key, count]).toEqual([key, 1])
  })

  test('kill -9 of a process with a paused run costs nothing: resume leads it to its end (S6)', async () => {
    const before = model.counts()
    const { child, event, finished } = start()
    const { run: id } = await event(({ type }) => type === 'plan-made')
    await runCli(home, ['pause', id])
    await event(isControl('pause'))
    await settle()
    child.kill('SIGKILL')
    await finished
    expect((await list())[0]).toMatchObject({ id, status: 'paused' })

    const { code, events } = await runCli(home, ['resume', id, '--json'], env)
    expect(code).toBe(0)
    expect(events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'completed' })
    for (const [key, count] of model.counts()) expect([key, count - (before.get(key) ?? 0)]).toEqual([key, 1])
  })

  test('a gate holds what rests on its step until a person opens it (S6, S115)', async () => {
    const { event, finished } = start('--workflow', 'gated')
    const { run: id } = await event(({ type }) => type === 'task-completed')
    expect((await runCli(home, ['list'])).stdout).toMatch(new RegExp(`^${id} +waits for you +gated `, 'm'))
    const shown = await runCli(home, ['show', id])
    expect(shown.stdout).toContain(
      `Step 1 (Analyze) waits for your decision: paddock gate ${id} 1 --open (or --close)`,
    )

    const wrong = [
      [['gate', id, '1'], /Say what to do with the gate\.[^]*--open/],
      [['gate', id, '1', '--open', '--close'], /Say what to do/],
      [['gate', id, '7', '--open'], /has no step 7\.\n {2}Steps: 1, 2/],
      [['gate', id, '2', '--open'], /Step 2 does not wait at a gate: it is pending/],
    ] as const
    for (const [args, message] of wrong) {
      const { code, stderr } = await runCli(home, args)
      expect([args, code]).toEqual([args, 2])
      expect(stderr).toMatch(message)
    }

    const opened = await runCli(home, ['gate', id, '1', '--open', '--comment', 'well done'])
    expect(opened).toMatchObject({ code: 0, stdout: 'The gate after step 1 (Analyze) is open.' })
    const { code, events } = await finished
    expect(code).toBe(0)
    const order = events.map(({ type }) => type)
    expect(order.indexOf('gate-decided')).toBeLessThan(order.lastIndexOf('task-started'))
    expect(events.find(({ type }) => type === 'gate-decided')).toMatchObject({
      open: true,
      comment: 'well done',
    })
  })

  test('a gate that is closed while nobody leads the run ends it there, with the reason (S6)', async () => {
    const { child, event, finished } = start('--workflow', 'gated')
    const { run: id } = await event(({ type }) => type === 'task-completed')
    child.kill('SIGKILL')
    await finished
    const asked = model.chats.length
    const closed = await runCli(home, [
      'gate',
      id,
      'task_1',
      '--close',
      '--comment',
      'wrong\u001b[31m database',
    ])
    expect(closed.stdout.split('\n')).toEqual([
      'The gate after step 1 (Analyze) is closed.',
      `The run is interrupted. What rests on the step is not run. To have the step done again: paddock resume ${id}`,
    ])
    const { code, stdout } = await runCli(home, ['show', id])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ 1  refused .*\n.*\n(?: {4}.*\n)* 2  blocked /m)
    expect(stdout).toContain('A person refused "Analyze" at its gate: wrong [31m database')
    expect(stdout).not.toContain('\u001b')
    expect(model.chats.length).toBe(asked)
  })
})
