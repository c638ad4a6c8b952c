import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { claimed, created } from '../../../shared/history.fixture.ts'
import { runId } from '../test-run.fixture.ts'
import { blobOf } from './ledger.ts'
import { openLedger } from './sqlite.ts'

/** Starts a process that uses the ledger of a folder; resolves when it has printed its first line. */
export async function startAppender(folder: string, act: 'append' | 'claim') {
  const program = join(import.meta.dirname, 'appender.fixture.ts')
  const child = spawn(process.execPath, [program, folder, act], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  await Promise.race([once(reader, 'line'), gone])
  const kill = async () => {
    child.kill('SIGKILL')
    await Promise.all([gone, once(reader, 'close')])
  }
  return { pid: child.pid, lines, kill }
}

export type KillReport = { kills: number; acknowledged: number; lost: number[]; broken: string[] }

/** Kills a process in the middle of appending, again and again, and looks each time for what it was told is stored. */
export async function killWhileAppending(
  kills: number,
  random: () => number = Math.random,
): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-kill-'))
  const report: KillReport = { kills, acknowledged: 0, lost: [], broken: [] }
  try {
    const first = openLedger(folder)
    await first.append(runId, [created({ a: {} }), claimed])
    first.close()
    for (let round = 0; round < kills; round++) {
      const appender = await startAppender(folder, 'append')
      await sleep(random() * 60)
      await appender.kill()
      check(folder, appender.lines.map(Number), report)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return report
}

/** Every acknowledged event is there, numbers have no gap, a pair of events is there whole, and so is its blob. */
function check(folder: string, acknowledged: readonly number[], report: KillReport): void {
  const ledger = openLedger(folder)
  const events = ledger.read(runId)
  const known = new Set(events.map(({ seq }) => seq))
  report.acknowledged += acknowledged.length
  report.lost.push(...acknowledged.filter((seq) => !known.has(seq)))
  events.forEach(({ seq }, index) => {
    if (seq !== index + 1) report.broken.push(`event ${seq} stands at ${index + 1}`)
  })
  if (events.length % 2 === 1) report.broken.push('half of an append')
  for (const event of events) {
    if (event.type !== 'task-started' || event.agent.endsWith(', too')) continue
    if (!ledger.blob(blobOf(event.agent).hash)) report.broken.push(`no content for event ${event.seq}`)
  }
  ledger.close()
}
