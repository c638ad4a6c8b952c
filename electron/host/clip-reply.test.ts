import { expect, test } from 'vitest'
import { clipReply } from './clip-reply.ts'

test('an answer passes as it is', () => {
  const reply = { ok: true as const, output: 'x'.repeat(10_000) }
  expect(clipReply(reply)).toBe(reply)
})

test('an error says no more than a person can read', () => {
  const long = 'x'.repeat(10_000_000)
  const clipped = clipReply({ ok: false, error: { code: 'invalid', message: long, hint: long } })
  expect(clipped).toMatchObject({ ok: false, error: { code: 'invalid' } })
  expect(JSON.stringify(clipped).length).toBeLessThan(4200)
})

test('a short error stays word for word, without a hint where it had none', () => {
  const reply = { ok: false as const, error: { code: 'invalid' as const, message: 'No.' } }
  expect(clipReply(reply)).toEqual(reply)
})
