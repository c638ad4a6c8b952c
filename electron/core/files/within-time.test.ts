import { expect, test } from 'vitest'
import { readCustom } from './custom-format.ts'
import { settledWithinTime, withinTime } from './within-time.ts'

const forever = () => {
  for (;;);
}
const late = { code: 'invalid', message: 'It was not done after 0.05 s and was stopped.' }

test('what is done in time is as without a limit, its errors too', async () => {
  const list = [1]
  expect(withinTime(() => list, 1000)).toBe(list)
  expect(() => withinTime(() => JSON.parse('{'), 1000)).toThrow(SyntaxError)
  expect(await settledWithinTime(async () => list, 1000)).toBe(list)
  await expect(settledWithinTime(() => Promise.reject(new TypeError('x')), 1000)).rejects.toThrow(TypeError)
})

test('a loop without end is stopped, and so is what never answers', async () => {
  expect(() => withinTime(forever, 50)).toThrow(expect.objectContaining(late))
  await expect(settledWithinTime(forever, 50)).rejects.toMatchObject(late)
  await expect(settledWithinTime(() => new Promise(() => {}), 50)).rejects.toMatchObject(late)
  expect(withinTime(() => 1, 50)).toBe(1)
})

test('an extractor that never ends gives way to the built-in one, which is said', () => {
  expect(readCustom('Text.', forever, 50)).toEqual({
    blocks: null,
    warning:
      'The custom extractor failed, so the built-in one was used: It was not done after 0.05 s and was stopped.',
  })
})
