import { describe, expect, test } from 'vitest'
import { extractReport } from './extract-report.ts'

const block = (name: string | null, content: string, language = 'python') =>
  `${name === null ? 'Look:' : `\`${name}\`:`}\n\n\`\`\`${language}\n${content}\n\`\`\`\n\n`

describe('what an answer comes to, as the command prints it (S59 to S62, S66)', () => {
  test('files with content, language, line, and how the name was found', () => {
    expect(extractReport(block('src/a.py', 'print(1)') + '```python:src/b.py\nprint(2)\n```\n')).toEqual({
      files: [
        {
          path: 'src/a.py',
          content: 'print(1)\n',
          language: 'python',
          complete: true,
          line: 4,
          how: 'heading',
        },
        {
          path: 'src/b.py',
          content: 'print(2)\n',
          language: 'python',
          complete: true,
          line: 8,
          how: 'fence',
        },
      ],
      unplaced: [],
      conflicts: [],
      warnings: [],
    })
  })

  test('a block without a name is unplaced, with the reason; it never gets one', () => {
    const { files, unplaced } = extractReport(block(null, 'print(1)'))
    expect(files).toEqual([])
    expect(unplaced).toEqual([
      {
        content: 'print(1)\n',
        language: 'python',
        line: 4,
        candidates: [],
        reason: 'No name of a file stands at this block.',
      },
    ])
  })

  test('two contents for one path are a conflict; the same twice is one file', () => {
    const one = block('a.py', 'print(1)')
    const { files, conflicts } = extractReport(
      one + block('a.py', 'print(2)') + block('b.py', '') + block('b.py', ''),
    )
    expect(files.map(({ path }) => path)).toEqual(['b.py'])
    expect(conflicts).toEqual([
      {
        path: 'a.py',
        versions: [expect.objectContaining({ line: 4 }), expect.objectContaining({ line: 10 })],
      },
    ])
    expect(extractReport(one + one)).toMatchObject({ files: [{ path: 'a.py' }], conflicts: [] })
  })

  test('a file that is cut off says so', () => {
    const { files, warnings } = extractReport('`a.py`:\n\n```python\nprint(')
    expect(files).toMatchObject([{ path: 'a.py', complete: false, content: 'print(' }])
    expect(warnings).toEqual(['a.py is incomplete: its block never closed.'])
  })

  test.each(['', 'Only words.\n', '<think>\n```python\nx\n```\n</think>\nDone.'])('nothing in %j', (text) => {
    expect(extractReport(text)).toEqual({
      files: [],
      unplaced: [],
      conflicts: [],
      warnings: ['The answer has no code block.'],
    })
  })

  test('it is plain JSON', () => {
    const report = extractReport(block('a.py', 'x') + block(null, 'y') + block('a.py', 'z'))
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

describe('with a plan', () => {
  test('of one file: a single block without a name is that file', () => {
    expect(extractReport(block(null, 'print(1)'), ['src/a.py'])).toMatchObject({
      files: [{ path: 'src/a.py', how: 'plan' }],
      warnings: [],
    })
  })

  test('of several: it says what is missing and what nobody planned', () => {
    const { files, warnings } = extractReport(block('a.py', 'x') + block('c.py', 'y'), ['a.py', 'b.py'])
    expect(files.map(({ path }) => path)).toEqual(['a.py', 'c.py'])
    expect(warnings).toEqual([
      'The plan has b.py, and the answer has not.',
      'The answer has c.py, and the plan has not.',
    ])
  })

  test('a block that may be one missing file is that file; of several it names all, the planned forms first', () => {
    const hinted = 'In `b.py`:\n\n```python\nprint(1)\n```\n'
    expect(extractReport(hinted, ['src/a.py', 'src/b.py', 'src/b.py']).files).toMatchObject([
      { path: 'src/b.py', how: 'plan' },
    ])
    const plan = ['src/a.py', 'src/b.py', 'lib/b.py']
    expect(extractReport(hinted, plan).unplaced[0]?.candidates.map(({ path }) => path)).toEqual([
      'src/b.py',
      'lib/b.py',
      'b.py',
    ])
    expect(extractReport(hinted).unplaced[0]?.candidates.map(({ path }) => path)).toEqual(['b.py'])
  })
})
