import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCustomOutput, type CustomOutput } from '../files/custom-format.ts'
import { openWorkspace } from '../files/workspace.ts'
import { openTestRun, runId, type TestRun } from '../test-run.fixture.ts'
import { writeCustomOutput } from './write-custom-output.ts'
import { writeOutputs } from './write-outputs.ts'

let run: TestRun
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-custom-'))
  run = await openTestRun({ code: { step: 1 } })
})
afterEach(() => {
  run.stop()
  rmSync(folder, { recursive: true })
})

async function write(output: CustomOutput, ms?: number): Promise<void> {
  const workspace = await openWorkspace(folder)
  await writeCustomOutput(output, await writeOutputs(run.journal, workspace, 'completed'), workspace, ms)
}

describe('write_custom_output (S116)', () => {
  test('the example writes a table beside the outputs of the run', async () => {
    const output = loadCustomOutput(resolve('resources/examples/custom-extractor.mjs'))
    await write(output!)
    expect(readFileSync(join(folder, `output/custom/${runId}/files.tsv`), 'utf8')).toBe(`# ${runId}\n`)
    expect(existsSync(join(folder, `output/workflow_${runId}.json`))).toBe(true)
  })

  test('a promise and no files are as good', async () => {
    await write(() => Promise.resolve([{ path: 'a/b.txt', content: 'x\n' }]))
    expect(readFileSync(join(folder, `output/custom/${runId}/a/b.txt`), 'utf8')).toBe('x\n')
    await write(() => null)
  })

  test.each<[string, CustomOutput, string]>([
    ['a path that leads out', () => [{ path: '../../x.txt', content: '' }], 'leads out'],
    ['a file that tools obey', () => [{ path: '.envrc', content: '' }], 'may not write .envrc'],
    ['something else than files', () => [{ name: 'x' }], 'write_custom_output failed'],
    [
      'an error',
      () => {
        throw new Error('no disk')
      },
      'no disk',
    ],
  ])('%s is refused, and nothing is written', async (_what, output, why) => {
    await expect(write(output)).rejects.toThrow(why)
    expect(existsSync(join(folder, 'output/custom'))).toBe(false)
  })

  test.each<[string, CustomOutput]>([
    ['a promise that nothing settles', () => new Promise(() => {})],
    [
      'a loop without end',
      () => {
        for (;;);
      },
    ],
  ])('%s is stopped, and said', async (_what, output) => {
    await expect(write(output, 50)).rejects.toMatchObject({
      message: 'write_custom_output failed: It was not done after 0.05 s and was stopped.',
      hint: expect.stringContaining('The other outputs of the run are written.'),
    })
  })

  test('a module may do without it', () => {
    const module = join(folder, 'plain.cjs')
    writeFileSync(module, 'exports.parse_custom_format = () => null\n')
    expect(loadCustomOutput(module)).toBeNull()
  })
})
