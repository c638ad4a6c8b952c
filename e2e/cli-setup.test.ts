import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Check, ListedAgent, ListedWorkflow, ShownConfig, WorkflowProblem } from '../shared/reports.ts'
import { createHome, runCli, type Home } from './fixtures/cli.ts'
import { startScriptedModel } from './fixtures/scripted.ts'

const parsed = async <T>(schema: z.ZodType<T>, home: Home, args: string[], env = {}) =>
  schema.parse(JSON.parse((await runCli(home, [...args, '--json'], env)).stdout))

describe.concurrent('workflows', { timeout: 60_000 }, () => {
  const good = `id: two_steps
name: Two steps
description: First one thing, then the other
steps:
  - { step: 1, agent_role: developer, task_type: implementation, description: Do it, gate: true }
  - { step: 2, agent_role: qa_engineer, task_type: testing, description: Test it, depends_on: [1] }
`

  test('are listed with their steps and where they come from, those of the folder too (S6, S115)', async () => {
    await using home = await createHome()
    const folder = join(home.workspace, '.paddock/workflows')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'two_steps.yaml'), good)
    await writeFile(join(folder, 'broken.yaml'), 'id: broken\nsteps: 5\n')
    const args = ['workflows', '--workspace', home.workspace]
    const { code, stdout } = await runCli(home, args)
    expect(code).toBe(0)
    expect(stdout).toContain('feature_development  (built-in)')
    expect(stdout).toContain('  1 > 2 > 3 > 4 + 5 > 6\n   1  business_analyst  Analyze requirements\n')
    expect(stdout).toMatch(
      /^two_steps {2}\(workspace: .*two_steps\.yaml\)\n {2}First one thing.*\n {2}1 > 2\n/m,
    )
    expect(stdout).toContain('   1  developer    Do it, then a gate\n   2  qa_engineer  Test it (after 1)\n')
    expect(stdout).toMatch(/^These files cannot be used:\n.*broken\.yaml:\d+:\d+: /m)
    const schema = z.strictObject({ workflows: z.array(ListedWorkflow), problems: z.array(WorkflowProblem) })
    const { workflows, problems } = await parsed(schema, home, args)
    expect(workflows.map(({ workflow }) => workflow.id)).toEqual(
      expect.arrayContaining([
        'analysis',
        'bug_fix',
        'documentation',
        'infrastructure',
        'testing',
        'two_steps',
      ]),
    )
    expect(problems.length).toBeGreaterThan(0)
  })

  test('a file is checked: 0 when it can be used, 2 with line and column when not', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'two_steps.yaml'), good)
    await writeFile(join(home.folder, 'bad.yaml'), good.replace('two_steps', 'bad').replace('[1]', '[7]'))
    expect(await runCli(home, ['workflows', 'check', 'two_steps.yaml'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('two_steps  (can be used)'),
      stderr: '',
    })
    const { code, stdout } = await runCli(home, ['workflows', 'check', 'bad.yaml'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^bad\.yaml:6:\d+: .*7/)
    const missing = await runCli(home, ['workflows', 'check', 'none.yaml'])
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain('There is no file none.yaml.')
    const hostile = 'id: x\n"\\e[2J": 1\n'
    await writeFile(join(home.folder, 'x.yaml'), hostile)
    const shown = await runCli(home, ['workflows', 'check', 'x.yaml'])
    expect(shown.code).toBe(2)
    expect(shown.stdout).not.toContain('\u001b')
  })

  test('a word that is no command of theirs is named, with those there are', async () => {
    await using home = await createHome()
    for (const [group, known] of [
      ['workflows', 'check'],
      ['config', 'set, unset, versions, restore, path'],
    ] as const) {
      const { code, stderr } = await runCli(home, [group, 'fly', 'away'])
      expect(code).toBe(2)
      expect(stderr).toContain(`unknown command 'fly' of paddock ${group}. It knows: ${known}`)
    }
  })
})

test('agents are listed with what they do, and whether they are switched off', async () => {
  await using home = await createHome()
  const env = { PADDOCK_AGENTS_DEVELOPER_ENABLED: 'false' }
  const { code, stdout } = await runCli(home, ['agents'], env)
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^dev_001 {2}Developer \(developer\), switched off\n {9}\S.*\n {9}Tasks: .*implementation/m,
  )
  const agents = await parsed(z.array(ListedAgent), home, ['agents'], env)
  expect(agents.map(({ agent_id, enabled }) => [agent_id, enabled])).toEqual([
    ['ba_001', true],
    ['dev_001', false],
    ['qa_001', true],
    ['devops_001', true],
    ['writer_001', true],
  ])
})

