import { describe, expect, test } from 'vitest'
import { lackOfReport, readReport, renderReport, reportSchema, summaryOf, type Report } from './report.ts'

const bug = {
  title: 'Endless recursion',
  file: 'gcd.py',
  quote: 'return gcd(a % b, b)',
  severity: 'critical',
  steps: ['Call gcd(35, 21).', 'Wait.'],
  expected: '7',
  actual: 'RecursionError\n# not a heading',
  cause: 'The arguments are swapped.',
  suggestion: 'Return gcd(b, a % b).',
}
const remark = {
  title: 'A name',
  file: 'a.py',
  quote: '',
  severity: 'minor',
  problem: 'It misleads.',
  suggestion: 'Rename it.',
}
const content = 'def gcd(a, b):\n    if b == 0:\n        return a\n    else:\n        return gcd(a % b, b)\n'
const contentOf = (path: string) => (path === 'gcd.py' ? content : null)
const reportOf = (...findings: object[]) => JSON.stringify({ summary: 'It is wrong.', findings })
const findingsOf = (report: Report | null) => (report && 'findings' in report ? report.findings : [])

test('a bug report has all that its mender needs, and model text opens no structure of its own (S52)', () => {
  const report = readReport(reportOf(bug), ['gcd.py'], contentOf)!
  expect(renderReport('Bug report', report)).toBe(`# Bug report

It is wrong.

## 1. Endless recursion

- File: \`gcd.py\`, line 5
- Quote: \`return gcd(a % b, b)\`
- Severity: critical
- Expected: 7
- Actual: RecursionError # not a heading
- Cause: The arguments are swapped.
- Suggestion: Return gcd(b, a % b).

Steps to reproduce:

1. Call gcd(35, 21).
2. Wait.
`)
  expect(summaryOf(report)).toBe('1 finding. It is wrong.')
})

test('a review without a finding says so (S51)', () => {
  const report = readReport(reportOf(), [])!
  expect(renderReport('Code review', report)).toBe('# Code review\n\nIt is wrong.\n\nNothing was found.\n')
})

describe('what is lacking', () => {
  const prose = `The function swaps its arguments. ${'Each call makes it worse. '.repeat(10)}`
  test.each<[string, string, 'bug-report' | 'remark', boolean]>([
    ['a bug', reportOf(bug), 'bug-report', true],
    ['no bug', reportOf(), 'bug-report', false],
    ['a bug that says nothing', reportOf({ title: ' ', actual: '...' }), 'bug-report', false],
    ['a remark', reportOf(remark), 'remark', true],
    ['no remark', reportOf(), 'remark', true],
    ['words', prose, 'bug-report', true],
    ['an excuse', 'I found nothing.', 'remark', false],
    ['JSON of another shape', '{"bugs": []}', 'remark', false],
    ['nothing', '', 'remark', false],
  ])('%s', (_, answer, kind, isEnough) => {
    expect(lackOfReport(answer, kind) === null).toBe(isEnough)
  })

  test('words are kept as they are', () => {
    const report = readReport(prose, [])!
    expect(renderReport('Bug report', report)).toBe(`${prose.trim()}\n`)
    expect(summaryOf(report)).toContain('free text')
  })
})

describe('reading leniently', () => {
  test('what is missing or of another type is empty', () => {
    const report = readReport(reportOf({ title: 'Only this', line: '12', steps: 'one', severity: 3 }), [])
    expect(findingsOf(report)).toEqual([
      {
        title: 'Only this',
        file: '',
        quote: '',
        lines: [12],
        severity: '',
        steps: [],
        expected: '',
        actual: '',
        cause: '',
        problem: '',
        suggestion: '',
      },
    ])
  })

  test.each<[string, string[], string]>([
    ['gcd.py', ['src/gcd.py', 'a.py'], 'src/gcd.py'],
    ['./src/gcd.py', ['src/gcd.py'], 'src/gcd.py'],
    ['/src/gcd.py', ['src/gcd.py'], 'src/gcd.py'],
    ['gcd.py', ['one/gcd.py', 'two/gcd.py'], 'gcd.py'],
    ['cd.py', ['src/gcd.py'], 'cd.py'],
    ['', ['src/gcd.py'], ''],
    ['src/gcd.py', [], 'src/gcd.py'],
    ['src/\ngcd.py', [], 'src/ gcd.py'],
  ])('the file %j among %j is %j', (file, known, path) => {
    expect(findingsOf(readReport(reportOf({ ...bug, file }), known))[0]!.file).toBe(path)
  })

  test.each([-1, 1e9, 1.5, null, 'x', {}])('a line %j is none', (line) => {
    expect(findingsOf(readReport(reportOf({ ...bug, line }), []))[0]!.lines).toEqual([])
  })
})

