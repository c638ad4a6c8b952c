import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinAnswers } from './join-answers.ts'

const open = 'File: `src/app.py`\n```python\nimport os\n'

describe('joinAnswers', () => {
  test.each([
    ['nothing repeated', `${open}x = fo`, 'o()\n```\n', `${open}x = foo()\n\`\`\`\n`],
    ['nothing before', '', 'Sure.\n', 'Sure.\n'],
    ['nothing after', open, '', open],
    ['a fence opened again', open, '```python\nx = 1\n', `${open}x = 1\n`],
    ['a fence opened again in mid-line', `${open}x = fo`, '```python\no()\n', `${open}x = foo()\n`],
    ['with a path', open, '```python:src/app.py\nx = 1\n', `${open}x = 1\n`],
    ['after a sentence', open, 'Continuing:\n\n```python\nx = 1\n', `${open}x = 1\n`],
    ['after the name', open, '**File: `src/app.py`**\n```python\nx = 1\n', `${open}x = 1\n`],
    ['and lines repeated', `${open}x = fo`, '```python\nimport os\nx = foo()\n', `${open}x = foo()\n`],
    ['and a letter repeated', `${open}x`, '```python\nx = 1\n', `${open}x = 1\n`],
    ['the line of the fence repeated', '```python\nx', '```python\nx = 1\n', '```python\nx = 1\n'],
    ['all from the start', `${open}x = fo`, `${open}x = foo()\n`, `${open}x = foo()\n`],
    ['a repeated line', `${open}a = 1\n`, 'a = 1\nb = 2\n', `${open}a = 1\nb = 2\n`],
    ['the start of a line repeated', `${open}    retu`, '    return 1\n', `${open}    return 1\n`],
    ['words repeated in mid-line', 'one two three four fi', 'three four five', 'one two three four five'],
    ['a fence opened without a word before', 'a.py\n```\nx\n', '```python\ny\n', 'a.py\n```\nx\ny\n'],
    ['a file inside Markdown', '```md\n```sh\nls\n', '```sh\npwd\n', '```md\n```sh\nls\npwd\n'],
  ])('%s', (_what, before, after, joined) => {
    expect(joinAnswers(before, after)).toBe(joined)
  })

  test.each([
    ['the end of the fence', open, '```\nDone.\n'],
    ['a closing bracket like the one before', `${open}  }\n`, '  }\n```\n'],
    ['a blank line like the one before', `${open}\n`, '\n\nx\n'],
    ['indentation', `${open}            `, '            return\n'],
    ['a rule', `${open}# ====================`, '====================\n'],
    ['few characters in mid-line', `${open}x = ab`, 'abc()\n'],
    ['the fence of another language', open, '```bash\nls\n'],
    ['the fence of another file', open, '```python:other.py\nx\n'],
    ['another name and fence', open, 'File: `other.py`\n```python\nx\n'],
    ['code before a fence', open, 'x = f("""\n```python\n"""\n'],
    ['a sample in Markdown', '```markdown:a.md\n# A\n', '```bash\nls\n'],
    ['a sentence without a fence', open, 'Continuing:\nx\n'],
    ['a fence where none is open', 'Now the file:\n', '```python\nx\n```\n'],
  ])('keeps %s', (_what, before, after) => {
    expect(joinAnswers(before, after)).toBe(before + after)
  })

  // Every line is its own, as in most code: where an answer repeats itself no join can know which end is meant.
  const line = fc.constantFrom('value', '    return total', '# note on', '- item', 'if x:  # case', '\tgo')
  const file = fc.tuple(
    fc.constantFrom('python', 'text', 'ts'),
    fc.array(line, { minLength: 3, maxLength: 12 }),
  )
  const answer = fc.array(file, { minLength: 1, maxLength: 4 }).map((files) => {
    let count = 100
    return files
      .map(([language, lines], index) => {
        const numbered = lines.map((text) => `${text} ${count++}.\n`).join('')
        return `Part ${index} follows.\n\nFile: \`src/file${index}.unusual\`\n\`\`\`${language}\n${numbered}\`\`\`\n\n`
      })
      .join('')
  })
  const cut = fc.double({ min: 0, max: 1, noNaN: true })

  test('a cut anywhere and no repetition joins byte-exactly', () => {
    fc.assert(
      fc.property(answer, cut, (whole, where) => {
        const at = Math.floor(where * whole.length)
        expect(joinAnswers(whole.slice(0, at), whole.slice(at))).toBe(whole)
      }),
      { numRuns: 500 },
    )
  })

  test('a cut anywhere and the last lines repeated, with the fence opened again or not, gives the whole', () => {
    const reopening = fc.constantFrom(null, '', 'Continuing:\n\n')
    fc.assert(
      fc.property(answer, cut, fc.nat(6), reopening, (whole, where, repeated, lead) => {
        const at = Math.floor(where * whole.length)
        const before = whole.slice(0, at)
        const from = startOfLastLines(before, repeated)
        // What holds no word may as well follow on itself.
        fc.pre(from === at || /[a-z0-9]{4}/i.test(whole.slice(from, at)))
        // Only who repeats nothing from before the fence opens it again.
        const fences = readFences(before)
        const isInside = fences.length % 2 === 1 && readFences(before.slice(0, from)).length === fences.length
        const opener = isInside && lead !== null ? `${lead}${fences.at(-1)}\n` : ''
        expect(joinAnswers(before, opener + whole.slice(from))).toBe(whole)
      }),
      { numRuns: 1000 },
    )
  })

  test('never throws, and keeps all of what came before and an end of what came after', () => {
    const part = fc.constantFrom(
      '```',
      '```python\n',
      'a',
      'ab',
      '\n',
      'File: `a.py`\n',
      'Continuing:\n',
      '    ',
      '~~~\n',
    )
    const text = fc.array(part, { maxLength: 30 }).map((list) => list.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const joined = joinAnswers(before, after)
        expect(joined.startsWith(before)).toBe(true)
        expect(after.endsWith(joined.slice(before.length))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

/** Where the last lines of a cut text start; 0 lines: at its end. A line that was cut counts as one. */
function startOfLastLines(text: string, count: number): number {
  let at = text.length
  for (let line = 0; line < count && at > 0; line++) at = text.lastIndexOf('\n', at - 2) + 1
  return at
}

/** The whole lines of a text that are fences. */
function readFences(text: string): string[] {
  return text.slice(0, text.lastIndexOf('\n') + 1).match(/^```.*$/gm) ?? []
}
