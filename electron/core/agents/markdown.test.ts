import { expect, test } from 'vitest'
import { inlineCode, oneLine } from './markdown.ts'

test('one line keeps the blanks within it, which may be part of a value, and no end of a line', () => {
  expect(oneLine('  a\r\n  b\n\n c\td ')).toBe('a b c d')
  expect(oneLine('check "- ```  [a](b)  ```"')).toBe('check "- ```  [a](b)  ```"')
  expect(oneLine('x\u2028y')).toBe('x y')
})

test.each([
  ['a + b', '`a + b`'],
  ['a `b` c', '``a `b` c``'],
  ['`a`', '`` `a` ``'],
  ['```sh', '```` ```sh ````'],
  ['a\n# b', '`a # b`'],
  [' ', ''],
])('%j as code within a line is %j', (text, code) => expect(inlineCode(text)).toBe(code))
