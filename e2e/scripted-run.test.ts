import { execFile } from 'node:child_process'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunEvent } from '../shared/run-event.ts'
import { findTool } from '../scripts/tools.mjs'
import {
  acceptedPaths,
  heldPaths,
  runAccepted,
  summaryPath,
  type AcceptedRun,
} from './fixtures/accepted-run.ts'
import type { Home } from './fixtures/cli.ts'
import { hashFiles } from './fixtures/outputs.ts'
import { scriptedFiles } from './fixtures/scripted.ts'

const python = findTool('python3')
if (python === null) console.warn('There is no python3 here: what was written is not run.')
const mayLack = process.env['CI'] !== 'true'

describe('a run against scripted answers', { timeout: 60_000 }, () => {
  let run: AcceptedRun
  beforeAll(async () => {
    run = await runAccepted()
  })
  afterAll(() => run.stop())

  test('prints one event a line with --json, each as the vocabulary has it', () => {
    const lines = run.done.stdout.split('\n')
    const events = lines.map((line) => RunEvent.parse(JSON.parse(line)))
    expect(events.length).toBeGreaterThan(50)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'completed' })
  })

  test('asks once for each thing', () => {
    expect([...run.model.counts().values()]).toEqual(Array.from({ length: 10 }, () => 1))
  })

  test.skipIf(python === null && mayLack)(
    'writes Python whose own tests pass when they are run',
    async () => {
      const { stderr } = await promisify(execFile)(python!, ['-m', 'unittest'], { cwd: run.home.workspace })
      expect(stderr).toMatch(/Ran 11 tests[^]*\nOK/)
    },
  )

  test('writes what was answered to the workspace, byte by byte, and holds back what tools obey', async () => {
    expect(
      Object.keys(await hashFiles(run.home.workspace)).filter((path) => !path.includes('__pycache__')),
    ).toEqual(acceptedPaths)
    for (const path of [...scriptedFiles.keys()].filter((one) => !heldPaths.includes(one)))
      expect(await readFile(join(run.home.workspace, path), 'utf8')).toBe(scriptedFiles.get(path))
  })

  test('leaves a complete result (S111)', () => {
    expect(run.result).toMatchObject({
      workflow_type: 'feature_development',
      status: 'completed',
      workspace: run.home.workspace,
      model: 'devstral',
      window: 32_768,
      rehearsal: null,
      not_made: [],
      unplaced: [],
      left_out: [],
    })
    expect(run.result.documents).toMatchObject([
      { name: expect.stringMatching(/\.md$/), bytes: expect.any(Number) },
    ])
    expect(run.result.steps.map(({ step, status, attempts }) => [step, status, attempts])).toEqual(
      [1, 2, 3, 4, 5, 6].map((step) => [step, 'completed', 1]),
    )
    for (const step of run.result.steps) {
      expect(step.error).toBeNull()
      expect(Date.parse(step.completed_at!)).toBeGreaterThanOrEqual(Date.parse(step.started_at!))
      expect(step.tokens.prompt).toBeGreaterThan(0)
      expect(step.tokens.completion).toBeGreaterThan(0)
      expect(step.created_files.length).toBeGreaterThan(0)
      expect(step.calls.every(({ status, finish }) => status === 'ended' && finish === 'stop')).toBe(true)
    }
    expect(run.result.tokens.prompt).toBe(
      run.result.steps.reduce((sum, { tokens }) => sum + tokens.prompt, 0),
    )
    expect(run.result.files.map(({ path }) => path).sort()).toEqual([...acceptedPaths, ...heldPaths].sort())
    expect(run.result.files.every(({ written, path }) => written !== heldPaths.includes(path))).toBe(true)
    expect(run.result.assumptions).toHaveLength(2)
    expect(run.result.duration_ms).toBeGreaterThan(0)
  })

  test('calls nothing tested that nobody ran, although an answer says that all tests pass', async () => {
    const claim = 'all tests pass, 11 of 11'
    const answers = await answersOf(run.home, run.result.workflow_id)
    expect(answers.filter((text) => text.includes(claim))).toHaveLength(1)
    expect(run.result.verdict.state).toBe('not run')
    expect(run.result.files.map(({ verdict }) => verdict.state)).toEqual(
      run.result.files.map(() => 'not run'),
    )
    const summary = await readFile(join(run.home.workspace, summaryPath(run.result)), 'utf8')
    expect(summary).toContain('Nothing was run.')
    expect(`${JSON.stringify(run.result)}${summary}`).not.toMatch(/tests pass|passed/)
  })

  test('leaves a summary that is read in a minute (S112)', async () => {
    const summary = await readFile(join(run.home.workspace, summaryPath(run.result)), 'utf8')
    expect(summary.split('\n')[0]).toBe('# Feature development: completed')
    const headings = summary.split('\n').filter((line) => line.startsWith('## '))
    expect(headings).toEqual(['## Asked', '## Steps', '## Made', '## Assumed', '## Run and not run'])
    for (const path of acceptedPaths) expect(summary).toContain(`\`${path}\``)
    expect(summary.split(/\s+/).length).toBeLessThan(600)
  })

  test('exports what it made as one project, and by the agent that made it (S113)', async () => {
    const folder = join(run.home.workspace, 'output/generated', run.result.workflow_id)
    expect(Object.keys(await hashFiles(join(folder, 'merged')))).toEqual(acceptedPaths)
    expect(Object.keys(await hashFiles(join(folder, 'by-agent'))).sort()).toEqual(
      [
        'ba_001/docs/requirements.md',
        'dev_001/docs/architecture.md',
        'dev_001/examples/demo.py',
        'dev_001/readtime/__init__.py',
        'dev_001/readtime/content.py',
        'dev_001/readtime/estimate.py',
        'qa_001/tests/__init__.py',
        'qa_001/tests/test_readtime.py',
        'writer_001/README.md',
      ].sort(),
    )
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n')
  })

  test('keeps to its folders: outputs in the workspace, ledger and raw answers in the data folder (S117)', async () => {
    expect(await readdir(run.home.workspace)).toContain('output')
    const [id = ''] = await readdir(join(run.home.data, 'runs'))
    const answers = await readdir(join(run.home.data, 'runs', id, 'answers'))
    expect(answers).toHaveLength(run.model.counts().size)
    expect(await readdir(run.home.data)).toEqual(expect.arrayContaining(['paddock.db', 'runs']))
  })
})

/** Every raw answer of a run, as it came. */
async function answersOf({ data }: Home, id: string): Promise<string[]> {
  const folder = join(data, 'runs', id, 'answers')
  return Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
}
