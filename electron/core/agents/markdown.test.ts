import { expect, test } from 'vitest'
import { inlineCode, oneLine, shorten } from './markdown.ts'

test('one line keeps the blanks within it, which may be part of a value, and no end of a line', () => {
  expect(oneLine('  a\r\n  b\n\n c\td ')).toBe('a b c d')
  expect(oneLine('check "- ```  [a](b)  ```"')).toBe('check "- ```  [a](b)  ```"')
  expect(oneLine('x\u2028y')).toBe('x y')
})

test.each([
  ['Short.', 20, 'Short.'],
  ['It is for all. It is new for visitors (every one)', 40, 'It is for all. It is new for visitors ...'],
  ['It is for every one of them. The rest (of it)', 35, 'It is for every one of them.'],
  ['Version 1.25 is what everybody here has in use', 30, 'Version 1.25 is what ...'],
  ['x'.repeat(50), 10, `${'x'.repeat(10)} ...`],
])('%j in %d characters', (line, most, short) => expect(shorten(line, most)).toBe(short))

test.each([
  ['a + b', '`a + b`'],
  ['a `b` c', '``a `b` c``'],
  ['`a`', '`` `a` ``'],
  ['```sh', '```` ```sh ````'],
  ['a\n# b', '`a # b`'],
  [' ', ''],
])('%j as code within a line is %j', (text, code) => expect(inlineCode(text)).toBe(code))
