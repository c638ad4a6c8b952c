import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeAtomic } from './write-atomic.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paddock-atomic-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('writeAtomic', () => {
  test('shows the old bytes until the new ones are whole', async () => {
    const path = join(folder, 'file')
    await writeFile(path, 'old')
    await writeAtomic(path, Buffer.from('new'), {
      beforeRename: async () => {
        expect(await readFile(path, 'utf8')).toBe('old')
        expect(await readdir(folder)).toHaveLength(2)
      },
    })
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['file'])
  })

  test('is stopped by beforeRename, and leaves nothing', async () => {
    const path = join(folder, 'file')
    const stop = async () => Promise.reject(new Error('stop'))
    await expect(writeAtomic(path, Buffer.from('new'), { beforeRename: stop })).rejects.toThrow('stop')
    expect(await readdir(folder)).toEqual([])
  })

  test('replaces a link that is put there at the last moment, and does not follow it', async () => {
    const path = join(folder, 'file')
    await writeFile(join(folder, 'target'), 'old')
    await writeAtomic(path, Buffer.from('new'), { beforeRename: () => symlink('target', path) })
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('old')
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  test('clears away what a killed process has left, and nothing of a living one', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['--version'])
    const left = (pid: number) => `.paddock-${pid}-0123456789abcdef.tmp`
    for (const name of [left(dead), left(process.pid), `.paddock-${dead}.tmp`])
      await writeFile(join(folder, name), 'half')
    await writeAtomic(join(folder, 'file'), Buffer.from('new'))
    expect((await readdir(folder)).sort()).toEqual([left(process.pid), `.paddock-${dead}.tmp`, 'file'].sort())
  })

  test('names the file as the caller calls it', async () => {
    const path = join(folder, 'missing', 'file')
    await expect(writeAtomic(path, Buffer.from('x'), { name: 'settings' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'Could not write settings: its folder is gone.',
    })
    await expect(writeAtomic(path, Buffer.from('x'))).rejects.toThrow(path)
  })
})
