import { describe, expect, test } from 'vitest'
import { endsInLoop } from './repetition.ts'

const code = Array.from({ length: 300 }, (_, i) => `    value_${i} = compute(${i * 7919}, "${i}")\n`).join('')
const table = `| a | b |\n|---|---|\n${'| 0 | 0 |\n'.repeat(100)}`

describe('a loop', () => {
  test.each([
    ['one word over and over', 'again and '.repeat(1000)],
    ['one character', 'x'.repeat(5000)],
    ['a line of 300 characters', `${'y'.repeat(299)}\n`.repeat(20)],
    ['lines after good code', code + 'def test():\n    pass\n'.repeat(300)],
    ['one that ends in the middle of a turn', `${'one two three '.repeat(400)}one tw`],
  ])('%s', (_, text) => expect(endsInLoop(text)).toBe(true))
})

describe('no loop', () => {
  test.each([
    ['nothing', ''],
    ['less than 4,000 characters of anything', 'x'.repeat(3999)],
    ['code with lines alike', code],
    ['a table of 100 equal rows', table],
    ['a passage that comes ten times only', 'z'.repeat(399).concat('\n').repeat(10)],
    ['blank lines', '\n'.repeat(5000)],
    ['a loop that was left', 'again and '.repeat(1000) + code],
  ])('%s', (_, text) => expect(endsInLoop(text)).toBe(false))
})
