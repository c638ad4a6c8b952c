import { describe, expect, test } from 'vitest'
import { Draft } from './change.ts'
import {
  claimed,
  completed,
  created,
  drafted,
  fold,
  foldOnto,
  hashOf,
  started,
  unplaced,
} from './history.fixture.ts'

const own = (path: string, hash: number, line = 0) =>
  Draft.parse({
    ...{ path, hash: hashOf(hash), bytes: 3, language: null, complete: true },
    ...{ how: 'person', call: 'a.1', line },
  })

/** A made x.py and has a block without a name; b was built on it. */
const made = fold(
  created({ a: {}, b: { needs: ['a'] } }),
  claimed,
  started('a'),
  drafted('a', 'x.py', 1),
  unplaced('a', 9),
  completed('a'),
  started('b'),
  completed('b'),
)
const lastOf = (run: typeof made, path: string) => run.files[path]?.versions.at(-1)

describe('what a person does to a file', () => {
  test('an edit is the last version, takes a decision back, and makes what was built on it stale', () => {
    const decided = foldOnto(made, {
      type: 'file-decided',
      path: 'x.py',
      decision: 'accepted',
      hash: hashOf(1),
    })
    const run = foldOnto(decided, { type: 'file-edited', path: 'x.py', draft: own('x.py', 2) })
    expect(lastOf(run, 'x.py')).toMatchObject({ hash: hashOf(2), agent: 'you', task: 'a' })
    expect(run.files['x.py']).toMatchObject({ decision: null, decidedHash: null })
    expect(run.tasks['b']!.stale).toBe('x.py was edited afterwards')
    expect(run.tasks['a']!.stale).toBeNull()
  })

  test('an agent that runs once more disputes what a person wrote, and does not replace it', () => {
    const edited = foldOnto(made, { type: 'file-edited', path: 'x.py', draft: own('x.py', 2) })
    const again = foldOnto(
      edited,
      { type: 'task-restarted', task: 'a', from: 'beginning' },
      started('a'),
      drafted('a', 'x.py', 3),
    )
    expect(again.files['x.py']!.conflict.map(({ hash }) => hash)).toEqual([hashOf(2), hashOf(3)])
    const settled = foldOnto(again, { type: 'version-chosen', path: 'x.py', hash: hashOf(3) })
    expect(settled.files['x.py']!.conflict).toEqual([])
    expect(lastOf(settled, 'x.py')!.hash).toBe(hashOf(3))
  })

  test('a decision that is taken back leaves none', () => {
    const rejected = foldOnto(made, {
      type: 'file-decided',
      path: 'x.py',
      decision: 'rejected',
      hash: hashOf(1),
    })
    expect(rejected.files['x.py']!.decision).toBe('rejected')
    const back = foldOnto(rejected, {
      type: 'file-decided',
      path: 'x.py',
      decision: null,
      hash: hashOf(1),
    })
    expect(back.files['x.py']).toMatchObject({ decision: null, decidedHash: null })
  })

  test('a block that got a name is a file; where the path has another content both claim it', () => {
    const block = made.unplaced[0]!
    const draft = { ...own('new.py', 0, block.line), hash: block.hash, call: block.call }
    const placed = foldOnto(made, { type: 'block-placed', task: 'a', draft })
    expect(placed.unplaced).toEqual([])
    expect(lastOf(placed, 'new.py')).toMatchObject({ hash: block.hash, how: 'person' })

    const onto = foldOnto(made, { type: 'block-placed', task: 'a', draft: { ...draft, path: 'x.py' } })
    expect(onto.files['x.py']!.conflict).toHaveLength(2)
  })
})