describe('where a finding is', () => {
  const rowsOf = (finding: object) =>
    renderReport('Bug report', readReport(reportOf({ ...bug, ...finding }), ['gcd.py'], contentOf)!)
      .split('\n')
      .filter((row) => /^- (?:File|Quote):/.test(row))

  test.each<[string, object, string[]]>([
    ['a line', {}, ['- File: `gcd.py`, line 5', '- Quote: `return gcd(a % b, b)`']],
    [
      'a line of a file by another name',
      { file: './gcd.py', quote: 'else:' },
      ['- File: `gcd.py`, line 4', '- Quote: `else:`'],
    ],
    [
      'words of several lines',
      { quote: 'return' },
      ['- File: `gcd.py`, line 3, the first of 2 such lines', '- Quote: `return`'],
    ],
    ['a line that is not there', { quote: 'return b' }, ['- File: `gcd.py`', '- Quote: `return b`']],
    [
      'a line of a file that is not there',
      { file: 'a.py' },
      ['- File: `a.py`', '- Quote: `return gcd(a % b, b)`'],
    ],
    ['a line of no file', { file: '' }, ['- Quote: `return gcd(a % b, b)`']],
    ['no line', { quote: '' }, ['- File: `gcd.py`']],
    [
      'a line with backticks',
      { quote: '``a`` and `b' },
      ['- File: `gcd.py`', '- Quote: ``` ``a`` and `b ```'],
    ],
    ['a number, as nobody asked for', { quote: undefined, line: 3 }, ['- File: `gcd.py`, line 3']],
    [
      'a number beside a line that is not there',
      { quote: 'return b', line: 3 },
      ['- File: `gcd.py`, line 3', '- Quote: `return b`'],
    ],
    [
      'a number beside a line that is',
      { line: 3 },
      ['- File: `gcd.py`, line 5', '- Quote: `return gcd(a % b, b)`'],
    ],
  ])('%s', (_, finding, rows) => expect(rowsOf(finding)).toEqual(rows))
})

describe('what a server can hold a model to', () => {
  const allows = (kind: 'bug-report' | 'remark', known: string[], ...findings: object[]) =>
    reportSchema(kind, known).safeParse(JSON.parse(reportOf(...findings))).success

  test('a bug report has one to eight bugs, each whole', () => {
    expect(allows('bug-report', ['gcd.py'], bug)).toBe(true)
    expect(allows('bug-report', ['gcd.py'])).toBe(false)
    expect(allows('bug-report', ['gcd.py'], ...Array.from({ length: 9 }, () => bug))).toBe(false)
    expect(allows('bug-report', ['gcd.py'], { ...bug, steps: [] })).toBe(false)
    expect(allows('bug-report', ['gcd.py'], { ...bug, cause: '' })).toBe(false)
    expect(allows('bug-report', ['gcd.py'], { ...bug, severity: 'awful' })).toBe(false)
    expect(allows('bug-report', ['gcd.py'], { ...bug, quote: undefined })).toBe(false)
  })

  test('only files that are there can be named, or none', () => {
    expect(allows('remark', ['a.py'], remark, { ...remark, file: '' })).toBe(true)
    expect(allows('remark', ['a.py'], { ...remark, file: 'b.py' })).toBe(false)
    expect(allows('remark', [], { ...remark, file: 'b.py' })).toBe(true)
  })

  test('more files than a grammar should list are checked afterwards', () => {
    const many = Array.from({ length: 101 }, (_, index) => `f${index}.py`)
    expect(allows('remark', many, { ...remark, file: 'b.py' })).toBe(true)
    expect(JSON.stringify(reportSchema('remark', many).shape)).not.toContain('f100.py')
  })
})
