import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLineSplitter, createThinkingFilter, dropLeadingThinking, readFence } from './scan-lines.ts'

describe('readFence', () => {
  test.each([
    ['```', { mark: '`', length: 3, info: '' }],
    ['```python\r\n', { mark: '`', length: 3, info: 'python' }],
    ['   ````md title="a"\n', { mark: '`', length: 4, info: 'md title="a"' }],
    ['~~~ python ', { mark: '~', length: 3, info: 'python' }],
    ['~~~a`b', { mark: '~', length: 3, info: 'a`b' }],
    ['    ```python', null],
    ['``', null],
    ['```js run()``` is it', null],
    ['text ```', null],
    ['', null],
  ])('reads %j', (line, fence) => {
    expect(readFence(line)).toEqual(fence)
  })
})

describe('createLineSplitter', () => {
  test('gives the same lines for any pieces, and each character once', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '')).map((list) => list.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (whole, cuts) => {
        const lines: string[] = []
        const splitter = createLineSplitter((line) => lines.push(line))
        for (const piece of cutAt(whole, cuts)) splitter.feed(piece)
        splitter.end()
        expect(lines).toEqual(whole.match(/[^\n]*\n|[^\n]+/g) ?? [])
      }),
    )
  })
})

describe('createThinkingFilter', () => {
  test.each([
    [['<think>\n', 'a\n', '</think>\n', 'b\n'], ['b\n']],
    [['<THINK>a</think> b\n'], [' b\n']],
    [['  <thinking>a\n', 'b</thinking>\n', 'c'], ['c']],
    [['[THINK]a\n', '</think>\n', '[/THINK]\n', 'c'], ['c']],
    [['<think>a</think><think>b</think>```py\n'], ['```py\n']],
    [
      ['The tag <think> begins it.\n', 'b'],
      ['The tag <think> begins it.\n', 'b'],
    ],
    [['<think>\n', 'never ends'], []],
  ])('%j', (lines, kept) => {
    const filter = createThinkingFilter()
    expect(lines.map(filter).filter((line) => line !== null)).toEqual(kept)
  })
})

describe('dropLeadingThinking', () => {
  test.each([
    ['a\nb\n</think>\nc', '\n\n\nc'],
    ['a\r\n</think>\r\nc', '\n\r\nc'.replace('\r\n', '\n')],
    ['<think>\na\n</think>\nc', '<think>\na\n</think>\nc'],
    ["x = '</think>'\n", "x = '</think>'\n"],
    ['c', 'c'],
  ])('%j', (text, rest) => {
    expect(dropLeadingThinking(text)).toBe(rest)
  })
})

function cutAt(text: string, cuts: readonly number[]): string[] {
  const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
  return edges.slice(1).map((edge, index) => text.slice(edges[index], edge))
}
