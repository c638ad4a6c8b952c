import { describe, expect, test } from 'vitest'
import { planFromText } from './plan-from-text.ts'

describe('a line that lists a file', () => {
  test.each([
    ['src/app.py: Starts it.', 'src/app.py', 'Starts it.'],
    ['- `src/app.py`: Starts it.', 'src/app.py', 'Starts it.'],
    ['* **src/app.py** - Starts it.', 'src/app.py', 'Starts it.'],
    ['  + src/app.py – Starts it.', 'src/app.py', 'Starts it.'],
    ['12. `src/app.py` — Starts it.', 'src/app.py', 'Starts it.'],
    ['3) app-core.py: Starts it.', 'app-core.py', 'Starts it.'],
  ])('%j', (line, path, purpose) => {
    expect(planFromText(line)).toEqual([{ path, purpose, kind: 'implementation', needs: [] }])
  })
})

describe('a line that lists none', () => {
  test.each([
    '',
    'We use Python: it is there already.',
    'Note: see src/app.py',
    '- e.g.: this',
    '- `src/app.py`',
    '- ../evil.py: Leaves.',
    '- /etc/passwd.conf: Leaves.',
    '- Node.js: runs it.',
    '- example.com: a host',
    `- src/a.py: ${'x'.repeat(600)}`,
    '    print("a.py: b")',
  ])('%j', (line) => expect(planFromText(line)).toEqual([]))
})

test.each([
  ['tests/test_a.py', 'testing'],
  ['src/app.test.ts', 'testing'],
  ['spec/app_spec.rb', 'testing'],
  ['README.md', 'documentation'],
  ['docs/guide.rst', 'documentation'],
  ['.github/workflows/ci.yml', 'deployment'],
  ['infra/main.tf', 'deployment'],
  ['src/app.py', 'implementation'],
])('%s belongs to %s', (path, kind) => {
  expect(planFromText(`- ${path}: Has a purpose.`)).toMatchObject([{ path, kind }])
})

test('a whole answer gives its files in their order', () => {
  const text =
    '# Plan\n\nWe need two files:\n\n- `a.py`: The code.\n- `tests/test_a.py`: Its tests.\n\nThat is all.\n'
  expect(planFromText(text).map(({ path }) => path)).toEqual(['a.py', 'tests/test_a.py'])
})

test('hostile lines cost little', () => {
  for (const line of [
    '-'.repeat(499),
    '`'.repeat(499),
    `${'a-'.repeat(240)} `,
    ' '.repeat(499),
    'a.'.repeat(249),
  ])
    expect(planFromText(`${line}\n`.repeat(200))).toEqual([])
})
