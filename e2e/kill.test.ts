import { expect, test } from 'vitest'
import { runCampaign } from './fixtures/kill-campaign.ts'

test('kill -9 at random moments costs nothing that was done (S37)', { timeout: 90_000 }, async () => {
  const kills = await runCampaign(6, 2)
  expect(kills).toHaveLength(6)
  expect(kills.flatMap(({ faults }) => faults)).toEqual([])
})
