import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimed, completed, created, drafted } from '../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import { Journal } from './journal.ts'
import { noteChangedCode } from './run-code.ts'
import { blobOf, type Ledger } from './store/ledger.ts'
import { openTestRun, type TestRun } from './test-run.fixture.ts'

const id = '20260101-000001-abcdef'
const before = 'x = 1\n'
const own = 'x = 2\n'

let run: TestRun
let ledger: Ledger
let journal: Journal
let file: string
beforeEach(async () => {
  run = await openTestRun()
  ledger = run.ledger
  file = join(run.folder, 'lib.py')
  writeFileSync(file, before)
  const code = { path: 'lib.py', hash: blobOf(before).hash, bytes: 6, tokens: 3, why: 'named' }
  const start = { ...created({ a: {} }), code: { files: [code], left_out: [] } } as NewRunEvent
  const draft = drafted('a', 'lib.py', 1, { hash: blobOf(own).hash })
  await ledger.append(id, [start, claimed, draft, completed('a')])
  journal = new Journal(ledger, id)
})
afterEach(() => {
  journal.close()
  run.stop()
})

/** Looks at the file as it is now; returns why the task is stale. */
async function look(content: string | null): Promise<string | null> {
  if (content === null) rmSync(file)
  else writeFileSync(file, content)
  await noteChangedCode(journal, run.folder)
  return journal.run.tasks['a']!.stale
}
const changed = 'lib.py has changed since this run read it'
const count = () => ledger.read(id).filter(({ type }) => type === 'code-changed').length

test('a change is noted once, and so is that it was taken back', async () => {
  expect(await look(before)).toBeNull()
  for (const content of ['y\n', 'y\n', 'z\n', 'z\n']) expect(await look(content)).toBe(changed)
  for (const content of [before, before]) expect(await look(content)).toBeNull()
  expect(count()).toBe(3)
})

test('a file that is gone is noted once, though the run has a draft of it', async () => {
  expect(await look(null)).toBe(changed)
  await noteChangedCode(journal, run.folder)
  expect(count()).toBe(1)
  expect(await look(before)).toBeNull()
})

test('what the run itself has written is no change, nor is it one when it is put back', async () => {
  await journal.append([{ type: 'file-written', path: 'lib.py', hash: blobOf(own).hash }])
  expect([await look(own), count()]).toEqual([null, 0])
  expect(await look('y\n')).toBe(changed)
  expect([await look(own), journal.run.changedCode]).toEqual([null, {}])
})

test('nor is what it wrote right before it was killed', async () => {
  const previous = blobOf(before).hash
  await journal.append([{ type: 'file-writing', path: 'lib.py', hash: blobOf(own).hash, previous }])
  expect([await look(own), count()]).toEqual([null, 0])
})
