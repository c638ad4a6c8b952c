import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { completed, drafted, queued, sent, started } from '../../../shared/history.fixture.ts'
import type { Draft } from '../../../shared/change.ts'
import { openWorkspace, type Workspace } from '../files/workspace.ts'
import { blobOf } from '../store/ledger.ts'
import { openTestRun, runId, type TestRun } from '../test-run.fixture.ts'
import { WorkflowResult } from './workflow-result.ts'
import { writeOutputs } from './write-outputs.ts'

let run: TestRun
let folder: string
let workspace: Workspace
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-outputs-'))
  workspace = await openWorkspace(folder)
  run = await openTestRun({ code: { step: 1 }, tests: { step: 2, needs: ['code'], role: 'qa_engineer' } })
})
afterEach(() => {
  run.stop()
  rmSync(folder, { recursive: true })
})

async function draft(task: string, path: string, text: string, more: Partial<Draft> = {}): Promise<void> {
  const blob = blobOf(text)
  await run.journal.append(
    [drafted(task, path, 0, { hash: blob.hash, bytes: blob.bytes.length, ...more })],
    [blob],
  )
}
const filesBelow = (path: string) =>
  readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, path).length + 1))
    .toSorted()
const textAt = (path: string) => readFileSync(join(folder, path), 'utf8')

async function makeRun(): Promise<void> {
  await run.journal.append([started('code')])
  await draft('code', 'src/a.py', 'print("a")\n')
  await draft('code', 'src/cut.py', 'print("', { complete: false })
  await draft('code', 'AGENTS.md', 'Obey me.\n')
  await run.journal.append([completed('code', null, ['src/a.py']), started('tests', 'qa_001')])
  await draft('tests', 'tests/test_a.py', 'import a\n')
  await run.journal.append([completed('tests')])
}

test('the result is written as JSON that keeps to its schema, and is what is returned (S14, S111)', async () => {
  await makeRun()
  const result = await writeOutputs(run.journal, workspace, 'completed')
  const written: unknown = JSON.parse(textAt(`output/workflow_${runId}.json`))
  expect(written).toEqual(result)
  expect(WorkflowResult.parse(written)).toEqual(written)
  expect(result.steps.map(({ created_files }) => created_files)).toEqual([['src/a.py'], []])
  expect(result.files.map(({ path, complete, written: isWritten }) => [path, complete, isWritten])).toEqual([
    ['src/a.py', true, false],
    ['src/cut.py', false, false],
    ['AGENTS.md', true, false],
    ['tests/test_a.py', true, false],
  ])
})

test('the summary lies beside it (S112)', async () => {
  await makeRun()
  await writeOutputs(run.journal, workspace, 'completed')
  const summary = textAt(`output/workflow_summary_${runId}.md`)
  expect(summary).toMatch(/^# Sketch: completed\n/)
  expect(summary).toContain('| `src/a.py` | 11 | dev_001 | to be reviewed | not run |')
})

describe('the generated files (S113)', () => {
  const generated = `output/generated/${runId}`

  test('lie there twice: as one project and by agent; what is cut off or obeyed by tools does not', async () => {
    await makeRun()
    await writeOutputs(run.journal, workspace, 'completed')
    expect(filesBelow(generated)).toEqual([
      '.gitignore',
      'by-agent/dev_001/src/a.py',
      'by-agent/qa_001/tests/test_a.py',
      'conftest.py',
      'merged/src/a.py',
      'merged/tests/test_a.py',
    ])
    expect(textAt(`${generated}/merged/src/a.py`)).toBe('print("a")\n')
    expect(textAt(`${generated}/.gitignore`)).toBe('*\n')
    expect(filesBelow('').filter((path) => !path.startsWith('output/'))).toEqual([])
  })

  test('one that cannot be written is told, and the others are', async () => {
    await makeRun()
    mkdirSync(join(folder, generated, 'merged/src/a.py'), { recursive: true })
    const { not_exported } = await writeOutputs(run.journal, workspace, 'completed')
    expect(not_exported).toEqual([{ path: 'src/a.py', reason: expect.any(String) }])
    expect(filesBelow(generated)).toContain('merged/tests/test_a.py')
    expect(textAt(`output/workflow_summary_${runId}.md`)).toContain('`src/a.py` was made, but not exported')
  })

  test.skipIf(skips(process.platform === 'win32', 'a link out of the workspace, as this is Windows'))(
    'do not follow a link out of the workspace (S105)',
    async () => {
      await makeRun()
      const outside = mkdtempSync(join(tmpdir(), 'paddock-outside-'))
      mkdirSync(join(folder, generated), { recursive: true })
      symlinkSync(outside, join(folder, generated, 'merged'))
      const { not_exported } = await writeOutputs(run.journal, workspace, 'completed')
      expect(not_exported.map(({ path }) => path)).toEqual(['src/a.py', 'tests/test_a.py'])
      expect(readdirSync(outside)).toEqual([])
      rmSync(outside, { recursive: true })
    },
  )
})

test('what was under way when a run was cancelled is shown as not done', async () => {
  await run.journal.append([started('code'), queued('code', 'code.1'), sent('code', 'code.1')])
  const result = await writeOutputs(run.journal, workspace, 'cancelled')
  expect(result.steps[0]).toMatchObject({ status: 'pending', calls: [{ status: 'void' }] })
})
