import { describe, expect, test } from 'vitest'
import { AnswerReader } from './read-answer.ts'
import { createLineSplitter } from './scan-lines.ts'

function read(text: string) {
  const reader = new AnswerReader()
  const splitter = createLineSplitter((line) => reader.read(line))
  splitter.feed(text)
  splitter.end()
  const blocks = reader.end().map(({ from, to, closed }) => [from, to, closed])
  return { blocks, document: reader.document().map(({ line }) => line) }
}

describe('thinking is no part of an answer', () => {
  test.each([
    ['<think>\na\n</think>\nb\n', ['b\n']],
    ['<THINK>a</think> b\n', [' b\n']],
    ['  <thinking>a\nb</thinking>\nc', ['c']],
    ['[THINK]a\n</think>\n[/THINK]\nc', ['c']],
    ['<think>a</think><think>b</think>```py\n', ['```py\n']],
    ['The tag <think> begins it.\nb', ['The tag <think> begins it.\n', 'b']],
    ['<think>\nnever ends', []],
    ['a\nb\n</think>\nc', ['c']],
    ['a\r\n</think>\r\nc', ['c']],
    ["x = '</think>'\n", ["x = '</think>'\n"]],
  ])('%j', (text, document) => {
    expect(read(text).document).toEqual(document)
  })

  test('a file may hold such tags', () => {
    expect(read('```py:a.py\n<think>\n</think>\n```\nx\n').blocks).toEqual([[1, 3, true]])
    expect(read('```py:a.py\n"""\n</think>\n"""\n```\n').blocks).toEqual([[1, 4, true]])
  })
})

describe('the likeliest reading of fences', () => {
  const f = '```'
  test.each([
    ['bare fences in Markdown', `${f}md\n# A\n${f}\nls\n${f}\nMore.\n${f}\n`, [[1, 6, true]]],
    [
      'Markdown, then a bare block',
      `${f}md\n# A\n${f}\n\nRun:\n${f}\nls\n${f}\n`,
      [
        [1, 2, true],
        [6, 7, true],
      ],
    ],
    ['a docstring with fences', `${f}python\n"""Use:\n${f}\nf()\n${f}\n"""\nx = 1\n${f}\n`, [[1, 7, true]]],
    [
      'a fence that was never closed',
      `${f}python:a.py\nx\n${f}python:b.py\ny\n${f}\n`,
      [
        [1, 2, false],
        [3, 4, true],
      ],
    ],
    [
      'the same with names above',
      `File: \`a.py\`\n${f}python\nx\n\nFile: \`b.py\`\n${f}python\ny\n${f}\n`,
      [
        [2, 4, false],
        [6, 7, true],
      ],
    ],
    [
      'thinking that holds half a block',
      `${f}python\nx\n</think>\n${f}python:a.py\ny\n${f}\n`,
      [[4, 5, true]],
    ],
  ])('%s', (_what, text, blocks) => {
    expect(read(text).blocks).toEqual(blocks)
  })
})
