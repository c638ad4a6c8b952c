import { afterEach, beforeEach, expect, test } from 'vitest'
import { started } from '../../../shared/history.fixture.ts'
import { openTestRun, runId, type TestRun } from '../test-run.fixture.ts'
import { ForeignWrites } from './foreign-writes.ts'

let run: TestRun
let writes: ForeignWrites
const stops: (() => void)[] = []
beforeEach(async () => {
  run = await openTestRun()
  writes = new ForeignWrites(run.ledger)
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  run.stop()
})

function listen(): { told: () => number; stop: () => void } {
  let told = 0
  const stop = writes.listen(() => void told++)
  stops.push(stop)
  return { told: () => told, stop }
}

test('what another process writes is told to all who listen, and to nobody else', async () => {
  const [one, two] = [listen(), listen()]
  await expect.poll(one.told).toBe(1)
  two.stop()
  await run.openAgain().ledger.append(runId, [started('a')])
  await expect.poll(one.told).toBe(2)
  expect(two.told()).toBe(1)
})

test('who listens after all others have left is told too', async () => {
  listen().stop()
  const late = listen()
  await expect.poll(late.told).toBe(1)
  await run.openAgain().ledger.append(runId, [started('a')])
  await expect.poll(late.told).toBe(2)
})
