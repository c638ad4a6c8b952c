import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

const limits = { initialSeconds: 1, maxSeconds: 60 }
const middle = () => 0.5

test.each([
  [1, 1000],
  [2, 2000],
  [3, 4000],
  [4, 8000],
  [6, 32_000],
  [7, 60_000],
  [20, 60_000],
  [2000, 60_000],
])('after %i failures the pause is %i ms (S90)', (failures, ms) => {
  expect(backOff(failures, limits, middle)).toBe(ms)
})

test('chance makes it a quarter more or less at most (S90)', () => {
  expect([backOff(3, limits, () => 0), backOff(3, limits, () => 1)]).toEqual([3000, 5000])
  for (let count = 0; count < 100; count++) {
    const ms = backOff(2, limits)
    expect(ms).toBeGreaterThanOrEqual(1500)
    expect(ms).toBeLessThanOrEqual(2500)
  }
})

test('the settings decide, down to no pause at all', () => {
  expect(backOff(3, { initialSeconds: 0.5, maxSeconds: 1 }, middle)).toBe(1000)
  expect(backOff(3, { initialSeconds: 0, maxSeconds: 60 }, middle)).toBe(0)
})
