import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { race, type Attempt } from './race.fixture.ts'
import { openWorkspace } from './workspace.ts'

// Elsewhere only the look before and after is left: it narrows the gap and does not close it.
describe.skipIf(skips(process.platform !== 'linux', 'the races with a link, as this is not Linux'))(
  'while another process swaps a folder with a link (P9)',
  () => {
    // Who wins a race is chance: a control goes on until it has lost one.
    test('a plain write would get out: the control', async () => {
      const write: Attempt = (root, name) => writeFile(join(root, 'a', name), 'escaped')
      await expect.poll(async () => (await race(300, 300, write)).escapes).toBeGreaterThan(0)
    })

    test('a plain read would get out: the control', async () => {
      const read: Attempt = (root, name) => readFile(join(root, 'a', name), 'utf8')
      await expect.poll(async () => (await race(100, 100, read)).escapes).toBeGreaterThan(0)
    })

    test('no write gets out', async () => {
      const { done, refused, escapes } = await race(200, 600, async (root, name) => {
        const workspace = await openWorkspace(root)
        await workspace.write(`a/sub/${name}`, Buffer.from('escaped'))
        await workspace.write(`a/${name}`, Buffer.from('escaped'))
      })
      expect(escapes).toBe(0)
      expect(done + refused).toBeGreaterThanOrEqual(200)
      expect(refused).toBeGreaterThan(0)
    })

    test('no read gets out', async () => {
      const { done, escapes } = await race(300, 400, async (root, name) => {
        const bytes = await (await openWorkspace(root)).read(`a/${name}`)
        return bytes?.toString()
      })
      expect(escapes).toBe(0)
      expect(done).toBeGreaterThan(0)
    })
  },
)
