import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figures } from '../../shared/reports.ts'
import type { Run } from '../../shared/run.ts'
import type { Core } from './core.ts'

type Measured = Pick<Figures, 'calls' | 'median_call_seconds' | 'tokens_per_second' | 'run_minutes'>
type Host = Pick<Core, 'dataFolder' | 'ledger' | 'slots'>

/** What this process uses, what is left of the disk, and how fast the run's calls were. */
export async function figuresOf(run: Run, { dataFolder, ledger, slots }: Host): Promise<Figures> {
  const { user, system } = process.cpuUsage()
  const [ledgerBytes, free] = await Promise.all([ledgerSize(dataFolder), freeBytes(dataFolder)])
  return {
    memory_mb: megabytes(process.memoryUsage.rss()),
    processor_seconds: rounded((user + system) / 1e6),
    ledger_mb: megabytes(ledgerBytes),
    free_disk_mb: free === null ? null : megabytes(free),
    slots: { capacity: slots.capacity, busy: slots.busy, waiting: slots.waiting },
    ...measureRun(run, ledger.owner(run.id) ? new Date() : null),
  }
}

/**
 * How long the calls of a run took whose answers came whole, and how long the run. `now` is given for one that is led;
 * how long an interrupted one took nobody knows.
 */
export function measureRun(run: Run, now: Date | null): Measured {
  const answers = Object.values(run.tasks)
    .flatMap(({ calls }) => calls)
    .flatMap(({ status, answer }) => (status === 'ended' && answer ? [answer] : []))
  const ms = answers.reduce((sum, answer) => sum + answer.ms, 0)
  const tokens = answers.reduce((sum, { usage }) => sum + usage.completion, 0)
  const median = medianOf(answers.map((answer) => answer.ms))
  const end = run.endedAt === null ? now : new Date(run.endedAt)
  return {
    calls: answers.length,
    median_call_seconds: median === null ? null : rounded(median / 1000),
    // Servers that do not count say 0.
    tokens_per_second: tokens > 0 && ms > 0 ? rounded(tokens / (ms / 1000)) : null,
    run_minutes: end === null ? null : rounded((end.getTime() - Date.parse(run.createdAt)) / 60_000),
  }
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2
}

/** Bytes of the ledger with the files that SQLite keeps beside it. */
async function ledgerSize(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('paddock.db'))
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What is left for this person on the disk of a folder; null where the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => null)
  return found ? found.bavail * found.bsize : null
}

const megabytes = (bytes: number) => rounded(bytes / 2 ** 20)
const rounded = (number: number) => Math.round(number * 100) / 100
