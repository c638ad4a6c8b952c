import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ExtractReport } from '../electron/core/files/extract-report.ts'
import { startScriptedEndpoint, type ScriptedEndpoint } from '../electron/core/rehearsal/scripted-endpoint.ts'
import { createHome, projectFolder, runCli, type Home } from './fixtures/cli.ts'
import * as api from '../electron/api.ts'
import { document, scriptedFiles, startScriptedModel } from './fixtures/scripted.ts'

const folder = join(projectFolder, 'resources/examples')
let home: Home
let endpoint: ScriptedEndpoint | undefined
let prompts: string[] = []

beforeEach(async () => {
  home = await createHome()
})
afterEach(async () => {
  await endpoint?.stop()
  endpoint = undefined
  await home[Symbol.asyncDispose]()
})

/** Runs an example as a person would, with a data folder and configuration of its own. */
async function runExample(
  name: string,
  args: readonly string[],
  base = endpoint?.url ?? 'http://127.0.0.1:1/v1',
) {
  const env = {
    PATH: process.env['PATH'],
    HOME: home.folder,
    PADDOCK_DATA_DIR: home.data,
    PADDOCK_CONFIG_DIR: join(home.folder, 'config'),
    PADDOCK_REHEARSAL_PACE: '100',
    OPENAI_API_BASE: base,
  }
  const child = spawn(process.execPath, [join(folder, name), ...args], { cwd: home.folder, env })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  process.off('exit', kill)
  return { code: code as number, output, errors }
}

/** A model that answers by what the end of the prompt asks for. */
async function answerWith(answers: readonly [RegExp, string][]): Promise<void> {
  prompts = []
  endpoint = await startScriptedEndpoint({
    slots: 4,
    answer: (messages) => {
      const asked = messages.at(-1)!.content
      prompts.push(asked)
      const found = answers.find(([task]) => task.test(asked.slice(asked.lastIndexOf('# Your task'))))
      return found ? { text: found[1] } : { status: 400, message: `No answer for: ${asked.slice(-300)}` }
    },
  })
}

const analysis = await readFile(
  join(import.meta.dirname, 'fixtures/readtime/requirements_analysis.json'),
  'utf8',
)

