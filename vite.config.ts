import { defineConfig } from 'vitest/config'

// Long campaigns (hundreds of kills, fuzzing) are `npm run test:long`; `npm test` has a short sample of each.
const long = process.env['PADDOCK_LONG'] === '1'

export default defineConfig({
  test: {
    include: long ? ['**/*.long.test.ts'] : ['**/*.test.ts'],
    exclude: ['node_modules/**', ...(long ? [] : ['**/*.long.test.ts'])],
    testTimeout: long ? 1_800_000 : 30_000,
    hookTimeout: 60_000,
  },
})
