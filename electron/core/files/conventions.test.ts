import { describe, expect, test } from 'vitest'
import { conventions } from './conventions.fixture.ts'
import { createExtractor, extract } from './parse.ts'

const known = new Map([['known.py', 'a = 1\nb = 2\nc = 3\n']])
const before = (path: string) => known.get(path) ?? null

describe.each([...Map.groupBy(conventions, ({ family }) => family)])('%s (S59 to S62)', (_family, rows) => {
  test.each(rows)('$name: $source', ({ answer, files }) => {
    const found = extract(answer, { before })
    expect(Object.fromEntries(found.files.map(({ path, content }) => [path, content]))).toEqual(files)
    expect(found.conflicts).toEqual([])
    expect(found.files.filter(({ lacks, elided }) => lacks !== null || elided !== null)).toEqual([])

    const extractor = createExtractor({ before })
    for (const piece of answer.match(/[^]{1,4}/g)!) extractor.feed(piece)
    expect(extractor.end()).toEqual(found)
  })
})

test('each convention has one case of its own, with its source', () => {
  const names = conventions.map(({ family, name }) => `${family}: ${name}`)
  expect(new Set(names).size).toBe(names.length)
  expect(conventions.filter(({ source }) => source === '')).toEqual([])
})
