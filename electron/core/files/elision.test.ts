import { describe, expect, test } from 'vitest'
import { findElision } from './elision.ts'

describe('a comment in the place of code', () => {
  test.each([
    '# ... rest of the code remains the same',
    '    # rest of the function unchanged',
    '// ... existing code ...',
    '  // ...existing imports',
    '/* ... remaining methods ... */',
    '-- the rest of the query',
    '<!-- existing content here -->',
    '# Other functions stay as they are',
    '// Everything else remains the same',
    '# (unchanged)',
    '# Same as before',
    '{/* existing code */}',
    '# … the rest of the file',
    '// ... (unchanged)',
    '# ... (other tests stay as they are)',
    '# [rest of the code unchanged]',
    '# Other existing methods...',
    '// The rest of the file is exactly the same as before.',
    '# ...',
    '// …',
    '<!-- ... -->',
    '{/* ... */}',
    '// code omitted for brevity',
    '# (omitted)',
    '# ... 其余代码保持不变',
    '// ... restlicher Code unverändert',
    '# your existing code here',
  ])('%j is found', (line) => {
    expect(findElision(`def f():\n${line}\n`, '')).toBe(line.trim())
  })

  test.each([
    '# The rest is up to the caller.',
    '# Rest in seconds.',
    'rest = existing_code(unchanged)',
    '# Existing users are asked to log in again.',
    '// TODO is no word for it',
    '# The code is checked by the caller.',
    '#!/usr/bin/env python3',
    '',
    'def f(): ...',
    'const { a, ...rest } = options',
    '// ...rest parameters',
    '# the rest of the arguments go to the command',
    '// Rest of the path is the key',
    '/* the remainder of the division */',
    '# same as above, but sorted',
    '# unchanged files are skipped',
    '// existing tests rely on this',
    '// previous content is kept as a backup',
    '* remaining lines are the body',
    '# Other imports',
    '// everything is as expected',
    '# code is as in RFC 3986',
    '# truncated to 80 characters',
    '# omitted fields are null',
    `# ${'rest of the code '.repeat(30)}`,
  ])('%j is none', (line) => {
    expect(findElision(`a = 1\n${line}\n`, '')).toBeNull()
  })

  test('a line that was there before stays', () => {
    const line = '    # rest of the code is in parse.py'
    expect(findElision(`a\n${line}\nb`, `x\n${line.trim()}\ny`)).toBeNull()
  })

  test('a heading above lines that are all still there is none', () => {
    const before = 'def test_a():\n    assert a()\n'
    const added = `# Existing tests\n${before}\n# New tests\ndef test_b():\n    assert b()\n`
    expect(findElision(added, before)).toBeNull()
    expect(findElision(added.replace('    assert a()\n', ''), before)).toBe('# Existing tests')
  })

  test('hostile lines cost little', () => {
    const text = `${'#'.repeat(290)}\n${'# .'.repeat(90)}\n${' '.repeat(290)}\n`.repeat(500)
    expect(findElision(text, '')).toBeNull()
  })
})
