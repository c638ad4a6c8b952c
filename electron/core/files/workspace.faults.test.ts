import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { AppError } from '../../../shared/errors.ts'
import { openWorkspace } from './workspace.ts'

/** The call of the file system that fails next, counted down, and how; the calls so far; what is still open. */
const fault = vi.hoisted(() => ({ countdown: Infinity, code: '', calls: [] as string[], open: 0 }))

// The real file system, but for one call that fails as a full or broken disk would make it fail.
const { strike, wrapAll } = vi.hoisted(() => {
  type Call = (...input: unknown[]) => unknown
  function strike(name: string): void {
    fault.calls.push(name)
    fault.countdown -= 1
    if (fault.countdown === 0) throw Object.assign(new Error(fault.code), { code: fault.code })
  }
  const wrapAll = (original: object, wrap: (name: string, call: Call) => unknown) =>
    Object.fromEntries(
      Object.entries(original).map(([name, member]) => [
        name,
        typeof member === 'function' && !/^[A-Z]/.test(name) ? wrap(name, member as Call) : member,
      ]),
    )
  return { strike, wrapAll }
})

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<object>()
  const wrapped = wrapAll(original, (name, call) =>
    Object.assign((...input: unknown[]) => {
      if (name === 'closeSync') {
        // A close that fails has closed all the same.
        call(...input)
        fault.open -= 1
      }
      const told = input.at(-1)
      try {
        strike(name)
      } catch (error) {
        if (typeof told !== 'function') throw error
        return void setImmediate(told as (error: unknown) => void, error)
      }
      if (name === 'closeSync') return undefined
      const result = call(...input)
      if (name === 'openSync') fault.open += 1
      return result
    }, call),
  )
  return { ...wrapped, default: wrapped }
})

vi.mock('node:fs/promises', async (importOriginal) => {
  function wrapHandle(handle: object): object {
    return new Proxy(handle, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key, target)
        if (typeof member !== 'function') return member
        return async (...input: unknown[]) => {
          // A close that fails has closed all the same.
          if (key === 'close') {
            await Reflect.apply(member, target, input)
            fault.open -= 1
          }
          strike(String(key))
          return Reflect.apply(member, target, input)
        }
      },
    })
  }
  return wrapAll(await importOriginal<object>(), (name, call) => async (...input: unknown[]) => {
    strike(name)
    const result = await call(...input)
    if (name !== 'open') return result
    fault.open += 1
    return wrapHandle(result as object)
  })
})

const codes = ['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'EACCES', 'EDQUOT']

let root = ''
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'paddock-faults-')))
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

/** Runs `act` once for each k until it goes through, with a failing k-th call; returns the number of faults met. */
async function failEachCall(
  code: string,
  act: () => Promise<void>,
  check: (error: unknown) => Promise<void>,
) {
  for (let nth = 1; ; nth += 1) {
    Object.assign(fault, { countdown: nth, code })
    const error: unknown = await act().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    const isOver = fault.countdown > 0
    fault.countdown = Infinity
    expect(fault.open).toBe(0)
    await check(error)
    if (isOver) return nth - 1
  }
}

function expectPlainWords(error: unknown): void {
  if (error === null) return
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'unavailable', hint: expect.stringMatching(/./) })
  expect(error).toMatchObject({ message: expect.stringContaining('folder/file.txt') })
}

test('the bytes are on disk before they take their place, and their place after (D1)', async () => {
  const workspace = await openWorkspace(root)
  await writeFile(join(root, 'file.txt'), 'old')
  fault.calls = []
  await workspace.write('file.txt', Buffer.from('new'))
  const steps = ['openSync', 'writeFileSync', 'fchmodSync', 'fsync', 'closeSync', 'renameSync']
  const calls = fault.calls.filter((call) => steps.includes(call))
  // First the root is opened, and at last it is synced and closed.
  expect(calls).toEqual(['openSync', ...steps, 'fsync', 'closeSync'])
})

