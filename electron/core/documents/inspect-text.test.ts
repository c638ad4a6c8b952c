import { describe, expect, test } from 'vitest'
import { hasFewLosses, inspectText } from './inspect-text.ts'

describe('whether it is text', () => {
  test.each<[string, string, string]>([
    ['prose', 'text', 'A member may borrow a book.\n\tOnce.\f'],
    ['one control character in twenty', 'text', `${'a'.repeat(19)}\x07`],
    ['more of them', 'binary', `${'a'.repeat(18)}\x07`],
    ['one zero character in a long text', 'binary', `${'a'.repeat(10_000)}\0`],
    ['unreadable characters', 'binary', 'ab\uFFFDcd\uFFFD'],
    ['nothing', 'blank', ''],
    ['blanks', 'blank', ' \n\t\u00A0\u3000\n'],
    ['characters that nobody sees', 'blank', '\u200B\u2060 \uFEFF\u{E0041}'],
    ['a single letter', 'text', '字'],
  ])('%s: %s', (_title, verdict, text) => {
    expect(inspectText(text).verdict).toBe(verdict)
  })
})

describe('what the person should know', () => {
  const long = 'The system shall let a member borrow a book. '.repeat(2)
  test.each<[string, string[], string]>([
    ['plain text', [], long],
    [
      'a terminal colour',
      ['It has 1 character that text does not have (control characters).'],
      `${long}\x1b[0m`,
    ],
    ['a lost character', ['It has 1 character that could not be read and show as \uFFFD.'], `${long}\uFFFD`],
    [
      'a right-to-left override and its end',
      [
        'It has 2 characters that change the direction of the text, so that it may read differently than it looks.',
      ],
      'let \u202Enimda\u202C in',
    ],
    ['text hidden in tag characters', [unseen(3)], 'Hello\u{E0061}\u{E0062}\u{E0063}'],
    ['text hidden in variation selectors', [unseen(2)], 'Hello 🙂\u{E0101}\u{E0102}\u{E0103}'],
    ['a zero-width space and a soft hyphen', [unseen(2)], 'a\u200Bb\u00ADc'],
    ['a joiner between Latin letters', [unseen(1)], 'pass\u200Dword'],
    ['a family, a heart and a keycap', [], '👨\u200D👩\u200D👧 ❤\uFE0F\u200D🔥 1\uFE0F\u20E3'],
    ['Persian with its non-joiner', [], 'می\u200Cخواهم'],
  ])('%s', (_title, warnings, text) => {
    expect(inspectText(text)).toEqual({ verdict: 'text', warnings })
  })

  function unseen(count: number): string {
    return `It has ${count} ${count === 1 ? 'character' : 'characters'} that cannot be seen, but that the agents will read.`
  }
})

test.each<[boolean, string]>([
  [true, 'ascii only'],
  [true, 'ééééééééé\uFFFD'],
  [false, 'éééééééé\uFFFD'],
  [false, 'éééééééé\x93'],
])('few losses: %s for %j', (expected, text) => {
  expect(hasFewLosses(text, 0.1)).toBe(expected)
})
