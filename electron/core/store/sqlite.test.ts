import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimed, completed, created, started } from '../../../shared/history.fixture.ts'
import { runId } from '../test-run.fixture.ts'
import { killWhileAppending, startAppender } from './kill.fixture.ts'
import { blobOf } from './ledger.ts'
import { folder, ledger, open, opened, setUp, tearDown, typesOf, unwritable } from './open-ledger.fixture.ts'
import { openLedger } from './sqlite.ts'

beforeEach(setUp)
afterEach(tearDown)

describe('appending', () => {
  test('events are numbered in the order of the calls, whoever waits for company', async () => {
    const stored = await Promise.all([
      ledger.append(runId, [started('a')], { lazily: true }),
      ledger.append('other', [started('b'), completed('b')]),
      ledger.append(runId, [completed('a')]),
    ])
    expect(stored.map((events) => events.map(({ seq }) => seq))).toEqual([[1], [2, 3], [4]])
    expect(typesOf(ledger)).toEqual(['task-started', 'task-completed'])
    expect(ledger.read(runId, 1)).toEqual(stored[2])
    expect(open().read(runId)).toEqual([...stored[0]!, ...stored[2]!])
  })

  test('what is appended in one turn shares one commit', async () => {
    const other = open()
    other.version()
    const appends = Array.from({ length: 50 }, () => ledger.append(runId, [started('a')]))
    expect(other.read(runId)).toEqual([])
    await appends[0]
    expect(other.read(runId)).toHaveLength(50)
  })

  test('a lazy append goes with the next one, and by itself after a moment', async () => {
    let isStored = false
    const lazy = ledger.append(runId, [started('a')], { lazily: true }).then(() => (isStored = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStored).toBe(false)
    await lazy
    expect(typesOf(open())).toEqual(['task-started'])
  })

  test('an append that cannot be written leaves nothing, and the ledger goes on', async () => {
    const blob = blobOf('lost')
    const appends = [
      ledger.append(runId, [started('a')], { blobs: [blob] }),
      ledger.append(runId, [completed('a'), unwritable]),
    ]
    for (const append of appends)
      await expect(append).rejects.toMatchObject({
        code: 'unavailable',
        hint: expect.stringContaining('PADDOCK_DATA_DIR'),
      })
    expect([ledger.read(runId), ledger.blob(blob.hash)]).toEqual([[], null])
    expect(await ledger.append(runId, [started('a')])).toMatchObject([{ seq: 1 }])
  })

  test('closing stores what still waits', async () => {
    const waiting = ledger.append(runId, [started('a')], { lazily: true })
    ledger.close()
    opened.length = 0
    await expect(waiting).resolves.toHaveLength(1)
    expect(typesOf(open())).toEqual(['task-started'])
  })

  test('bytes are kept under their hash, once', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
    const blobs = [blobOf(bytes), blobOf('Grüße'), blobOf('')]
    await ledger.append(runId, [], { blobs })
    await ledger.append(runId, [], { blobs })
    const other = open()
    expect(blobs.map(({ hash }) => Buffer.from(other.blob(hash)!))).toEqual(
      blobs.map(({ bytes: own }) => Buffer.from(own)),
    )
    expect(other.blob('0'.repeat(64))).toBeNull()
  })

  test('any text comes back as it was', async () => {
    const odd = 'a\u0000b\ud800 "quoted" \u{1F600} \u2028'
    await ledger.append(runId, [started('a', odd)])
    expect(open().read(runId)).toMatchObject([{ agent: odd }])
  })
})

describe('runs', () => {
  test('are listed newest first, with their last end, unless they were taken up again', async () => {
    const end = { type: 'run-ended', outcome: 'failed' } as const
    await ledger.append('one', [created({ a: {} }), claimed, end])
    await ledger.append('two', [created({ a: {} }), claimed, end, claimed])
    await ledger.append('three', [created({ a: {} }), claimed])
    ledger.claim('three')
    expect(ledger.runs()).toMatchObject([
      { created: { run: 'three', type: 'run-created' }, ended: null, owner: { pid: process.pid } },
      { created: { run: 'two' }, ended: null, owner: null },
      { created: { run: 'one' }, ended: { outcome: 'failed' }, owner: null },
    ])
  })

  test('one that ends while they are listed has ended, and was not left by its owner', async () => {
    await ledger.append(runId, [created({ a: {} }), claimed])
    const isOwned = ledger.owner.bind(ledger)
    let hasEnded = false
    ledger.owner = (run) => {
      if (!hasEnded) {
        const other = new DatabaseSync(join(folder, 'paddock.db'))
        const insert = other.prepare('INSERT INTO events (run, at, type, body) VALUES (?, ?, ?, ?)')
        insert.run(run, '2026-01-01T00:00:00.000Z', 'run-ended', '{"outcome":"completed"}')
        other.close()
      }
      hasEnded = true
      return isOwned(run)
    }
    expect(ledger.runs()).toMatchObject([{ ended: { outcome: 'completed' }, owner: null }])
  })

  test('the version changes when another process writes, and only then', async () => {
    const before = ledger.version()
    await ledger.append(runId, [started('a')])
    expect(ledger.version()).toBe(before)
    await open().append(runId, [completed('a')])
    expect(ledger.version()).not.toBe(before)
  })
})

