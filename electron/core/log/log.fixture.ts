import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { openLog, type Log, type LogOptions } from './log.ts'

/** A folder of the test's own, and the log's file in it. */
export let folder: string
export let file: string

/** Logs that are closed after the test. */
export const logs: Log[] = []

/** Makes the folder, before each test. */
export function makeFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'paddock-log-'))
  file = join(folder, 'logs', 'paddock.log')
}

/** Closes every log, and removes the folder. */
export async function removeFolder(): Promise<void> {
  for (const log of logs.splice(0)) await log.close()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
}

/** Opens a log that is closed after the test. */
export function open(options: Partial<LogOptions> = {}, secrets: string[] = []): Log {
  const log = openLog({ level: 'INFO', file, maxMegabytes: 10, filesKept: 5, ...options }, secrets)
  logs.push(log)
  return log
}
type Line = { level: string; message: string; pid: number; time: string; [field: string]: unknown }

/** The lines of a log's file. */
export const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)

/** Writes a line of every level. */
export const all = (log: Log) => {
  for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method](method)
}
