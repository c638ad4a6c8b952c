import { describe, expect, test } from 'vitest'
import { findEntries, type Entry } from './find-entries.ts'

const entry = (id: string, title: string, kind: Entry['kind'] = 'command', group = 'All'): Entry => ({
  id,
  kind,
  group,
  title,
  run: () => {},
})
const entries = [
  entry('a', 'Pause run'),
  entry('b', 'Run 15 tests'),
  entry('c', 'Reading-time calculator', 'run', 'Runs'),
  entry('d', 'src/readtime/counter.py', 'file', 'Files'),
]
const found = (query: string) => findEntries(entries, query).map(({ id }) => id)

describe('the palette', () => {
  test('shows everything before anything is written', () => expect(found('')).toEqual(['a', 'b', 'c', 'd']))
  test('puts a title that begins with the word first', () => expect(found('run')).toEqual(['b', 'a']))
  test('needs every word', () => expect(found('run pause')).toEqual(['a']))
  test.each([
    ['>run', ['b', 'a']],
    ['@read', ['d']],
    ['# read', ['c']],
    ['@', ['d']],
  ])('%s keeps to one kind', (query, ids) => expect(found(query)).toEqual(ids))
  test('finds nothing where there is nothing', () => expect(found('zzz')).toEqual([]))
  test('takes brackets and backslashes for what they are', () => {
    expect(found('(')).toEqual([])
    expect(found('\\')).toEqual([])
  })
  test('draws no more than anyone reads', () => {
    const many = Array.from({ length: 5000 }, (_, index) => entry(`${index}`, `Run ${index}`))
    expect(findEntries(many, 'run')).toHaveLength(60)
  })
})
