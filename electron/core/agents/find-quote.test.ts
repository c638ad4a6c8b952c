import { expect, test } from 'vitest'
import { findQuote } from './find-quote.ts'

const code = [
  '"""Adds up."""',
  'def total(prices):',
  '    sum = 0',
  '    for price in prices:',
  '\tsum  +=  price  # cents',
  '    return sum',
  '',
  'def other(prices):',
  '    sum = 0',
  '    return `sum`',
  '    return',
].join('\n')

test.each<[string, string, number[]]>([
  ['as it stands', '    for price in prices:', [4]],
  ['without its blanks', 'for price in prices:', [4]],
  ['with other blanks', 'sum += price # cents ', [5]],
  ['in backticks', '`def other(prices):`', [8]],
  ['in more backticks', '``def other(prices):``', [8]],
  ['in a fence', '```python\n    return sum\n```', [6]],
  ['that has backticks itself', 'return `sum`', [10]],
  ['of several, the first', '\n    for price in prices:\n        sum += price', [4]],
  ['in a part', 'price in prices', [4]],
  ['in a part in backticks', '`price in prices`', [4]],
  ['cut, with dots', 'for price in ...', [4]],
  ['cut, with one sign', '… in prices:', [4]],
  ['that stands twice', 'sum = 0', [3, 9]],
  ['that is a part of others as well', 'return', [11]],
  ['in a part that two have', '(prices)', [2, 8]],
  ['in too small a part', 'sum', []],
  ['that is nowhere', 'return total', []],
  ['in other letters', 'RETURN SUM', []],
  ['as nothing', '', []],
  ['as blanks', ' \n ', []],
  ['as backticks only', '``', []],
  ['as dots only', '...', []],
])('a line quoted %s', (_, quote, lines) => {
  for (const end of ['\n', '\r\n', '\r'])
    expect(findQuote(quote, code.replaceAll('\n', end)).lines).toEqual(lines)
})

test.each<[string, string, string]>([
  ['as the file has it', '`return sum`', 'return sum'],
  ['the part that was quoted', '... in prices:', 'in prices:'],
  ['on one line, though it is nowhere', ' `a\n  b` ', '`a b`'],
])('what is shown is %s', (_, quote, shown) => expect(findQuote(quote, code).quote).toBe(shown))

test('the first line of a file with a byte order mark is found', () => {
  expect(findQuote('a = 1', '\uFEFFa = 1\n').lines).toEqual([1])
})

test('a quote without end takes no longer than others', { timeout: 1000 }, () => {
  expect(findQuote(`${'`'.repeat(500_000)} a`, code).lines).toEqual([])
})

test('a fence can be the line that is meant', () => {
  expect(findQuote('```sh', '# Use\n\n```sh\nnpm start\n```\n').lines).toEqual([3])
})
