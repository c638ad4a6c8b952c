import { expect, test } from 'vitest'
import { runCampaign } from './fixtures/kill-campaign.ts'

test('kill -9 at 100 random moments costs nothing that was done (S37)', async () => {
  const kills = await runCampaign(100, 2)
  expect(kills).toHaveLength(100)
  expect(kills.flatMap(({ faults }) => faults)).toEqual([])
})
