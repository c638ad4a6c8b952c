import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLedger } from '../electron/core/store/sqlite.ts'
import { counted } from '../shared/counted.ts'
import { acceptedPaths } from './fixtures/accepted-run.ts'
import { createHome, runCli } from './fixtures/cli.ts'
import { hashFiles } from './fixtures/outputs.ts'
import { document, scriptedFiles, startScriptedModel } from './fixtures/scripted.ts'

describe('without --accept', { timeout: 60_000 }, () => {
  test('nothing but output/ is written, until files are accepted; what is overwritten is kept', async () => {
    await using home = await createHome()
    const model = await startScriptedModel()
    const own = '# My own notes\n'
    await writeFile(join(home.workspace, 'README.md'), own)
    await mkdir(join(home.workspace, 'src'))
    const before = await hashFiles(home.workspace)
    const env = { OPENAI_API_BASE: model.base }
    const { code, stdout } = await runCli(home, ['run', document, '--workspace', home.workspace], env)
    await model.stop()
    expect(code).toBe(0)
    expect(await hashFiles(home.workspace)).toEqual(before)
    expect((await readdir(home.workspace)).sort()).toEqual(['README.md', 'output', 'src'])
    const [, id = ''] = /To write 9 files to the workspace: paddock accept (\S+)/.exec(stdout) ?? []

    const first = await runCli(home, ['accept', id])
    expect(first.code).toBe(0)
    expect(first.stdout.split('\n').filter((line) => line.startsWith('Written: '))).toHaveLength(
      acceptedPaths.length,
    )
    expect(first.stdout).toMatch(/Held back: Dockerfile: .+/)
    expect(Object.keys(await hashFiles(home.workspace))).toEqual(acceptedPaths)
    expect(await readFile(join(home.workspace, 'README.md'), 'utf8')).toBe(scriptedFiles.get('README.md'))

    const second = await runCli(home, ['accept', id, 'Dockerfile'])
    expect(second).toMatchObject({ code: 0, stdout: 'Written: Dockerfile' })
    expect(await readFile(join(home.workspace, 'Dockerfile'), 'utf8')).toBe(scriptedFiles.get('Dockerfile'))

    const again = await runCli(home, ['accept', id])
    expect(again).toMatchObject({
      code: 0,
      stdout: `Nothing was left to write.\nAlready there: ${counted(acceptedPaths.length + 1, 'file')}`,
    })
    const named = await runCli(home, ['accept', id, 'Dockerfile'])
    expect(named).toMatchObject({ code: 0, stdout: 'Nothing was left to write.\nAlready there: 1 file' })

    const unknown = await runCli(home, ['accept', id, 'nothing.py'])
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('The run has no file nothing.py.')

    const ledger = openLedger(home.data)
    try {
      const writing = ledger
        .read(id)
        .filter((event) => event.type === 'file-writing')
        .find(({ path }) => path === 'README.md')
      expect(Buffer.from(ledger.blob(writing?.previous ?? '') ?? []).toString()).toBe(own)
    } finally {
      ledger.close()
    }
  })
})
