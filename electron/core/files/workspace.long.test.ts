import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { race } from './race.fixture.ts'
import { openWorkspace } from './workspace.ts'

describe.skipIf(skips(process.platform !== 'linux', 'the long races with a link, as this is not Linux'))(
  'the full race campaign (P9)',
  () => {
    test('10,000 plain writes: the control gets out', async () => {
      const { escapes } = await race(10_000, 2_000, (root, name) =>
        writeFile(join(root, 'a', name), 'escaped'),
      )
      expect(escapes).toBeGreaterThan(0)
    })

    test('10,000 writes: none gets out', async () => {
      const result = await race(10_000, 2_000, async (root, name) => {
        const workspace = await openWorkspace(root)
        await workspace.write(`a/${name}`, Buffer.from('escaped'))
      })
      console.log('writes', result)
      expect(result.escapes).toBe(0)
      expect(result.done).toBeGreaterThan(0)
      expect(result.refused).toBeGreaterThan(0)
    })

    test('10,000 writes into new folders: none gets out', async () => {
      const result = await race(10_000, 2_000, async (root, name) => {
        const workspace = await openWorkspace(root)
        await workspace.write(`a/${name}/deep/file.txt`, Buffer.from('escaped'))
      })
      console.log('writes into new folders', result)
      expect(result.escapes).toBe(0)
      expect(result.done).toBeGreaterThan(0)
      expect(result.refused).toBeGreaterThan(0)
    })

    test('10,000 reads: none gets out', async () => {
      const result = await race(10_000, 2_000, async (root, name) => {
        const bytes = await (await openWorkspace(root)).read(`a/${name}`)
        return bytes?.toString()
      })
      console.log('reads', result)
      expect(result.escapes).toBe(0)
      expect(result.refused).toBeGreaterThan(0)
    })
  },
)
