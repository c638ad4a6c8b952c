import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { completed, hashOf, started } from '../../../shared/history.fixture.ts'
import { runId } from '../test-run.fixture.ts'
import { folder, ledger, open, setUp, tearDown, unwritable } from './open-ledger.fixture.ts'

beforeEach(setUp)
afterEach(tearDown)

describe('the audit (S107)', () => {
  const line = (path: string, run = runId) => ({
    at: '2026-01-01T00:00:00.000Z',
    run,
    action: 'created' as const,
    path,
    hash: hashOf(1),
    previous: null,
    bytes: 3,
  })

  test('keeps what was written, in its order, for one run or for all', async () => {
    await Promise.all([ledger.audit(line('/a')), ledger.audit(line('/b', 'other')), ledger.audit(line('/c'))])
    expect(ledger.audited().map(({ path }) => path)).toEqual(['/a', '/b', '/c'])
    expect(ledger.audited(runId)).toEqual([
      { ...line('/a'), seq: 1 },
      { ...line('/c'), seq: 3 },
    ])
    expect(open().audited()).toHaveLength(3)
  })

  test('what the disk refuses is kept, and goes with what it takes next', async () => {
    const recorded = ledger.audit(line('/a'))
    await expect(ledger.append(runId, [completed('a'), unwritable])).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(ledger.audited()).toEqual([])
    await ledger.append(runId, [started('a')])
    await recorded
    expect(ledger.audited()).toMatchObject([{ path: '/a', seq: 1 }])
  })

  test.each(["UPDATE audit SET path = '/x'", 'DELETE FROM audit'])('refuses: %s', async (sql) => {
    await ledger.audit(line('/a'))
    const other = new DatabaseSync(join(folder, 'paddock.db'))
    expect(() => other.exec(sql)).toThrow('append-only')
    other.close()
    expect(ledger.audited()).toMatchObject([{ path: '/a' }])
  })
})