describe('when the disk fails at every k-th call (D1, S88)', () => {
  test.each(codes)(
    '%s: a file that is replaced is whole, old or new, and nothing is left over',
    async (code) => {
      const workspace = await openWorkspace(root)
      await mkdir(join(root, 'folder'))
      let text = 'old'
      await writeFile(join(root, 'folder/file.txt'), text)
      const faults = await failEachCall(
        code,
        () => workspace.write('folder/file.txt', Buffer.from('new')),
        async (error) => {
          expectPlainWords(error)
          text = await readFile(join(root, 'folder/file.txt'), 'utf8')
          expect(error === null ? ['new'] : ['old', 'new']).toContain(text)
          expect(await readdir(join(root, 'folder'))).toEqual(['file.txt'])
          await writeFile(join(root, 'folder/file.txt'), 'old')
        },
      )
      expect(faults).toBeGreaterThanOrEqual(15)
    },
  )

  test.each(codes)('%s: a new file in a new folder is there whole or not at all', async (code) => {
    const workspace = await openWorkspace(root)
    const faults = await failEachCall(
      code,
      () => workspace.write('folder/file.txt', Buffer.from('new')),
      async (error) => {
        expectPlainWords(error)
        const names = await readdir(join(root, 'folder')).catch(() => [])
        expect(error === null ? [['file.txt']] : [[], ['file.txt']]).toContainEqual(names)
        if (names.length > 0) expect(await readFile(join(root, 'folder/file.txt'), 'utf8')).toBe('new')
        await rm(join(root, 'folder'), { recursive: true, force: true })
      },
    )
    expect(faults).toBeGreaterThanOrEqual(15)
  })

  test.each(codes)('%s: reading says so and never gives half a file or none', async (code) => {
    const workspace = await openWorkspace(root)
    await mkdir(join(root, 'folder'))
    await writeFile(join(root, 'folder/file.txt'), 'old')
    const faults = await failEachCall(
      code,
      async () => {
        expect((await workspace.read('folder/file.txt'))?.toString()).toBe('old')
      },
      async (error) => expectPlainWords(error),
    )
    expect(faults).toBeGreaterThanOrEqual(6)
  })
})

describe('a disk that is really full (D1, S88)', () => {
  test('leaves the old file intact and no temporary file behind', async (context) => {
    const size = '256k'
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', root])
    if (mounted.status !== 0) skipBecause(context, 'no small disk can be mounted here')
    try {
      const workspace = await openWorkspace(root)
      await workspace.write('docs/file.txt', Buffer.from('old'))
      for (const path of ['docs/file.txt', 'new/file.txt']) {
        const error: unknown = await workspace
          .write(path, Buffer.alloc(1_000_000))
          .catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({
          code: 'unavailable',
          message: `Could not write ${path}: the disk is full.`,
        })
      }
      expect(await readFile(join(root, 'docs/file.txt'), 'utf8')).toBe('old')
      expect((await readdir(root, { recursive: true })).sort()).toEqual(['docs', 'docs/file.txt', 'new'])
      await workspace.write('docs/file.txt', Buffer.from('room for this'))
      expect(await readFile(join(root, 'docs/file.txt'), 'utf8')).toBe('room for this')
    } finally {
      spawnSync('umount', [root])
    }
  })

  test('a read-only disk and a mount point inside the root (P10)', async (context) => {
    await mkdir(join(root, 'mounted'))
    if (spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', join(root, 'mounted')]).status !== 0)
      skipBecause(context, 'no disk can be mounted here')
    try {
      const workspace = await openWorkspace(root)
      await workspace.write('mounted/file.txt', Buffer.from('old'))
      spawnSync('mount', ['-o', 'remount,ro', join(root, 'mounted')])
      await expect(workspace.write('mounted/file.txt', Buffer.from('new'))).rejects.toMatchObject({
        code: 'unavailable',
        message: 'Could not write mounted/file.txt: that disk is read-only.',
      })
      await expect(openWorkspace(join(root, 'mounted'))).rejects.toMatchObject({ code: 'invalid' })
      expect((await workspace.read('mounted/file.txt'))?.toString()).toBe('old')
    } finally {
      spawnSync('umount', [join(root, 'mounted')])
    }
  })
})
