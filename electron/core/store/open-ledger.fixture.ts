import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { started } from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { runId } from '../test-run.fixture.ts'
import type { Ledger } from './ledger.ts'
import { openLedger } from './sqlite.ts'

/** A folder of the test's own, and the ledger in it. */
export let folder: string
export let ledger: Ledger

/** Ledgers that are closed after the test. */
export const opened: Ledger[] = []

/** Opens a ledger: the same once more, as another process does, unless a folder is named. */
export const open = (at = folder) => {
  const one = openLedger(at)
  opened.push(one)
  return one
}

/** Makes them, before each test. */
export function setUp(): void {
  folder = mkdtempSync(join(tmpdir(), 'paddock-ledger-'))
  ledger = open()
}

/** Closes and removes them. */
export function tearDown(): void {
  for (const one of opened.splice(0)) one.close()
  rmSync(folder, { recursive: true })
}

const endless: Record<string, unknown> = {}
endless['self'] = endless

/** An event that no ledger can take. */
export const unwritable = { ...started('a'), agent: endless } as unknown as NewRunEvent

/** The types of a run's events. */
export const typesOf = (one: Ledger, run = runId) => one.read(run).map(({ type }) => type)
