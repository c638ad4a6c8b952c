import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkspace } from '../files/workspace.ts'
import { layOut } from './lay-out.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-lay-out-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const files = [
  { path: 'lib/a.py', bytes: Buffer.from('a = 1\n') },
  { path: 'b.py', bytes: Buffer.from('b = 2\n') },
]
const contentOf = (path: string) => readFileSync(join(folder, path), 'utf8')

test('lays out what is missing, and leaves what is there', async () => {
  writeFileSync(join(folder, 'b.py'), 'b = 2\n')
  const workspace = await openWorkspace(folder)
  await layOut(files, workspace)
  await layOut(files, workspace)
  expect([contentOf('lib/a.py'), contentOf('b.py')]).toEqual(['a = 1\n', 'b = 2\n'])
})

test('what the person has under that name is never replaced, and nothing else is written', async () => {
  mkdirSync(join(folder, 'lib'))
  writeFileSync(join(folder, 'b.py'), 'mine\n')
  await expect(layOut(files, await openWorkspace(folder))).rejects.toMatchObject({
    code: 'conflict',
    hint: expect.stringContaining('empty folder'),
  })
  expect([contentOf('b.py'), readdirSync(join(folder, 'lib'))]).toEqual(['mine\n', []])
})
