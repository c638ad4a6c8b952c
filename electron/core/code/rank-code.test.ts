import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { natureOf } from './code-kind.ts'
import { findMentions, mentionOf } from './find-mentions.ts'
import { rankCode, type Candidate } from './rank-code.ts'

type Given = Partial<Pick<Candidate, 'bytes' | 'defines' | 'imports' | 'isIncluded'>>

function rank(about: string, files: Record<string, Given>): string[][] {
  const mentions = findMentions(about)
  const candidates = Object.entries(files).map(([path, given]) => ({
    ...{ path, bytes: 100, defines: null, imports: [], isIncluded: false },
    ...{ mention: mentionOf(path, mentions), nature: natureOf(path), ...given },
  }))
  return rankCode(candidates).map(({ file, why }) => [file.path, why])
}

describe('what a run wants most (S25, S92)', () => {
  test('what is named, its tests, what these import, its neighbours, project files, the rest', () => {
    const files = {
      'docs/guide.md': {},
      'data/rates.csv': {},
      'package.json': {},
      'other/far.py': {},
      'shop/zone.py': {},
      'shop/money.py': {},
      'app.py': { imports: ['shop/tax.py'] },
      'tests/fixtures.py': {},
      'tests/test_tax.py': { imports: ['shop/tax.py', 'tests/fixtures.py'] },
      'tests/test_all.py': { imports: ['shop/tax.py'] },
      'shop/tax.py': { imports: ['shop/money.py'] },
      'shop/tax.json': {},
    }
    expect(rank('tax(3) is wrong', files)).toEqual([
      ['shop/tax.py', 'the requirement speaks of tax'],
      ['tests/test_tax.py', 'tests shop/tax.py'],
      ['tests/fixtures.py', 'tests/test_tax.py imports it'],
      ['shop/money.py', 'shop/tax.py imports it'],
      ['app.py', 'imports shop/tax.py'],
      ['tests/test_all.py', 'imports shop/tax.py'],
      ['shop/tax.json', 'the requirement speaks of tax'],
      ['package.json', 'tells how the project is set up or started'],
      ['shop/zone.py', 'further source in the same folder'],
      ['other/far.py', 'further source of the workspace'],
      ['docs/guide.md', 'further document of the workspace'],
      ['data/rates.csv', 'further data of the workspace'],
    ])
  })

  test('a path before a name before code; where none is sure, mere words will do', () => {
    const files = { 'b/tax.py': {}, 'a/cart.py': {}, 'c/user.py': {}, 'c/sum.py': { defines: 'addUp' } }
    expect(rank('a/cart.py, tax.py and addUp for a user', files).map(([path]) => path)).toEqual([
      ...['a/cart.py', 'b/tax.py', 'c/sum.py', 'c/user.py'],
    ])
    const tests = { 'x.py': {}, 'test_user.py': {}, 'user.py': {} }
    expect(rank('A user cannot log in', tests).map(([path]) => path)).toEqual([
      'user.py',
      'test_user.py',
      'x.py',
    ])
  })

  test('a test that is named brings what it tests', () => {
    const files = { 'a.py': {}, 'test_sum.py': { imports: ['total.py'] }, 'total.py': {} }
    expect(rank('test_sum.py fails', files)).toEqual([
      ['test_sum.py', 'the requirement names test_sum.py'],
      ['total.py', 'test_sum.py imports it'],
      ['a.py', 'further source in the same folder'],
    ])
  })

  test('where a file has no test of its name, one that imports it counts', () => {
    const files = { 'a.py': {}, 'tests/test_all.py': { imports: ['sum.py'] }, 'sum.py': {} }
    expect(rank('sum(1)', files)[1]).toEqual(['tests/test_all.py', 'tests sum.py'])
  })

  test('what is named with --include comes first but for paths; smaller files before larger ones', () => {
    const files = { 'a.py': { bytes: 9 }, 'b.py': { bytes: 8 }, 'c.py': { isIncluded: true }, 'd.py': {} }
    expect(rank('d.py', files).map(([path]) => path)).toEqual(['d.py', 'c.py', 'b.py', 'a.py'])
  })

  test('without a word on any file: project files, then what lies at the top, source before data', () => {
    const files = { 'x/y/a.py': {}, 'b.py': {}, 'c.json': { bytes: 1 }, 'README.md': {}, Dockerfile: {} }
    expect(rank('', files).map(([path]) => path)).toEqual([
      'Dockerfile',
      'README.md',
      'b.py',
      'x/y/a.py',
      'c.json',
    ])
  })

  test('the order does not hang on the order in which files were found', () => {
    const paths = fc.uniqueArray(
      fc.constantFrom('a.py', 'b/a.py', 'test_a.py', 'a.json', 'c.md', 'b/c.ts', 'd.py', 'e'),
    )
    const property = fc.property(paths, fc.nat(), (given, seed) => {
      const all = Object.fromEntries(given.map((path) => [path, {}]))
      const turned = Object.fromEntries(given.map((_, at) => [given[(at + seed) % given.length]!, {}]))
      expect(rank('a(1) and c', turned)).toEqual(rank('a(1) and c', all))
    })
    fc.assert(property)
  })
})
