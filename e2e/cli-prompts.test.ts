import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunSummary } from '../shared/contract.ts'
import { createHome, runCli, type Home } from './fixtures/cli.ts'
import { document, startScriptedModel } from './fixtures/scripted.ts'
import { hasTerminals, keys, startOnTerminal } from './fixtures/terminal.ts'

const nowhere = { OPENAI_API_BASE: 'http://127.0.0.1:9/v1' }

const runsOf = async (home: Home) =>
  RunSummary.array().parse(JSON.parse((await runCli(home, ['list', '--json'])).stdout))

describe.skipIf(!hasTerminals)('on a terminal', { timeout: 90_000 }, () => {
  test('it asks for folder, workflow and document, shows the run, and ends with a summary (S6)', async () => {
    await using home = await createHome()
    await copyFile(document, join(home.folder, 'what I want.md'))
    await writeFile(join(home.folder, 'renamed.md'), '%PDF-1.7\n')
    const model = await startScriptedModel({ ms: 100 })
    const { shows, type, finished } = startOnTerminal(home, ['run'], { OPENAI_API_BASE: model.base })
    await shows(/Which folder is the work for/)
    type(`work${keys.enter}`)
    await shows(/Which workflow\?[^]*● Feature development/)
    type(keys.enter)
    await shows(/1 > 2 > 3 > 4 \+ 5 > 6[^]*What does it start from\?/)
    type(keys.enter)
    await shows(/Which document\?/)
    type(`nothing.md${keys.enter}`)
    await shows(/There is no file nothing\.md/)
    type(keys.clear)
    type(`renamed.md${keys.enter}`)
    await shows(/is a PDF document/)
    type(keys.clear)
    type(`'what I want.md'${keys.enter}`)
    await shows(/Write finished files to that folder/)
    expect(await readdir(home.folder)).not.toContain('work')
    type(`y${keys.enter}`)
    const { code, text } = await finished
    await model.stop()
    expect(code).toBe(0)
    expect(text).toMatch(/dev_001 +working +\d+ tok/)
    expect(text).toMatch(/\[[#.]+\] [1-6] of 6 steps/)
    const ending = text.slice(text.lastIndexOf('Run 2'))
    expect(ending).toMatch(/^Run \S+: completed\. No generated code was run/)
    expect(ending).toMatch(/Steps: +6 of 6 done/)
    expect(ending).toMatch(/Made: +10 files: /)
    expect(ending).toMatch(/Summary: +\S+work\/output\/workflow_summary_\S+\.md/)
    expect(ending).toMatch(/Written: +9 files to /)
    expect(ending).toMatch(/Held back:\r\n +Dockerfile: /)
    expect(await readdir(join(home.folder, 'work'))).toContain('readtime')
  })

  test.each([
    ['Ctrl-C at the first question', [], /Which folder/, keys.ctrlC],
    ['Escape at the choice of a workflow', ['--workspace', 'new'], /Which workflow/, keys.escape],
    [
      'Ctrl-C at the last question',
      ['--workspace', 'new', '--workflow', 'bug_fix', '--requirement', 'x'],
      /Write finished/,
      keys.ctrlC,
    ],
  ])('%s leaves with 130, and nothing was made (S6)', async (_, args, question, key) => {
    await using home = await createHome()
    const { shows, type, finished } = startOnTerminal(home, ['run', ...args], nowhere)
    await shows(question)
    type(key)
    const { code, text } = await finished
    expect(code).toBe(130)
    expect(text).toContain('Nothing was started.')
    expect(await readdir(home.folder)).not.toContain('new')
    expect(await runsOf(home)).toEqual([])
  })

  test("words of one's own will do, and what the command line says is not asked for", async () => {
    await using home = await createHome()
    const args = ['run', '--workspace', 'new', '--workflow', 'analysis', '--accept']
    const { shows, type, finished } = startOnTerminal(home, args, nowhere)
    await shows(/What does it start from/)
    type(`${keys.down}${keys.enter}`)
    await shows(/What is to be done/)
    type(keys.enter)
    await shows(/Type something/)
    type(`A tool that counts words${keys.enter}`)
    const { code, text } = await finished
    expect(code).toBe(1)
    expect(text).toMatch(/No server answers at http:\/\/127\.0\.0\.1:9\/v1/)
    expect(text).not.toMatch(/Which (folder|workflow)|Write finished/)
    expect(await readdir(home.folder)).not.toContain('new')
  })

  test.each([
    ['with --no-input', ['run', '--no-input'], {}],
    ['with --json', ['run', '--json'], {}],
    ['where CI is set', ['run'], { CI: 'true' }],
  ])('nothing is asked for %s: what is missing is an error', async (_, args, env) => {
    await using home = await createHome()
    const { code, text } = await startOnTerminal(home, args, { ...nowhere, ...env }).finished
    expect(code).toBe(2)
    expect(text).toMatch(/There is nothing to work from\.\r\n {2}Give a requirements document/)
  })

  test('Ctrl-C during a run ends it with 130, and says what is kept (S6)', async () => {
    await using home = await createHome()
    const model = await startScriptedModel({ ms: 2000 })
    const args = ['run', document, '--workspace', 'work', '--workflow', 'feature_development', '--accept']
    const { shows, type, finished } = startOnTerminal(home, args, { OPENAI_API_BASE: model.base })
    await shows(/ba_001 +working/)
    type(keys.ctrlC)
    const { code, text } = await finished
    await model.stop()
    expect(code).toBe(130)
    expect(text).toContain('Stopping. What is done is kept; press Ctrl-C again to leave at once.')
    expect(text).toMatch(/Run \S+: cancelled\.[^]*To go on: paddock resume/)
    expect((await runsOf(home))[0]).toMatchObject({ status: 'cancelled' })
  })

  test('a paused run and a gate are seen in the live view, with what to type', async () => {
    await using home = await createHome()
    const workspace = join(home.folder, 'work')
    await mkdir(join(workspace, '.paddock/workflows'), { recursive: true })
    const steps = [
      '{ step: 1, agent_role: business_analyst, task_type: requirements_analysis, description: Analyze, gate: true }',
      '{ step: 2, agent_role: developer, task_type: architecture_design, description: Design, depends_on: [1] }',
    ]
    const yaml = `id: gated\nname: Gated\ndescription: With a decision\nsteps: [${steps.join(', ')}]\n`
    await writeFile(join(workspace, '.paddock/workflows/gated.yaml'), yaml)
    const model = await startScriptedModel()
    const args = ['run', document, '--workspace', 'work', '--workflow', 'gated', '--accept']
    const { shows, finished } = startOnTerminal(home, args, { OPENAI_API_BASE: model.base })
    await shows(/GATE +paddock gate \S+ 1 --open \(or --close\)/)
    const [{ id = '' } = {}] = await runsOf(home)
    await runCli(home, ['pause', id])
    await shows(/PAUSED +paddock resume/)
    await runCli(home, ['gate', id, '1', '--open'])
    await runCli(home, ['resume', id])
    const { code, text } = await finished
    await model.stop()
    expect(code).toBe(0)
    expect(text).toMatch(/Gate after Analyze opened/)
    expect(text).toMatch(/Going on\./)
  })
})
