import { execFileSync } from 'node:child_process'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { blobOf } from '../store/ledger.ts'
import { changedCode } from './changed-code.ts'
import { makeTree } from './tree.fixture.ts'

let root = ''
const known = ['a.py', 'sub/b.py', 'c.py'].map((path) => ({ path, hash: blobOf('x = 1').hash }))
beforeEach(async () => {
  root = await makeTree({ 'a.py': 'x = 1', 'sub/b.py': 'x = 1', 'c.py': 'x = 1' })
})
afterEach(() => rm(root, { recursive: true }))

test('nothing has changed where nothing has (S92)', async () => {
  expect(await changedCode(known, root)).toEqual([])
  expect(await changedCode([], root)).toEqual([])
})

test('a changed file has its new hash, a lost one none (S92)', async () => {
  await writeFile(join(root, 'a.py'), 'x = 2')
  await rm(join(root, 'sub'), { recursive: true })
  expect(await changedCode(known, root)).toEqual([
    { path: 'a.py', hash: blobOf('x = 2').hash },
    { path: 'sub/b.py', hash: null },
  ])
})

test('one that became large or empty is still known by its hash', async () => {
  const large = 'x'.repeat(3_000_000)
  await writeFile(join(root, 'a.py'), large)
  await writeFile(join(root, 'c.py'), '')
  expect(await changedCode(known, root)).toEqual([
    { path: 'a.py', hash: blobOf(large).hash },
    { path: 'c.py', hash: blobOf('').hash },
  ])
})

test('what became a link, a folder or a pipe is gone, even where it leads to the same bytes', async () => {
  await rename(join(root, 'sub'), join(root, 'real'))
  await symlink('real', join(root, 'sub'))
  await rm(join(root, 'a.py'))
  await mkdir(join(root, 'a.py'))
  await rm(join(root, 'c.py'))
  execFileSync('mkfifo', [join(root, 'c.py')])
  expect(await changedCode(known, root)).toEqual(known.map(({ path }) => ({ path, hash: null })))
})

test('a path that leads out of the workspace, and a workspace that is gone, have no files', async () => {
  const outside = await makeTree({ 'a.py': 'x = 1' })
  const files = [{ path: `../${outside.split('/').at(-1)}/a.py`, hash: known[0]!.hash }]
  expect(await changedCode(files, root)).toEqual([{ path: files[0]!.path, hash: null }])
  await rm(outside, { recursive: true })
  expect(await changedCode([known[0]!], join(root, 'nowhere'))).toEqual([{ path: 'a.py', hash: null }])
})
