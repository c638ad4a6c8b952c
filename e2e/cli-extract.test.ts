import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ExtractReport } from '../electron/core/files/extract-report.ts'
import type { WorkflowResult } from '../electron/core/outputs/workflow-result.ts'
import { createHome, runCli, startCli } from './fixtures/cli.ts'
import { readResult } from './fixtures/outputs.ts'

describe.concurrent('extract', { timeout: 60_000 }, () => {
  const answer = '`src/a.py`:\n\n```python\nprint(1)\n```\n\n```python\nprint(2)\n```\n'

  test('names the files of a text, and what has no sure name: then 1', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'answer.md'), answer)
    const { code, stdout, stderr } = await runCli(home, ['extract', 'answer.md'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^src\/a\.py {2}9 bytes {2}line 4 {2}named by heading$/m)
    expect(stdout).toMatch(/^A block without a sure name, line 8: /m)
    expect(await readdir(home.folder)).not.toContain('data')
  })

  test('reads what comes in, beside a plan, and prints JSON', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'plan.txt'), 'src/a.py\n\n')
    const whole = answer.slice(0, answer.lastIndexOf('\n```python'))
    await writeFile(join(home.folder, 'answer.md'), whole)
    const args = ['extract', '-', '--plan', 'plan.txt', '--json']
    const shell = ['sh', '-c', '"$@" < answer.md', 'sh']
    const { code, stdout } = await startCli(home, args, {}, shell).finished
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      files: [{ path: 'src/a.py', content: 'print(1)\n', complete: true }],
      unplaced: [],
      conflicts: [],
      warnings: [],
    })
  })

  test('nothing of an answer that is no file becomes one, and each block is explained (J1)', async () => {
    await using home = await createHome()
    const f = '```'
    const hostile = [
      `<think>\n${f}python:thought.py\nx\n${f}\n</think>\n\nCall it with a token:\n`,
      `${f}http:Authorization: Bearer <your_token>\nGET /\n${f}\n`,
      `Authorization: Bearer <your_token>\n${f}\nGET /\n${f}\n`,
      `https://example.com/app.py\n${f}python\nx\n${f}\n`,
      `Then:\n\n${f}console\n$ python app.py\nok\n${f}\n`,
      `File: \`path/to/file.py\`\n${f}python\n# code here\n${f}\n`,
      `File: \`../../etc/passwd\`\n${f}text\nroot\n${f}\n`,
      `File: \`/etc/hosts.conf\`\n${f}\nx\n${f}\n`,
      `FILENAME\n${f}python\nx\n${f}\n`,
    ].join('\n')
    await writeFile(join(home.folder, 'answer.md'), hostile)
    const { code, stdout } = await runCli(home, ['extract', 'answer.md', '--json'])
    const { files, unplaced, conflicts } = JSON.parse(stdout) as ExtractReport
    expect({ code, files, conflicts }).toEqual({ code: 1, files: [], conflicts: [] })
    expect(unplaced.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('reads as a header line'),
      expect.stringContaining('reads as a header line'),
      expect.stringContaining('is a web address'),
      'No name of a file stands at this block.',
      expect.stringContaining("repeats the prompt's example"),
      expect.stringContaining('leads out of its folder'),
      expect.stringContaining('is absolute'),
      'No name of a file stands at this block.',
    ])
    expect(stdout).not.toContain('thought.py')
  })

  test('--run reads the raw answers of a stored run once more, with no model (S59)', async () => {
    await using home = await createHome()
    const pace = { PADDOCK_REHEARSAL_PACE: '100' }
    const { code } = await runCli(home, ['rehearse', '--workspace', home.workspace], pace)
    expect(code).toBe(0)
    const result: WorkflowResult = await readResult(home.workspace)
    const again = await runCli(home, ['extract', '--run', result.workflow_id, '--json'])
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' })
    const { files, unplaced, conflicts, warnings } = JSON.parse(again.stdout) as ExtractReport
    expect({ unplaced, conflicts, warnings }).toEqual({ unplaced: [], conflicts: [], warnings: [] })
    const made = new Set(result.files.map(({ path }) => path))
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter(({ path }) => !made.has(path))).toEqual([])
    const bytes = Object.fromEntries(files.map(({ path, content }) => [path, Buffer.byteLength(content)]))
    expect(
      result.files.filter(({ path }) => path in bytes).map(({ path, bytes: size }) => [path, size]),
    ).toEqual(result.files.filter(({ path }) => path in bytes).map(({ path }) => [path, bytes[path]]))
  })

  test.each([[['extract']], [['extract', 'a.md', '--run', '20260131-120000-abc123']]])(
    '%j names no one source: then 2',
    async (args) => {
      await using home = await createHome()
      const { code, stderr } = await runCli(home, args)
      expect(code).toBe(2)
      expect(stderr).toContain('Name either a text or a run')
    },
  )

  test('an extractor that cannot be used is said, with what to set (S116)', async () => {
    await using home = await createHome()
    await writeFile(join(home.folder, 'answer.md'), answer)
    const env = { PADDOCK_EXTRACTOR: join(home.folder, 'missing.mjs') }
    const { code, stderr } = await runCli(home, ['extract', 'answer.md'], env)
    expect(code).toBe(2)
    expect(stderr).toContain('cannot be loaded')
    expect(stderr).toContain('parse_custom_format')
  })
})