describe.concurrent('the settings', { timeout: 60_000 }, () => {
  test('are shown with where they come from, set, taken out and put back (S81)', async () => {
    await using home = await createHome()
    const path = (await runCli(home, ['config', 'path'])).stdout
    expect(path).toBe(join(home.folder, '.config/paddock/config.yaml'))
    const set = await runCli(home, ['config', 'set', 'llm_timeout', '600'])
    expect(set).toMatchObject({ code: 0, stderr: '' })
    expect(set.stdout).toContain(`llm_timeout is 600 (user file, ${path}:1).`)
    await runCli(home, ['config', 'set', 'agents.developer.languages', '[rust, go]'])
    const shown = await runCli(home, ['config'], { LLM_RETRY_MAX_DELAY: '9' })
    expect(shown.stdout).toMatch(/^llm_timeout +600 {2}\(user file, .*config\.yaml:\d+\)$/m)
    expect(shown.stdout).toMatch(/^llm_retry_max_delay +9 {2}\(environment, LLM_RETRY_MAX_DELAY\)$/m)
    expect(shown.stdout).toMatch(/^agents\.developer\.languages +\["rust","go"\] {2}\(user file/m)
    expect(shown.stdout).toMatch(/^openai_temperature +0\.2$/m)

    const unset = await runCli(home, ['config', 'unset', 'llm_timeout'])
    expect(unset.stdout).toContain('llm_timeout is 300 (default).')
    const { versions } = await parsed(ShownConfig, home, ['config'])
    expect(versions).toHaveLength(2)
    const restored = await runCli(home, ['config', 'restore', versions[0]!])
    expect(restored.code).toBe(0)
    expect((await runCli(home, ['config'])).stdout).toMatch(/^llm_timeout +600 /m)
  })

  test.each([
    ['an unknown key', ['config', 'set', 'lm_timeout', '5'], /"lm_timeout" is no setting.*\n.*llm_timeout/],
    ['a wrong value', ['config', 'set', 'llm_timeout', 'soon'], /llm_timeout: found "soon"/],
    ['a version that is not there', ['config', 'restore', '2020'], /2020/],
    ['a file that is not there', ['--config', 'none.yaml', 'list'], /There is no file \S+none\.yaml\./],
    ['a .env that is not there', ['--dotenv', 'none.env', 'list'], /There is no file \S+none\.env\./],
    ['a broken file', ['--config', 'bad.yaml', 'list'], /bad\.yaml:1:5: This is not YAML/],
  ])('%s is refused with what to do, and nothing is written (S89)', async (_, args, message) => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'bad.yaml'), 'a: [')
    const { code, stdout, stderr } = await runCli(home, args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(await readdir(join(home.folder, '.config/paddock')).catch(() => [])).not.toContain('config.yaml')
  })

  test('a key is never shown (S104)', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'my.env'), 'LLAMA_API_KEY=canary-5aa5\n')
    for (const args of [['config'], ['config', '--json'], ['doctor'], ['doctor', '--json']]) {
      const { stdout, stderr } = await runCli(home, ['--dotenv', 'my.env', ...args])
      expect(stdout + stderr).not.toContain('canary-5aa5')
    }
  })
})

describe.concurrent('doctor (S89)', { timeout: 60_000 }, () => {
  test('without a server: 1, with the line that starts one', async () => {
    await using home = await createHome()
    const { code, stdout, stderr } = await runCli(home, ['doctor'], {
      OPENAI_API_BASE: 'http://127.0.0.1:9/v1',
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^ok +Node\.js +v\d+/m)
    expect(stdout).toMatch(/^problem +Model server +No server answers at http:\/\/127\.0\.0\.1:9\/v1\.$/m)
    expect(stdout).toMatch(/^ {2}llama-server -hf .*--port 9$/m)
    expect(stdout).toMatch(/paddock rehearse needs no model\.$/)
    expect(await readdir(home.folder)).toEqual(['workspace'])
  })

  test('with a server that has room: 0; as JSON each that is not well has a hint', async () => {
    await using home = await createHome()
    const model = await startScriptedModel()
    const env = { OPENAI_API_BASE: model.base }
    const { code, stdout } = await runCli(home, ['doctor'], env)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok +Model server +http/m)
    expect(stdout).toMatch(/^ok +Tokens a slot +32,768$/m)
    const checks = await parsed(z.array(Check), home, ['doctor'], env)
    for (const { state, hint } of checks) expect(state === 'ok').toBe(hint === undefined)
    expect(model.chats).toEqual([])
    await model.stop()
  })

  test('where nothing else starts it still tells what is wrong', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'file'), '')
    const broken = { PADDOCK_DATA_DIR: join(home.folder, 'file'), LLM_TIMEOUT: 'soon' }
    expect((await runCli(home, ['list'], broken)).code).not.toBe(0)
    const { code, stdout } = await runCli(home, ['doctor'], broken)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^problem +Data folder /m)
    expect(stdout).toMatch(/^problem +Settings .*LLM_TIMEOUT/m)
  })
})
