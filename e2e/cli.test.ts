import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, parse } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunSummary, SystemStatus } from '../shared/contract.ts'
import { Figures } from '../shared/reports.ts'
import { teamIds } from '../shared/agent.ts'
import { commandNames } from '../electron/terminal/program-name.ts'
import { createHome, runCli, startCli, type Home } from './fixtures/cli.ts'
import { hashFiles } from './fixtures/outputs.ts'
import { document, startScriptedModel, type ScriptedModel } from './fixtures/scripted.ts'

const nowhere = 'http://127.0.0.1:9/v1'
/** What is in a home before anything was done in it, and the data folder. */
const given = ['workspace', 'data', 'empty.md', 'renamed.md', 'binary.txt', 'large.md']

describe.concurrent('wrong use ends with 2, says what is wrong and what to do', { timeout: 60_000 }, () => {
  const cases: [what: string, args: string[], message: RegExp, hint: RegExp][] = [
    ['an unknown command', ['rnu'], /unknown command 'rnu'/, /Did you mean run\?/],
    [
      'an unknown option',
      ['run', '--workflw', 'x'],
      /unknown option '--workflw'/,
      /Did you mean --workflow\?/,
    ],
    ['a step of no gate', ['gate', '20260101-000000-aaaaaa', '1'], /Say what to do/, /--open/],
    [
      'an unknown workflow',
      ['run', '--workflow', 'fly', '--requirement', 'x'],
      /no workflow "fly"/,
      /feature_dev/,
    ],
    ['an unknown rehearsal', ['rehearse', 'fly'], /no rehearsal of a workflow "fly"/, /feature_development/],
    ['a workflow that is not rehearsed', ['rehearse', 'analysis'], /no rehearsal.*"analysis"/, /bug_fix/],
    ['a number that is none', ['batch', 'x', '--at-once', '0'], /'0' is invalid/, /from 1 to 999/],
    ['nothing to work from', ['run'], /nothing to work from/, /requirements document/],
    ['a missing command', ['fly'], /unknown command 'fly'/, /^paddock --help lists the commands/m],
    ['a missing word', ['pause'], /missing required argument 'id'/, /^paddock pause --help tells/m],
    ['a folder for a text', ['extract', 'workspace'], /workspace is a folder/, /path/],
    ['a batch of nothing', ['batch', 'a.md', 'b.md'], /no file a\.md/, /path/],
    ['a missing file', ['run', 'missing.md'], /no file missing\.md/, /path/],
    ['a folder', ['run', 'workspace'], /workspace is not a file/, /document itself/],
    ['0 bytes', ['run', 'empty.md'], /"empty\.md" is empty \(0 bytes\)/, /saved/],
    ['a renamed PDF', ['run', 'renamed.md'], /is a PDF document, whatever its name says/, /Markdown/],
    ['binary content', ['run', 'binary.txt'], /holds binary data/, /text/],
    [
      'a document over the cap',
      ['run', 'large.md'],
      /has 11 MB, and a document may have at most 10 MB/,
      /Split/,
    ],
    [
      'the top of the disk as a workspace',
      ['run', '--requirement', 'x', '--workspace', parse(homedir()).root],
      /cannot be a workspace: it is the top of the whole disk/,
      /Choose a folder/,
    ],
    ['an id that is none', ['resume', 'fly'], /"fly" is no id of a run/, /paddock list/],
    ['a run that is not there', ['cancel', '20260101-000000-aaaaaa'], /no run 20260101/, /paddock list/],
    ['nothing to resume', ['resume'], /no run to go on with/, /paddock list/],
    ['nothing to show', ['show'], /no run yet/, /paddock run/],
  ]
  for (const [what, args, message, hint] of cases)
    test(`${what}`, async () => {
      await using home = await createHome()
      await writeDocuments(home)
      const { code, stdout, stderr } = await runCli(home, args, { OPENAI_API_BASE: nowhere })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(hint)
      expect(stderr).not.toMatch(/\bat .*\.ts:\d+/)
      expect((await readdir(home.folder)).filter((name) => !given.includes(name))).toEqual([])
      expect(await readdir(home.workspace)).toEqual([])
    })

  test('a run that cannot start leaves no folder behind that was made for it', async () => {
    await using home = await createHome()
    const args = ['--requirement', 'x', '--workspace', 'new/folder']
    for (const more of [[], ['--workflow', 'fly']])
      expect((await runCli(home, ['run', ...args, ...more], { OPENAI_API_BASE: nowhere })).code).not.toBe(0)
    expect(await readdir(home.folder)).not.toContain('new')
    await mkdir(join(home.folder, 'new'))
    expect((await runCli(home, ['run', ...args], { OPENAI_API_BASE: nowhere })).code).toBe(1)
    expect(await readdir(join(home.folder, 'new'))).toEqual([])
  })

  test('Ctrl-C while a run waits for its server leaves with 130, and nothing was made', async () => {
    await using home = await createHome()
    const server = await startScriptedModel({ loading: 1_000_000 })
    const args = ['run', '--requirement', 'x', '--workspace', 'new/folder']
    const { child, finished } = startCli(home, args, { OPENAI_API_BASE: server.base })
    while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await readdir(home.folder)).toContain('new')
    child.kill('SIGINT')
    const { code, stderr } = await finished
    await server.stop()
    expect(code).toBe(130)
    expect(stderr).toContain('Stopping.')
    expect(await readdir(home.folder)).not.toContain('new')
    expect((await runCli(home, ['list'])).stdout).toMatch(/^There is no run yet/)
  })

  test('in a clone, where npx starts it, hints and help name it as it is typed there', async () => {
    await using home = await createHome()
    const env = { npm_command: 'exec' }
    expect((await runCli(home, ['list'], env)).stdout).toContain(
      'npx paddock run DOCUMENT, or npx paddock rehearse',
    )
    const { stderr } = await runCli(home, ['cancel', '20260101-000000-aaaaaa'], env)
    expect(stderr).toContain('npx paddock list shows all runs.')
    expect((await runCli(home, ['gate', '--help'], env)).stdout).toMatch(
      /^Usage: npx paddock gate [^]*\n {2}npx paddock gate 2/,
    )
  })

  test('an endpoint that is not on this machine is refused before anything is sent (S1, S104)', async () => {
    await using home = await createHome()
    const args = ['run', '--requirement', 'x', '--workspace', home.workspace]
    const { code, stderr } = await runCli(home, args, { OPENAI_API_BASE: 'http://203.0.113.7/v1' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/203\.0\.113\.7/)
  })

  test('a setting that cannot be used is named', async () => {
    await using home = await createHome()
    const { code, stderr } = await runCli(home, ['list'], { LLM_TIMEOUT: 'soon' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/LLM_TIMEOUT/)
  })

  test('a server that is not there is a failure (1), with what to do', async () => {
    await using home = await createHome()
    const args = ['run', '--requirement', 'x', '--workspace', home.workspace]
    const { code, stderr } = await runCli(home, args, { OPENAI_API_BASE: nowhere })
    expect(code).toBe(1)
    expect(stderr).toMatch(/127\.0\.0\.1:9\b[^]*\n {2}\S/)
    expect(await readdir(home.workspace)).toEqual([])
  })

  test('a document that no slot has room for is refused with figures (S92)', async () => {
    await using home = await createHome()
    const model = await startScriptedModel({ window: 8192 })
    await writeFile(join(home.folder, 'long.md'), 'The tool counts words.\n'.repeat(2000))
    const args = ['run', 'long.md', '--workspace', home.workspace]
    const { code, stderr } = await runCli(home, args, {
      OPENAI_API_BASE: model.base,
      OPENAI_MAX_TOKENS: '1024',
    })
    await model.stop()
    expect(code).toBe(2)
    expect(stderr).toMatch(/too long for this server: they have 11,\d{3} tokens.*8,192 tokens/)
    expect(model.chats).toEqual([])
  })

  test('help is readable, and names what there is', async () => {
    await using home = await createHome()
    const { code, stdout, stderr } = await runCli(home, ['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const command of commandNames) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b.* {2}\\S`, 'm'))
    expect(stdout).toContain('Exit codes: 0 completed, 1 failed or partial, 2 wrong use')
    const run = await runCli(home, ['run', '--help'])
    for (const option of [
      '--requirement <text>',
      '--include <glob>',
      '--review',
      '--no-input',
      '--config <file>',
    ])
      expect(run.stdout).toContain(option)
  })

  test('every command has help with examples, within 80 columns (S6)', async () => {
    await using home = await createHome()
    for (const command of commandNames) {
      const { code, stdout } = await runCli(home, [command, '--help'])
      expect([command, code]).toEqual([command, 0])
      expect(stdout).toMatch(new RegExp(`^Examples:\n {2}paddock ${command}\\b`, 'm'))
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    }
  })
})

async function writeDocuments({ folder }: Home): Promise<void> {
  await writeFile(join(folder, 'empty.md'), '')
  await writeFile(join(folder, 'renamed.md'), '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n')
  await writeFile(join(folder, 'binary.txt'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 7]))
  await writeFile(join(folder, 'large.md'), 'x')
  await truncate(join(folder, 'large.md'), 10 * 2 ** 20 + 1)
}

describe('one run, seen from other processes', { timeout: 60_000 }, () => {
  let home: Home
  let model: ScriptedModel
  let env: Record<string, string>
  beforeAll(async () => {
    home = await createHome()
    model = await startScriptedModel({ ms: 400 })
    env = { OPENAI_API_BASE: model.base }
  })
  afterAll(async () => {
    await model.stop()
    await home[Symbol.asyncDispose]()
  })

  test('SIGINT ends a run with 130, and resume completes it without asking twice', async () => {
    const args = ['run', document, '--workspace', home.workspace, '--accept', '--json']
    const { child, event, finished } = startCli(home, args, env)
    const { run: id } = await event(({ type }) => type === 'plan-made')

    const [status, resumed] = await Promise.all([runCli(home, ['status']), runCli(home, ['resume', id], env)])
    expect(resumed.code).toBe(2)
    expect(resumed.stderr).toMatch(new RegExp(`${id} is being led by process ${child.pid}`))
    const { agents, ...rest } = SystemStatus.extend({ figures: Figures })
      .strict()
      .parse(JSON.parse(status.stdout))
    expect(rest).toMatchObject({ total_agents: 5, total_tasks_completed: expect.any(Number) })
    expect(Object.keys(agents)).toEqual(Object.values(teamIds))
    expect(agents[teamIds.business_analyst]).toEqual({
      role: 'business_analyst',
      status: 'completed',
      current_task: null,
      completed_tasks: 1,
    })

    child.kill('SIGINT')
    const ended = await finished
    expect(ended.code).toBe(130)
    expect(ended.stderr).toMatch(/What is done is kept/)
    expect(ended.events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'cancelled' })
    const committed = ended.events.filter(({ type }) => type === 'answer-ended').length

    const [listed] = RunSummary.array().parse(JSON.parse((await runCli(home, ['list', '--json'])).stdout))
    expect(listed).toMatchObject({
      id,
      status: 'cancelled',
      workflow: 'feature_development',
      rehearsal: null,
    })
    expect((await runCli(home, ['list'])).stdout).toMatch(new RegExp(`^${id} {2}cancelled `))

    const asked = model.chats.length
    const again = await runCli(home, ['resume', '--json'], env)
    expect(again.code).toBe(0)
    expect(again.events.at(-1)).toMatchObject({ run: id, type: 'run-ended', outcome: 'completed' })
    expect(model.chats.length - asked).toBe(10 - committed)

    const completed = await runCli(home, ['resume', id], env)
    expect(completed.code).toBe(2)
    expect(completed.stderr).toMatch(/is completed: nothing is left to do/)
  })

  test('cancel from another process ends a run with 130; once is enough', async () => {
    const args = ['run', document, '--workspace', home.workspace, '--json']
    const { event, finished } = startCli(home, args, env)
    const { run: id } = await event(({ type }) => type === 'call-started')
    const asked = await runCli(home, ['cancel', id])
    expect(asked).toMatchObject({ code: 0, stdout: `${id} has ended.` })
    expect((await finished).code).toBe(130)
    const second = await runCli(home, ['cancel', id])
    expect(second.code).toBe(2)
    expect(second.stderr).toMatch(/has ended already: cancelled/)
    const shown = await runCli(home, ['show', id])
    expect(shown.code).toBe(0)
    expect(shown.stdout).toContain(`Run ${id}: cancelled.`)
    expect(shown.stdout).toContain(`paddock resume ${id}`)
  })
})

describe('the rehearsal', { timeout: 60_000 }, () => {
  test('a resume after kill -9 starts its endpoint again', async () => {
    await using home = await createHome()
    await mkdir(join(home.folder, 'other'))
    const slow = { PADDOCK_REHEARSAL_PACE: '8' }
    const args = ['rehearse', '--workspace', home.workspace, '--accept', '--json']
    const { child, event, finished } = startCli(home, args, slow)
    await event(({ type }) => type === 'plan-made')
    child.kill('SIGKILL')
    await finished
    const [listed] = RunSummary.array().parse(JSON.parse((await runCli(home, ['list', '--json'])).stdout))
    expect(listed).toMatchObject({ status: 'interrupted', rehearsal: 'feature_development' })
    const { code, stdout } = await runCli(home, ['resume'], { PADDOCK_REHEARSAL_PACE: '50' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^REHEARSAL Run \S+: completed\./m)
    expect(Object.keys(await hashFiles(home.workspace))).toContain('linkcheck/cli.py')
  })
})
