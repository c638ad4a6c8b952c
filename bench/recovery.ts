import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRun } from '../electron/core/journal.ts'
import type { RunSummary } from '../shared/contract.ts'
import type { RunEvent } from '../shared/run-event.ts'
import { startPaddock } from './command-line.ts'
import { longHistory } from './long-history.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { Paddock } from './paddock.ts'
import { withScratch } from './scratch.ts'
import { withServer, type ScriptedServer } from './scripted-server.ts'

const turns = 7
const events = 25_000

/** How soon a run is there again after its process was killed, and how soon a long one goes on. */
export async function measureRecovery(): Promise<Measure[]> {
  return withServer(async (server) => [await measureListing(server), ...(await measureResume(server))])
}

async function measureListing(server: ScriptedServer): Promise<Measure> {
  const spent: number[] = []
  await server.configure({ tokens: 5000, tokensPerSecond: 50 })
  await withScratch(async (cache) => {
    for (let turn = 0; turn <= turns; turn++)
      spent.push(await withScratch((folder) => killAndList(server, folder, cache)))
  })
  await server.configure({})
  return {
    measure: 'kill -9: until a new `paddock list` has listed the run',
    paddock: milliseconds(median(spent.slice(1))),
    aim: '<= 300 ms',
  }
}

/** Milliseconds from the kill to the end of the list's output, the start of its process included. */
async function killAndList(server: ScriptedServer, folder: string, cache: string): Promise<number> {
  await server.seen()
  const args = ['run', '--requirement', 'Bench.', '--workspace', 'workspace']
  const run = startPaddock(folder, args, { base: server.base, cache })
  while ((await server.seen()).began.length === 0) await sleep(10)
  const start = performance.now()
  run.kill('SIGKILL')
  const list = startPaddock(folder, ['list', '--json'], { base: server.base, cache })
  let text = ''
  list.stdout!.on('data', (bytes: Buffer) => (text += bytes.toString()))
  await once(list, 'close')
  const spent = performance.now() - start
  const [listed] = JSON.parse(text) as RunSummary[]
  if (listed?.status !== 'interrupted') throw new Error(`The run is listed as ${listed?.status}.`)
  return spent
}

async function measureResume({ base }: ScriptedServer): Promise<Measure[]> {
  return withScratch(async (folder) => {
    const paddock = new Paddock(base, folder)
    const history = longHistory(events, paddock.workspace)
    const lines = join(folder, 'events.jsonl')
    writeFileSync(lines, history.map((event) => JSON.stringify(event)).join('\n'))
    const floor: number[] = []
    const read: number[] = []
    const resumed: number[] = []
    for (let turn = 0; turn < turns; turn++) {
      const id = `20260101-00000${turn}-bench0`
      await paddock.core.ledger.append(id, history)
      floor.push(
        await wall(async () =>
          readFileSync(lines, 'utf8')
            .split('\n')
            .map((line) => JSON.parse(line) as RunEvent),
        ),
      )
      read.push(await wall(async () => readRun(paddock.core.ledger, id)))
      resumed.push(await wall(() => paddock.orchestrator().resume(id)))
    }
    paddock.close()
    return [
      {
        measure: `resume of a run with ${events.toLocaleString('en-US')} events, until its work begins`,
        paddock: milliseconds(median(resumed)),
        fetch: `JSON lines ${milliseconds(median(floor))}`,
        aim: '<= 150 ms',
      },
      { measure: '... of which reading and folding it once', paddock: milliseconds(median(read)), aim: '' },
    ]
  })
}

async function wall(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
