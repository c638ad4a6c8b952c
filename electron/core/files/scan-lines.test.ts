import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLineSplitter, readFence } from './scan-lines.ts'

describe('readFence', () => {
  test.each([
    ['```', { mark: '`', length: 3, info: '', indent: 0 }],
    ['```python\r\n', { mark: '`', length: 3, info: 'python', indent: 0 }],
    ['   ````md title="a"\n', { mark: '`', length: 4, info: 'md title="a"', indent: 3 }],
    ['~~~ python ', { mark: '~', length: 3, info: 'python', indent: 0 }],
    ['~~~a`b', { mark: '~', length: 3, info: 'a`b', indent: 0 }],
    ['     ```python', { mark: '`', length: 3, info: 'python', indent: 5 }],
    ['1. ```python', { mark: '`', length: 3, info: 'python', indent: 3 }],
    ['```<|im_end|>', { mark: '`', length: 3, info: '', indent: 0 }],
    ['- ```', null],
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

function cutAt(text: string, cuts: readonly number[]): string[] {
  const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
  return edges.slice(1).map((edge, index) => text.slice(edges[index], edge))
}
