import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { started } from '../../../shared/history.fixture.ts'
import { RunEvent } from '../../../shared/run-event.ts'
import { Journal } from '../journal.ts'
import { runId } from '../test-run.fixture.ts'
import { migrate } from './migrations.ts'
import { openLedger } from './sqlite.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-migrations-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a ledger of a released version (S120)', () => {
  test.each(readdirSync(fixtures))('%s opens, folds and takes more', async (name) => {
    copyFileSync(join(fixtures, name), join(folder, 'paddock.db'))
    const ledger = openLedger(folder)
    for (const event of ledger.read(runId)) expect(RunEvent.safeParse(event)).toMatchObject({ success: true })
    const journal = new Journal(ledger, runId)
    const { tasks, files, outcome } = journal.run
    expect(Object.values(tasks).map(({ status }) => status)).toEqual(['completed', 'failed', 'blocked'])
    expect(tasks['a']!.calls).toMatchObject([{ id: 'a.1', status: 'ended', promptTokens: 100 }])
    expect(journal.text(files['hello.py']!.versions[0]!.hash)).toBe('print("Hello")\n')
    expect(outcome).toBe('partial')
    expect(ledger.runs()).toMatchObject([{ ended: { type: 'run-ended' }, owner: null }])
    await journal.append([started('b')])
    expect(journal.run.tasks['b']!.status).toBe('running')
    ledger.close()
  })

  test('there is one of each version that there is', () => {
    const database = new DatabaseSync(':memory:')
    migrate(database, folder)
    const newest = Number(database.prepare('PRAGMA user_version').get()!['user_version'])
    database.close()
    expect(readdirSync(fixtures)).toEqual(
      Array.from({ length: newest }, (_, index) => `ledger-v${index + 1}.db`),
    )
  })
})

test('a step that fails leaves the ledger as it was', () => {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE blobs (own TEXT)')
  expect(() => migrate(database, folder)).toThrow('blobs')
  expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 })
  expect(database.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'blobs' }])
  database.close()
})

test('two processes may open a new folder at once', () => {
  const ledgers = [openLedger(folder), openLedger(folder)]
  expect(ledgers.map((ledger) => ledger.runs())).toEqual([[], []])
  for (const ledger of ledgers) ledger.close()
})
