/** One contender of the crowd: see crowd.ts. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createFetchFloor, createOpenAiFloor, runPromises } from './floors.ts'
import { Paddock } from './paddock.ts'

/** What is to be run. */
export type Crowd = {
  readonly contender: 'openai' | 'fetch' | 'paddock'
  readonly graphs: number
  readonly folder: string
  readonly base: string
  /** Whether the server answers nobody, so that all graphs stay where they begin. */
  readonly isHeld: boolean
}
/** What it took: in all, and for each graph. */
export type CrowdFigures = {
  readonly ms: number
  readonly stallMs: number
  readonly heapBytes: number
  readonly residentBytes: number
}

const warmUps = 20

const [crowd] = (await once(process, 'message')) as [Crowd]
const run = prepare(crowd)
// What is loaded and compiled with the first runs is not what is measured.
for (let turn = 0; turn < warmUps; turn++) await run()
process.send?.('ready')
await once(process, 'message')
gc!()
const before = process.memoryUsage()
let resident = before.rss
let stallMs = 0
let last = performance.now()
setInterval(() => {
  const now = performance.now()
  stallMs = Math.max(stallMs, now - last - 1)
  last = now
  resident = Math.max(resident, process.memoryUsage.rss())
}, 1)
const start = performance.now()
const ended = Promise.all(Array.from({ length: crowd.graphs }, run))
await (crowd.isHeld ? settled() : ended)
const ms = performance.now() - start
gc!()
const { heapUsed, external } = process.memoryUsage()
process.send?.({
  ms,
  stallMs,
  heapBytes: (heapUsed + external - before.heapUsed - before.external) / crowd.graphs,
  residentBytes: (resident - before.rss) / crowd.graphs,
} satisfies CrowdFigures)

function prepare({ contender, base, folder }: Crowd): () => Promise<unknown> {
  if (contender === 'paddock') {
    const paddock = new Paddock(base, folder)
    return () => paddock.run()
  }
  const complete = contender === 'openai' ? createOpenAiFloor(base) : createFetchFloor(base)
  return () => runPromises(complete)
}

/** Waits until this process has had nothing to do for a second. */
async function settled(): Promise<void> {
  for (let spent = Number.POSITIVE_INFINITY; spent > 50_000;) {
    const cpu = process.cpuUsage()
    await sleep(1000)
    const { user, system } = process.cpuUsage(cpu)
    spent = user + system
  }
}
