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
    '# ...',
    `# ${'rest of the code '.repeat(30)}`,
  ])('%j is none', (line) => {
    expect(findElision(`a = 1\n${line}\n`, '')).toBeNull()
  })

  test('a line that was there before stays', () => {
    const line = '    # rest of the code is in parse.py'
    expect(findElision(`a\n${line}\nb`, `x\n${line.trim()}\ny`)).toBeNull()
  })

  test('hostile lines cost little', () => {
    const text = `${'#'.repeat(290)}\n${'# .'.repeat(90)}\n${' '.repeat(290)}\n`.repeat(500)
    expect(findElision(text, '')).toBeNull()
  })
})
