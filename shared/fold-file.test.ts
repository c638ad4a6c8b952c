import { describe, expect, test } from 'vitest'
import {
  chain,
  completed,
  created,
  decided,
  diamond,
  drafted,
  fold,
  foldOnto,
  hashOf,
  restarted,
  staleOf,
  started,
} from './history.fixture.ts'
import type { NewRunEvent } from './run-event.ts'
import type { Run } from './run.ts'

describe('files', () => {
  const of = (run: Run) => {
    const { versions, conflict } = run.files['x.py']!
    return { versions: versions.map(({ task }) => task), conflict: conflict.map(({ task }) => task) }
  }

  test('side by side with different contents is a conflict; the same content is not', () => {
    expect(of(fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2)))).toEqual({
      versions: ['b'],
      conflict: ['b', 'c'],
    })
    expect(of(fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 1)))).toEqual({
      versions: ['b', 'c'],
      conflict: [],
    })
  })

  test('every one of three that dispute a path is named', () => {
    const wide = created({ a: {}, b: {}, c: {} })
    expect(
      of(fold(wide, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2), drafted('c', 'x.py', 3))).conflict,
    ).toEqual(['a', 'b', 'c'])
  })

  test('a task that rests on the others supersedes them, and settles their dispute', () => {
    expect(of(fold(diamond, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2)))).toEqual({
      versions: ['a', 'b'],
      conflict: [],
    })
    const settled = fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2), drafted('d', 'x.py', 3))
    expect(of(settled)).toEqual({ versions: ['b', 'd'], conflict: [] })
  })

  test('the same task may correct itself; a decision on the old content does not hold for the new', () => {
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1),
      decided('x.py', 'accepted', 1),
      drafted('a', 'x.py', 2, { call: 'a.2' }),
    )
    expect(run.files['x.py']).toMatchObject({ decision: null, decidedHash: null, conflict: [] })
    expect(run.files['x.py']!.versions.map(({ hash }) => hash)).toEqual([hashOf(1), hashOf(2)])
  })

  test('content of our own making is drafted anew when a task makes something else of it', () => {
    const own = { call: 'a:x.py', how: 'task' } as const
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1, own),
      restarted('a', 'beginning'),
      drafted('a', 'x.py', 2, own),
    )
    expect(run.files['x.py']!.versions.at(-1)!.hash).toBe(hashOf(2))
  })

  test('one answer may dispute a path with itself; a version from elsewhere is not lost', () => {
    const one = drafted('a', 'x.py', 1)
    const versions =
      one.type === 'file-drafted' ? [one.draft, { ...one.draft, hash: hashOf(2), line: 9 }] : []
    const run = fold(diamond, started('a'), { type: 'file-conflicted', task: 'a', path: 'x.py', versions })
    expect(run.files['x.py']).toMatchObject({
      versions: [],
      conflict: [{ agent: 'dev_001', line: 1 }, { line: 9 }],
    })
  })

  test.each<[string, NewRunEvent[], string[]]>([
    [
      'rejected',
      [decided('x.py', 'rejected', 1)],
      ['b: x.py was rejected afterwards', 'c: x.py was rejected afterwards'],
    ],
    [
      'edited',
      [decided('x.py', 'accepted', 5)],
      ['b: x.py was edited afterwards', 'c: x.py was edited afterwards'],
    ],
    ['accepted as it is', [decided('x.py', 'accepted', 1)], []],
    [
      'rejected, then b runs again',
      [decided('x.py', 'rejected', 1), restarted('b', 'beginning'), completed('b')],
      ['c: x.py was rejected afterwards'],
    ],
  ])('a file is %s: this is stale', (_, events, stale) => {
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1),
      completed('a'),
      completed('b'),
      completed('c'),
      ...events,
    )
    expect(staleOf(run)).toEqual(stale)
  })

  test.each(['constructor', '__proto__', 'toString'])('a file may be called %s', (path) => {
    const run = foldOnto(fold(diamond, drafted('a', path, 1)), drafted('a', path, 2, { call: 'a.2' }))
    expect(Object.keys(run.files)).toEqual([path])
    expect(Object.getOwnPropertyDescriptor(run.files, path)!.value.versions).toHaveLength(2)
  })

  test('what stood in the workspace is known between writing and written', () => {
    const writing = fold(diamond, drafted('a', 'x.py', 1), {
      type: 'file-writing',
      path: 'x.py',
      hash: hashOf(1),
      previous: hashOf(8),
    })
    expect(writing.files['x.py']).toMatchObject({
      writing: { hash: hashOf(1), previous: hashOf(8) },
      written: null,
    })
    const written = foldOnto(writing, { type: 'file-written', path: 'x.py', hash: hashOf(1) })
    expect(written.files['x.py']).toMatchObject({ writing: null, written: hashOf(1) })
  })

  test('why a file could not be written is known until it is written (S88)', () => {
    const reason = 'Could not write x.py: the disk is full.'
    const refused = fold(diamond, drafted('a', 'x.py', 1), { type: 'file-refused', path: 'x.py', reason })
    expect(refused.files['x.py']).toMatchObject({ refused: reason, writing: null, written: null })
    const written = foldOnto(refused, { type: 'file-written', path: 'x.py', hash: hashOf(1) })
    expect(written.files['x.py']).toMatchObject({ refused: null, written: hashOf(1) })
  })
})

test('a draft of an earlier version, which says nothing of lines left out, is folded with what that means', () => {
  const event = drafted('a', 'a.py', 1)
  if (event.type !== 'file-drafted') throw new Error('It is another event.')
  const { elided: _, note: __, ...old } = event.draft
  const run = fold(chain, { ...event, draft: old as typeof event.draft })
  expect(run.files['a.py']?.versions).toMatchObject([{ elided: false, note: null }])
})
