import { describe, expect, test } from 'vitest'
import { createIncludeGlobs } from './include-globs.ts'

describe('globs that a person gives (S92)', () => {
  test.each([
    ['*a*a*a*a*b', 'stars'],
    ['**/a/**/b/**/c/**/d/**/e', 'stars'],
    ['{1..100000000}', 'braces'],
    ['{a,b}{c,d}{e,f}', 'braces'],
    [`{${'a,'.repeat(60)}b}`, 'braces'],
    ['+(a|aa)+(a|aa)b', 'parentheses'],
  ])('%j is refused: it could take for ever', (glob, what) => {
    expect(() => createIncludeGlobs([glob])).toThrow(what)
  })

  test('the costliest that are allowed end soon on names made for them', () => {
    const globs = createIncludeGlobs(['*a*a*b', '**/a/**/a/**/a/**/b', '[a-z]*[a-z]*[a-z]*!'])
    expect(globs.takes('a'.repeat(255))).toBe(false)
    expect(globs.takes(`${'a/'.repeat(30)}c`)).toBe(false)
  })

  test('names with brackets are taken as they are', () => {
    expect(createIncludeGlobs(['app/[id]/page.tsx']).takes('app/[id]/page.tsx')).toBe(true)
  })

  test('only folders that can hold a taken file are looked into', () => {
    const globs = createIncludeGlobs(['src/a/*.py', 'docs'])
    expect(
      ['src', 'src/a', 'docs', 'docs/x', 'lib', 'src/b'].filter((folder) => globs.reaches(folder)),
    ).toEqual([...['src', 'src/a', 'docs', 'docs/x']])
  })
})
