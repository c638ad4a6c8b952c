import { expect, test } from 'vitest'
import { isJson } from './is-json.ts'

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
const cycle: unknown[] = []
cycle.push(cycle)
class Own {
  readonly own = 1
}

test.each([
  [undefined],
  [null],
  [true],
  [0],
  [-1.5],
  [''],
  [[]],
  [{}],
  [{ a: [{ b: undefined }] }],
  [nested(50)],
  [JSON.parse('{"constructor":1}')],
])('is JSON (case %#)', (value) => {
  expect(isJson(value)).toBe(true)
})

test.each([
  [NaN],
  [Infinity],
  [1n],
  [Symbol('x')],
  [() => 1],
  [new Date()],
  [new Map()],
  [new Set()],
  [/x/],
  [new Uint8Array(1)],
  [new Error('x')],
  [new Own()],
  [Object.create(null)],
  [Object.create({ inherited: 1 })],
  [cycle],
  [nested(5000)],
  [JSON.parse('{"__proto__":{}}')],
  [{ deep: [JSON.parse('{"__proto__":1}')] }],
  [{ a: [1, { b: NaN }] }],
])('is no JSON (case %#)', (value) => {
  expect(isJson(value)).toBe(false)
})

test('a large input is looked at once', () => {
  const text = 'x'.repeat(10_000_000)
  expect(isJson({ documents: Array.from({ length: 50 }, () => ({ name: 'a', base64: text })) })).toBe(true)
})
