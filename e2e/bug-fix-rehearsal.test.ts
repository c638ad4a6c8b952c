import { execFile } from 'node:child_process'
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findTool } from '../scripts/tools.mjs'
import { createHome, projectFolder, runCli, type Finished, type Home } from './fixtures/cli.ts'
import { readResult } from './fixtures/outputs.ts'
import { readPrompts } from './fixtures/prompts.ts'

const python = findTool('python3')
const mayLack = process.env['CI'] !== 'true'
if (python === null) console.warn('There is no python3 here: what was written is not run.')
const given = join(projectFolder, 'resources/rehearsal/bug_fix/files')

/** How Python's own tests end in a folder. */
async function runTests(folder: string): Promise<string> {
  const { stderr } = await promisify(execFile)(python!, ['-m', 'unittest'], { cwd: folder }).catch(
    (failure: { stderr: string }) => failure,
  )
  return stderr.trim().split('\n').at(-1) ?? ''
}

describe('the rehearsal of a bug fix (S25)', { timeout: 60_000 }, () => {
  let home: Home
  let done: Finished
  beforeAll(async () => {
    home = await createHome()
    const args = ['rehearse', 'bug_fix', '--workspace', home.workspace, '--accept', '--json']
    done = await runCli(home, args, { PADDOCK_REHEARSAL_PACE: '50' })
  }, 60_000)
  afterAll(() => home[Symbol.asyncDispose]())

  test('is completed: report, fix, tests and notes are written', async () => {
    expect([done.code, done.stderr]).toEqual([0, ''])
    const result = await readResult(home.workspace)
    expect(result.steps.map(({ agent_id, task_type, status }) => [agent_id, task_type, status])).toEqual([
      ['qa_001', 'bug_analysis', 'completed'],
      ['dev_001', 'bug_fix', 'completed'],
      ['qa_001', 'regression_testing', 'completed'],
      ['writer_001', 'release_notes', 'completed'],
    ])
    expect(result.files.filter(({ written }) => written).map(({ path }) => path)).toEqual([
      'docs/bug-report.md',
      'durations/parse.py',
      'tests/test_parse_regression.py',
      'docs/release-notes.md',
    ])
    expect(result.code.files.map(({ path }) => path).sort()).toEqual([
      'durations/__init__.py',
      'durations/parse.py',
      'durations/report.py',
      'tests/__init__.py',
      'tests/test_parse.py',
    ])
  })

  test.skipIf(python === null && mayLack)('its tests fail without the fix and pass with it', async () => {
    expect(await runTests(home.workspace)).toBe('OK')
    const old = join(home.folder, 'old')
    await cp(home.workspace, old, { recursive: true })
    await cp(join(given, 'durations/parse.py'), join(old, 'durations/parse.py'))
    expect(await runTests(old)).toMatch(/^FAILED \(failures=5, errors=1\)$/)
    await rm(old, { recursive: true })
  })

  test("the developer's prompt holds the buggy code and QA's bug report; the writer's tells of the fix (S13, S45, S31)", async () => {
    const prompts = readPrompts(home.data, done.events)
    const fix = prompts.find(({ task, part }) => task === 'task_2' && part === 'file durations/parse.py')!
    expect(fix.text).toContain('# Existing file: durations/parse.py')
    expect(fix.text).toContain('for match in PART.finditer(text):')
    expect(fix.text).toMatch(
      /# Message to you from qa_001 \(bug report\)\n\n[^]*What comes after white space is dropped[^]*`durations\/parse\.py`, line 14\n- Quote: `if match\.start\(\) != position:`/,
    )
    const notes = prompts.find(({ task }) => task === 'task_4')!
    expect(notes.text).toContain('# Decided: bug analysis (qa engineer)')
    expect(notes.text).toContain('Both bugs are in parse')
  })

  test('never touches another file of that name', async () => {
    await using other = await createHome()
    await writeFile(join(other.workspace, 'durations'), 'mine')
    const { code, stderr } = await runCli(other, ['rehearse', 'bug_fix', '--workspace', other.workspace])
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/durations/)
  })
})