describe('the examples for programs run as they are (S7, S8)', { timeout: 60_000 }, () => {
  test('run-a-workflow.ts: the whole of feature_development (S7)', async () => {
    const model = await startScriptedModel()
    try {
      const { code, output, errors } = await runExample(
        'run-a-workflow.ts',
        [document, home.workspace],
        model.base,
      )
      expect(errors).toBe('')
      expect(code).toBe(0)
      expect(output).toMatch(/^Workflows: .*feature_development/)
      expect(output.match(/^Step \d \(\w+_001\): completed/gm)).toHaveLength(6)
      for (const path of scriptedFiles.keys()) expect(output).toContain(`  ${path} (`)
    } finally {
      await model.stop()
    }
  })

  test('run-a-workflow.ts: what is refused is told with what to do, and the exit code says so (S7, S86)', async () => {
    const { code, errors } = await runExample('run-a-workflow.ts', [
      document,
      home.workspace,
      'feature_developmnt',
    ])
    expect(code).toBe(2)
    expect(errors).toContain('There is no workflow "feature_developmnt". Did you mean feature_development?')
    expect(errors).not.toContain('    at ')
  })

  test('custom-agent.ts: a subclass with getSystemPrompt and processTask, under a role of its own (S41, S114)', async () => {
    const review = 'The tool reads any file that it is given: bound its size.'
    await answerWith([
      [/requirements_analysis/, analysis],
      [/You are a security reviewer\./, review],
    ])
    const { code, output, errors } = await runExample('custom-agent.ts', [document, home.workspace])
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(output).toContain('security_reviewer_001: completed docs/security-review.md')
    // It was told what the step before it decided, and who it is comes last.
    expect(prompts.at(-1)).toContain('# Decided: requirements analysis (business analyst)')
    expect(prompts.at(-1)).toMatch(/You are a security reviewer\. [^\n]*$/)
    const [id] = await readdir(join(home.workspace, 'output/generated'))
    const merged = join(home.workspace, 'output/generated', id!, 'merged/docs/security-review.md')
    expect(await readFile(merged, 'utf8')).toContain(review)
  })

  test('custom-workflow.ts: a workflow as a file of the workspace (S29, S115)', async () => {
    const page = '`docs/decisions.md`:\n\n```markdown\n- [ ] Times are rounded up.\n```\n'
    await answerWith([
      [/\/ open_questions/, 'Are times rounded? I assume: up.'],
      [/\/ effort_estimate/, 'Two days; the formats make it uncertain.'],
      [/\/ decision_page/, page],
    ])
    const { code, output, errors } = await runExample('custom-workflow.ts', [document, home.workspace])
    expect(errors).toBe('')
    expect(output).toContain('questions_first (workspace): Questions first')
    expect(output).toContain('docs/decisions.md: new')
    expect(output).toMatch(/^Run \S+: completed$/m)
    expect(code).toBe(0)
    expect(output).not.toMatch(/^\d+:\d+ /m)
  })

  test('batch.ts: every document of a folder, with a summary (S7, S123)', async () => {
    const documents = join(home.folder, 'documents')
    await mkdir(documents)
    for (const name of ['one.md', 'two.txt', 'three.md'])
      await writeFile(join(documents, name), `Build ${name}.\n`)
    await writeFile(join(documents, 'empty.md'), '')
    await mkdir(join(home.folder, 'config/workflows'), { recursive: true })
    await writeFile(
      join(home.folder, 'config/workflows/one_step.yaml'),
      'id: one_step\nname: One\ndescription: One\nsteps:\n  - {step: 1, agent_role: developer, task_type: note, description: Write}\n',
    )
    await answerWith([[/\/ note/, '`note.md`:\n\n```markdown\nDone.\n```\n']])
    const { code, output, errors } = await runExample('batch.ts', [documents, home.workspace, 'one_step'])
    expect(errors).toBe('')
    expect(output).toContain('4 of 4: ')
    expect(output).toContain('outcomes: { ')
    // One was empty, so not all are completed.
    expect(code).toBe(1)
    const summary = /^Summary: (.*)$/m.exec(output)?.[1] ?? ''
    expect(await readFile(summary, 'utf8')).toContain('# Batch of 4 documents: 3 completed')
  })

  test('custom-extractor.mjs: a format of your own, under the same rules as every other (S116)', async () => {
    const config = join(home.folder, 'config')
    await mkdir(config, { recursive: true })
    await writeFile(join(config, 'config.yaml'), `extractor: ${join(folder, 'custom-extractor.mjs')}\n`)
    const answer = join(home.folder, 'answer.md')
    const extract = async (text: string) => {
      await writeFile(answer, text)
      const env = { PADDOCK_CONFIG_DIR: config }
      const { stdout } = await runCli(home, ['extract', answer, '--json'], env)
      return JSON.parse(stdout) as ExtractReport
    }
    const own = await extract(
      '@@ src/a.py\nprint(1)\n@@ end\n@@ ../b.py\nx\n@@ end\n@@ src/c.py\ny = [\n    1,\n@@ end\n@@ d.py\nz\n',
    )
    expect(own.files.map(({ path, content, complete, how }) => [path, content, complete, how])).toEqual([
      ['src/a.py', 'print(1)\n', true, 'custom'],
      ['src/c.py', 'y = [\n    1,\n', false, 'custom'],
      ['d.py', 'z\n', false, 'custom'],
    ])
    expect(own.unplaced).toMatchObject([{ content: 'x\n', reason: expect.stringContaining('leads out') }])
    expect(own.warnings).toEqual([
      'src/c.py is incomplete: it ends inside brackets.',
      'd.py is incomplete: its block never closed.',
    ])
    const other = await extract('```python:a.py\nx\n```\n')
    expect(other.files).toMatchObject([{ path: 'a.py', how: 'fence' }])

    const env = { PADDOCK_CONFIG_DIR: config, PADDOCK_REHEARSAL_PACE: '100' }
    const { code } = await runCli(home, ['rehearse', '--workspace', home.workspace], env)
    expect(code).toBe(0)
    const [run = ''] = await readdir(join(home.workspace, 'output/custom'))
    const table = await readFile(join(home.workspace, `output/custom/${run}/files.tsv`), 'utf8')
    expect(table.split('\n')).toContain(`# ${run}`)
    expect(table.split('\n').length).toBeGreaterThan(8)
  })

  test('watch-a-run.ts: the events of a rehearsal, with no model at all (S8, S13)', async () => {
    const { code, output, errors } = await runExample('watch-a-run.ts', [home.workspace])
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(output.match(/^\w+_001 starts task_\d$/gm)).toHaveLength(6)
    expect(output).toMatch(/^completed: \d\d files, [1-9]\d* characters seen/m)
  })
})

test('the entry has what the specification names, each to build on (S7)', () => {
  const { createApp, loadConfig, AgentOrchestrator, WorkflowEngine, TaskManager, BaseAgent, FileWriter } = api
  for (const one of [
    createApp,
    loadConfig,
    AgentOrchestrator,
    WorkflowEngine,
    TaskManager,
    BaseAgent,
    FileWriter,
  ])
    expect(one).toBeInstanceOf(Function)
})

describe('for those who come to read them (S8)', () => {
  test('each is in the README of the folder, and says itself how it is run', async () => {
    const readme = await readFile(join(folder, 'README.md'), 'utf8')
    const names = (await readdir(folder)).filter((name) => name !== 'README.md')
    expect(names.filter((name) => !readme.includes(name))).toEqual([])
    for (const name of names.filter((one) => /\.m?[tj]s$/.test(one)))
      expect(await readFile(join(folder, name), 'utf8')).toMatch(
        new RegExp(`npx node resources/examples/${name}|config set extractor .*${name}`),
      )
    expect(existsSync(join(folder, 'custom-agent.ts'))).toBe(true)
  })
})