describe('ownership between processes', () => {
  test('one process leads a run; another is told which one (S101)', () => {
    const other = open()
    ledger.claim(runId)
    expect([ledger.owner(runId), other.owner(runId)]).toEqual([{ pid: process.pid }, { pid: process.pid }])
    expect(() => other.claim(runId)).toThrow(
      expect.objectContaining({ code: 'conflict', hint: expect.stringContaining(`paddock cancel ${runId}`) }),
    )
    other.release(runId)
    expect(other.owner(runId)).not.toBeNull()
    ledger.release(runId)
    expect(other.owner(runId)).toBeNull()
    other.claim(runId)
    expect(() => ledger.claim(runId)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  test('a run whose owner was killed is free at once (S101)', async () => {
    const owner = await startAppender(folder, 'claim')
    try {
      expect(ledger.owner(runId)).toEqual({ pid: owner.pid })
      expect(() => ledger.claim(runId)).toThrow(`process ${owner.pid}`)
      expect(ledger.owner('other')).toBeNull()
    } finally {
      await owner.kill()
    }
    expect(ledger.owner(runId)).toBeNull()
    ledger.claim(runId)
    expect(open().owner(runId)).toEqual({ pid: process.pid })
  })

  test('closing gives up what was led', () => {
    const other = open()
    ledger.claim(runId)
    ledger.close()
    opened.splice(opened.indexOf(ledger), 1)
    expect(other.owner(runId)).toBeNull()
  })
})

describe('faults', () => {
  test('of 10 processes that were killed while appending none has lost an acknowledged event', async () => {
    const report = await killWhileAppending(10)
    expect(report).toMatchObject({ lost: [], broken: [] })
    expect(report.acknowledged).toBeGreaterThan(10)
  })

  test('a ledger of a newer version is refused and left as it is', () => {
    const newer = join(folder, 'newer')
    mkdirSync(newer)
    const database = new DatabaseSync(join(newer, 'paddock.db'))
    database.exec('PRAGMA user_version = 99')
    expect(() => openLedger(newer)).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: `The data folder ${newer} was written by a newer version of Paddock.`,
        hint: expect.stringContaining('PADDOCK_DATA_DIR'),
      }),
    )
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 })
    expect(database.prepare('SELECT count(*) AS tables FROM sqlite_master').get()).toEqual({ tables: 0 })
    database.close()
  })

  test('a file that is no ledger is refused in words', () => {
    const broken = join(folder, 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, 'paddock.db'), 'This is a text, not a database. '.repeat(40))
    expect(() => openLedger(broken)).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: expect.stringContaining(`The data folder ${broken} cannot`),
        hint: expect.any(String),
      }),
    )
  })

  test('a folder that cannot be made is refused in words', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openLedger(join(folder, 'file', 'data'))).toThrow(
      expect.objectContaining({ code: 'unavailable', hint: expect.any(String) }),
    )
  })

  const disk = mountSmallDisk()
  afterAll(() => {
    if (disk === null) return
    spawnSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true })
  })
  test.skipIf(disk === null)('a full disk fails the append, not the ledger (S88)', async () => {
    const small = open(disk!)
    const filler = join(disk!, 'filler')
    await small.append(runId, [started('a')])
    // Filled until the system itself refuses more.
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096'])
    const blob = blobOf(Buffer.alloc(200_000, 1))
    await expect(small.append(runId, [completed('a')], { blobs: [blob] })).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.stringContaining('Free space'),
    })
    expect([typesOf(small), small.blob(blob.hash)]).toEqual([['task-started'], null])
    rmSync(filler)
    await small.append(runId, [completed('a')], { blobs: [blob] })
    expect(typesOf(open(disk!))).toEqual(['task-started', 'task-completed'])
  })
})

/** A disk of 1 MB; null, with a word, where none can be mounted. */
function mountSmallDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'paddock-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place])
  if (status === 0) return place
  rmSync(place, { recursive: true })
  console.log('The test of a full disk is skipped: no small disk can be mounted here.')
  return null
}

test.each([
  [['pause'], true],
  [['pause', 'continue'], false],
  [['pause', 'cancel'], false],
] as const)('whether a person paused a run: %j', async (actions, paused) => {
  await ledger.append(runId, [created({ a: {} }), claimed])
  for (const action of actions) await ledger.append(runId, [{ type: 'control-requested', action }])
  expect(ledger.runs()).toMatchObject([{ paused, ended: null }])
  await ledger.append(runId, [claimed])
  expect(ledger.runs()).toMatchObject([{ paused: false, ended: null }])
})

test.each(['pause', 'cancel'] as const)(
  'what is asked of a run that has just ended changes nothing: %s',
  async (action) => {
    const end = { type: 'run-ended', outcome: 'completed' } as const
    await ledger.append(runId, [created({ a: {} }), claimed, end, { type: 'control-requested', action }])
    expect(ledger.runs()).toMatchObject([{ paused: false, ended: end, owner: null }])
  },
)
