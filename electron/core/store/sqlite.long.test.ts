import { expect, test } from 'vitest'
import { killWhileAppending } from './kill.fixture.ts'

test('of 80 processes that were killed while appending none has lost an acknowledged event', async () => {
  const report = await killWhileAppending(80)
  console.log(`${report.acknowledged} acknowledged events, ${report.kills} kills.`)
  expect(report).toMatchObject({ lost: [], broken: [] })
  expect(report.acknowledged).toBeGreaterThan(80)
})
