import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readYaml } from './yaml-text.ts'

const told = (text: string) =>
  readYaml(text).problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message} ${hint ?? ''}`,
  )

describe('what is not plain YAML is told at its place (S89, S106)', () => {
  test.each<[string, string, RegExp]>([
    [
      'a colon in a text',
      'a: b\nc: d: e\n',
      /^2:4 A second ": " stands in this line\. Put the text in quotes\.$/,
    ],
    ['a tab', 'a:\n\tb: 1\n', /^2:1 A tab is used as indentation\. Use spaces\.$/],
    [
      'a key twice that would steer a terminal',
      '"a\\e[31m": 1\n"a\\e[31m": 2\n',
      /^2:1 "a\ufffd\[31m" is there twice\./,
    ],
    ['a list for a key', 'a: 1\n? [b, c]\n: 1\n', /^2:3 A list or a mapping stands where a name/],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', /^4:3 "c" is there twice\./],
    ['an open quote', 'a: "x\n', /^2:1 This is not YAML: Missing closing/],
    ['an open bracket', 'a: [1, 2', /^1:9 This is not YAML: .*\]/],
    ['a list and a mapping in one', '- a\nb: 1', /^2:1 This is not YAML/],
    ['a character that begins no text', 'a: @x', /^1:4 A text without quotes cannot begin/],
    ['a second document', 'a: 1\n---\nb: 2\n', /^2:1 A second document begins here\./],
    ['a tag', 'a: !!js/function x', /^1:\d+ A tag \(.*js\/function\)/],
    ['a harmless tag', 'a: !!str 1', /^1:\d+ A tag/],
    ['an alias', 'a: &x 1\nb: *x\n', /^2:4 \*x stands for a value elsewhere\. Write the value itself\.$/],
    ['an alias of nothing', 'a: *x', /^1:4 \*x /],
    ['an alias bomb', `a: &a [x]\n${'bcdefgh'.replaceAll(/./g, (k) => `${k}: &${k} [*a, *a, *a]\n`)}`, /^2:/],
    ['a control character', 'a: 1\nb: \0', /^2:4 There is a control character\./],
    ['brackets without end', '['.repeat(250_000), /^1:\d+ Lists and mappings lie more than 64 deep\. $/],
    ['lists without end', '- '.repeat(125_000), /deep/],
    ['mappings without end', '{a: '.repeat(60_000), /deep/],
    [
      'indentation without end',
      Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /deep/,
    ],
  ])('%s', (_, text, expected) => {
    expect(told(text)[0]).toMatch(expected)
    expect(readYaml(text).value).toBeNull()
  })

  test('one slip is one problem, and there is an end to them', () => {
    expect(told('- a\nb: 1')).toHaveLength(1)
    expect(told('a:\n'.repeat(80_000))).toHaveLength(50)
  })
})

describe('what it reads', () => {
  test.each<[string, string, unknown]>([
    ['a byte order mark and any line ends', '\ufeffa: 1\r\nb: 2\rc: 3\n', { a: 1, b: 2, c: 3 }],
    ['nothing', '# only words\n', null],
    ['JSON', '{"a": [1, {"b": null}]}', { a: [1, { b: null }] }],
    ['words that are no truth values', 'a: yes\nb: true', { a: 'yes', b: true }],
    ['a merge key as any other', '<<: 1', { '<<': 1 }],
  ])('%s', (_, text, value) => expect(readYaml(text)).toMatchObject({ value, problems: [] }))

  test('keys that mean something to JavaScript mean nothing here (S106)', () => {
    const { value } = readYaml('__proto__: {polluted: true}')
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('many keys take no more than their share of time', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(Object.keys(readYaml(text).value as object)).toHaveLength(30_000)
  })

  test('places are those of the text, whatever ends its lines', () => {
    const { placeOf, placeOfKey } = readYaml('\ufeffa: 1\r\nb:\r\n  - c: 5\r\n    d:\r\n')
    expect(placeOf(['a'])).toEqual({ line: 1, column: 4 })
    expect(placeOf(['b', 0, 'c'])).toEqual({ line: 3, column: 8 })
    expect(placeOf(['b', 0, 'missing'])).toEqual({ line: 3, column: 5 })
    expect(placeOf(['b', 9])).toEqual({ line: 3, column: 3 })
    expect(placeOfKey(['b', 0], 'd')).toEqual({ line: 4, column: 5 })
    expect(placeOfKey([], 'missing')).toEqual({ line: 1, column: 1 })
  })

  test('it never throws, and every place is in the text (S106)', () => {
    const piece = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '!t',
      '|',
      '>',
      '#',
      '?',
      ',',
      '%',
      '\t',
      '---',
      '...',
      '<<',
      '\r',
      '\ufeff',
      '\u2028',
      '💡',
      '\0',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('')
        const { problems, placeOf } = readYaml(text)
        const lines = text.split(/\r\n|[\r\n]/).length
        for (const { line, column } of [...problems, placeOf(['a', 0, 'b'])]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
          expect(column).toBeGreaterThanOrEqual(1)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
