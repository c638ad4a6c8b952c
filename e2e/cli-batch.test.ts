import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunSummary } from '../shared/contract.ts'
import { createHome, runCli, startCli, type Home } from './fixtures/cli.ts'
import { document, startScriptedModel } from './fixtures/scripted.ts'

async function createDocuments(): Promise<Home> {
  const home = await createHome()
  for (const name of ['first.md', 'second.md']) await copyFile(document, join(home.folder, name))
  await writeFile(join(home.folder, 'renamed.md'), '%PDF-1.7\n')
  return home
}

describe('a batch', { timeout: 90_000 }, () => {
  test('runs the workflow on each document, and ends with a table of its own (S6, S123)', async () => {
    await using home = await createDocuments()
    const model = await startScriptedModel()
    const args = ['batch', 'first.md', 'second.md', '--workspace', 'all', '--accept']
    const { code, stdout, stderr } = await runCli(home, args, { OPENAI_API_BASE: model.base })
    await model.stop()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^\[0 of 2\] first\.md: started as 2\d{7}-/m)
    expect(stdout).toMatch(/^\[2 of 2\] \w+\.md: completed$/m)
    expect(stdout).toMatch(/^Batch \S+: 2 documents, 2 completed, /m)
    expect(stdout).toMatch(/^Document +Outcome +Files +Time +Run$/m)
    for (const name of ['first', 'second'])
      expect(stdout).toMatch(new RegExp(`^${name}\\.md +completed +10 +.* 2\\d{7}-\\d{6}-\\w{6}$`, 'm'))
    const [, summary = ''] = /Summary: +(\S+)/.exec(stdout) ?? []
    expect(await readFile(summary, 'utf8')).toContain('2 completed')
    expect((await readdir(join(home.folder, 'all'))).sort()).toEqual(['first', 'output', 'second'])
    expect(await readdir(join(home.folder, 'all/second'))).toContain('readtime')
  })

  test('goes on where a document is refused or missing, and ends with 1', async () => {
    await using home = await createDocuments()
    const model = await startScriptedModel()
    const args = ['batch', 'renamed.md', 'first.md', 'none.md', '--workspace', 'all', '--at-once', '1']
    const { code, stdout } = await runCli(home, args, { OPENAI_API_BASE: model.base })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^renamed\.md +refused +0 /m)
    expect(stdout).toMatch(/^first\.md +completed +10 /m)
    expect(stdout).toMatch(
      /^What went wrong:\n {2}renamed\.md: .*PDF[^]*none\.md: There is no file none\.md\./m,
    )
    const json = await runCli(home, [...args, '--json'], { OPENAI_API_BASE: model.base })
    await model.stop()
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ totals: { outcomes: { completed: 1, refused: 2 } } })
  })

  test('is stopped with Ctrl-C: 130, and what began can be resumed', async () => {
    await using home = await createDocuments()
    const model = await startScriptedModel({ ms: 3000 })
    const args = ['batch', 'first.md', 'second.md', '--workspace', 'all', '--at-once', '1']
    const { child, finished } = startCli(home, args, { OPENAI_API_BASE: model.base })
    while (model.chats.length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGINT')
    const { code, stdout, stderr } = await finished
    await model.stop()
    expect(code).toBe(130)
    expect(stderr).toContain('Stopping. What is done is kept')
    expect(stdout).toMatch(/^first\.md +cancelled /m)
    expect(stdout).toMatch(/^second\.md +not started /m)
    expect(stdout).toContain('To go on with one: paddock resume ID')
    const runs = RunSummary.array().parse(JSON.parse((await runCli(home, ['list', '--json'])).stdout))
    expect(runs.map(({ status }) => status)).toEqual(['cancelled'])
  })

  test('without a workflow of that name is refused, and no folder is left', async () => {
    await using home = await createDocuments()
    const { code, stderr } = await runCli(home, [
      'batch',
      'first.md',
      '--workflow',
      'fly',
      '--workspace',
      'all',
    ])
    expect(code).toBe(2)
    expect(stderr).toMatch(/no workflow "fly"/)
    expect(await readdir(home.folder)).not.toContain('all')
  })
})
