import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claimed, created, type TaskSketch } from '../../shared/history.fixture.ts'
import { Journal } from './journal.ts'
import type { Ledger } from './store/ledger.ts'
import { openLedger } from './store/sqlite.ts'
import { TaskManager } from './task-manager.ts'

export type TestRun = {
  folder: string
  ledger: Ledger
  journal: Journal
  tasks: TaskManager
  /** The same run as another process sees it: a ledger of its own on the same file. */
  openAgain(): { ledger: Ledger; journal: Journal }
  stop(): void
}

export const runId = '20260101-000000-abcdef'

/** A run with these tasks in a real ledger of its own. */
export async function openTestRun(
  sketch: Readonly<Record<string, TaskSketch>> = { a: {} },
): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-run-'))
  const opened: Ledger[] = []
  const openAgain = () => {
    const ledger = openLedger(folder)
    opened.push(ledger)
    return { ledger, journal: new Journal(ledger, runId) }
  }
  const { ledger, journal } = openAgain()
  await journal.append([created(sketch), claimed])
  const stop = () => {
    for (const one of opened) one.close()
    rmSync(folder, { recursive: true })
  }
  return { folder, ledger, journal, tasks: new TaskManager(journal), openAgain, stop }
}
