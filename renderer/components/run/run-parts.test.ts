import { describe, expect, test } from 'vitest'
import { clock, shortCount } from './clock.ts'
import { codePieces } from './code-line.ts'
import { firstLine, following, hold, newLines, scrollBy } from './follow.ts'

describe('a window onto growing lines', () => {
  test('follows the end', () => {
    expect(firstLine(following, 10, 4)).toBe(6)
    expect(firstLine(following, 2, 4)).toBe(0)
    expect(newLines(following, 10)).toBe(0)
  })

  test('stops where a person scrolls up, counts what comes, and follows again at the end', () => {
    const up = scrollBy(following, -2, 10, 4)
    expect(firstLine(up, 10, 4)).toBe(4)
    expect(firstLine(up, 30, 4)).toBe(4)
    expect(newLines(up, 30)).toBe(20)
    expect(newLines(scrollBy(up, -1, 30, 4), 30)).toBe(20)
    expect(scrollBy(up, 100, 30, 4)).toEqual(following)
  })

  test('does not stop where there is nothing above', () => {
    expect(scrollBy(following, -5, 3, 4)).toEqual(following)
    expect(scrollBy(hold(following, 10, 4), -100, 10, 4)).toEqual({ top: 0, seen: 10 })
  })

  test('is held while something is selected', () => {
    const held = hold(following, 10, 4)
    expect(firstLine(held, 50, 4)).toBe(6)
    expect(hold(held, 50, 4)).toBe(held)
  })
})

test('times and counts have few characters', () => {
  expect([0, 59_999, 61_000, 3_661_000, -5].map(clock)).toEqual(['0:00', '0:59', '1:01', '1:01:01', '0:00'])
  expect([0, 980, 7412, 16_384, 128_000].map(shortCount)).toEqual(['0', '980', '7.4k', '16.4k', '128k'])
})

describe('the colours of a line', () => {
  const kinds = (line: string) =>
    codePieces(line).flatMap(({ text, kind }) => (kind ? [`${kind} ${text.trim()}`] : []))

  test.each([
    ['def count(text):  # words', ['keyword def', 'function count', 'comment # words']],
    ['const n = 12.5 // twelve', ['keyword const', 'number 12.5', 'comment // twelve']],
    ['  "name": "pad", ', ['key "name"', 'string "pad"']],
    ['  on: push', ['key on']],
    ['FROM python:3.12', ['keyword FROM', 'number 3.12']],
    ['a = "an open string', ['string "an open string']],
    ['plain words', []],
    ["the project's own files", []],
    ["print(f'{a}', 'b')", ['function print', "string f'{a}'", "string 'b'"]],
    ['Do this task with what stands above, for `one` file and not 2.', []],
    ['SELECT name FROM words WHERE id IS NOT NULL', ['keyword SELECT', 'keyword FROM', 'keyword WHERE']],
  ])('%s', (line, expected) => expect(kinds(line)).toEqual(expected))

  test('nothing of a line is lost, however odd or long it is', () => {
    for (const line of ['', '"\\', "'''", '\t# x', '☃ "☃" ☃', 'x("'.repeat(2000), ' '.repeat(5000)])
      expect(
        codePieces(line)
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
  })
})
