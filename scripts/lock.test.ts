import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withLock } from './lock.mjs'

function createLockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'new', 'set-up.lock')
}

test('two pieces of work never run at once', async () => {
  const path = createLockPath()
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} starts`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    order.push(`${name} ends`)
  }
  await Promise.all([withLock(path, work('first')), withLock(path, work('second'))])
  expect(order).toEqual(['first starts', 'first ends', 'second starts', 'second ends'])
})

test('the lock is freed when the work fails', async () => {
  const path = createLockPath()
  const failing = withLock(path, () => {
    throw new Error('no network')
  })
  await expect(failing).rejects.toThrow('no network')
  expect(existsSync(path)).toBe(false)
})

test('the lock of a process that is gone is taken over', async () => {
  const path = createLockPath()
  await withLock(path, () => undefined)
  writeFileSync(path, String(spawnSync(process.execPath, ['--version']).pid))
  expect(await withLock(path, () => 'done')).toBe('done')
})
