import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listFolder } from './list-folder.ts'
import { readRegular, Unread } from './read-regular.ts'
import { makeTree } from './tree.fixture.ts'

let base = ''
let root = ''
beforeEach(async () => {
  base = await makeTree({
    'root/a/inside.py': 'inside',
    'outside/inside.py': 'outside',
    'outside/outside.py': 'x',
  })
  root = join(base, 'root')
})
afterEach(() => rm(base, { recursive: true }))

const read = (path: string) =>
  readRegular(root, path, 100).then(
    (bytes) => bytes.toString(),
    (error: unknown) => {
      if (error instanceof Unread) return error
      throw error
    },
  )

describe('a plain file, and nothing else', () => {
  test('is read whole', async () => {
    expect(await read('a/inside.py')).toBe('inside')
  })

  test('not over a link on the way, even to a place in the workspace', async () => {
    await rename(join(root, 'a'), join(root, 'real'))
    await symlink('real', join(root, 'a'))
    expect(await read('a/inside.py')).toBeInstanceOf(Unread)
    expect(await read('real/inside.py')).toBe('inside')
  })

  test.each(['../outside/inside.py', '/etc/hostname', 'a', 'a/none.py', 'a/inside.py/x'])(
    'not %s',
    async (path) => {
      expect(await read(path)).toBeInstanceOf(Unread)
    },
  )

  test('not a longer one than was asked for', async () => {
    await writeFile(join(root, 'long.py'), 'x'.repeat(101))
    expect(await read('long.py')).toBeInstanceOf(Unread)
  })
})

test('while a folder is swapped for a link to outside again and again, nothing of outside is seen', async () => {
  const swapper: ChildProcess = spawn(process.execPath, [
    join(import.meta.dirname, '../files/swapper.fixture.ts'),
    root,
    join(base, 'outside'),
  ])
  await once(swapper.stdout!, 'data')
  const texts = new Set<unknown>()
  const names = new Set<string>()
  for (let round = 0; round < 3000; round++) {
    const text = await read('a/inside.py')
    texts.add(text instanceof Unread ? 'unread' : text)
    const listing = await listFolder(root, 'a', 100, new AbortController().signal)
    if (typeof listing !== 'string') for (const { name } of listing.entries) names.add(name)
  }
  swapper.kill('SIGKILL')
  await once(swapper, 'exit')
  expect([...texts].toSorted()).toEqual(['inside', 'unread'])
  expect([...names]).toEqual(['inside.py'])
})
