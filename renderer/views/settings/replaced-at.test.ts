import { expect, test } from 'vitest'
import { replacedAt } from './replaced-at.ts'

test('says when a version was replaced, and gives a name that is no time as it is', () => {
  expect(replacedAt('20261128T124509903Z')).toMatch(/^2[789] Nov 2026, \d\d:\d\d:09$/)
  expect(replacedAt('by hand')).toBe('by hand')
})
