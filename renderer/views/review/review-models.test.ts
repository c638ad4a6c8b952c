import { describe, expect, test } from 'vitest'
import type { Change } from '../../../shared/change.ts'
import {
  answered,
  claimed,
  created,
  drafted,
  fold,
  hashOf,
  queued,
  sent,
  started,
  changeOf,
} from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { findPlace } from './find-place.ts'
import { originOf } from './origin-of.ts'
import { acceptedWithAll, barNumbers, filesToWrite, groupFiles, reviewFiles } from './review-files.ts'

const draftOf = (event: NewRunEvent) => (event.type === 'file-drafted' ? event.draft : null)

function review(changes: readonly Change[], seen = {}, ...events: NewRunEvent[]) {
  const run = fold(
    created({ code: { step: 1 } }),
    claimed,
    started('code'),
    ...changes.map(({ path }) => drafted('code', path, 1)),
    ...events,
  )
  return { run, files: reviewFiles(run, changes, seen) }
}
const badgesOf = (...given: Parameters<typeof review>) => review(...given).files.map(({ badges }) => badges)

describe('badges of files', () => {
  test('new, changed and same', () => {
    const states = ['new', 'changed', 'same'] as const
    expect(badgesOf(states.map((state) => changeOf(state, { state })))).toEqual([
      ['new'],
      ['changed'],
      ['same'],
    ])
  })

  test('accepted, rejected and written', () => {
    const changes = [
      changeOf('a', { decision: 'accepted' }),
      changeOf('b', { decision: 'rejected' }),
      changeOf('c', { decision: 'accepted', written: true, disk: hashOf(1), state: 'same' }),
    ]
    expect(badgesOf(changes)).toEqual([['new', 'accepted'], ['new', 'rejected'], ['written']])
  })

  test('incomplete, in conflict, stale, held back', () => {
    const cut = drafted('code', 'cut', 2, { complete: false, line: 2 })
    expect(badgesOf([changeOf('cut', { held: 'It is incomplete.' })], {}, cut)).toEqual([['incomplete']])
    const rivals = {
      type: 'file-conflicted',
      task: 'code',
      path: 'x',
      versions: [1, 2].map((number) => draftOf(drafted('code', 'x', number))),
    } as NewRunEvent
    expect(badgesOf([changeOf('x', { held: '2 versions claim this path.' })], {}, rivals)).toEqual([
      ['conflict'],
    ])
    expect(badgesOf([changeOf('Dockerfile', { held: 'Container tools run it.' })])).toEqual([['new', 'held']])
    const gate = [
      {
        type: 'task-completed',
        task: 'code',
        result: { summary: '', text: null, files: [], assumptions: [] },
      },
      { type: 'code-changed', path: 'base.py', hash: null },
    ] as NewRunEvent[]
    const { run } = review([changeOf('s')], {}, ...gate)
    const stale = { ...run, tasks: { code: { ...run.tasks['code']!, stale: 'design ran again' } } }
    expect(reviewFiles(stale, [changeOf('s', { held: 'It is stale.' })], {})[0]).toMatchObject({
      badges: ['new', 'stale'],
      isHeldBack: false,
      hold: 'It is stale.',
    })
  })

  test('elided, which is not complete either', () => {
    const elided = drafted('code', 'e', 2, { line: 2, elided: true, complete: false })
    expect(badgesOf([changeOf('e', { held: 'Parts are left out.' })], {}, elided)).toEqual([['elided']])
  })

  test('another file on disk than the person was shown', () => {
    const one = changeOf('a', { state: 'changed', disk: hashOf(9) })
    expect(badgesOf([one], { a: hashOf(8) })).toEqual([['changed', 'moved']])
    expect(badgesOf([one], { a: hashOf(9) })).toEqual([['changed']])
    const written = changeOf('a', { state: 'same', disk: hashOf(1), written: true })
    expect(badgesOf([written], { a: null })).toEqual([['written']])
  })
})

describe('what is written', () => {
  const changes = [
    changeOf('accepted', { decision: 'accepted' }),
    changeOf('open'),
    changeOf('rejected', { decision: 'rejected' }),
    changeOf('Dockerfile', { held: 'Tools obey it.' }),
    changeOf('Makefile', { held: 'Tools obey it.', decision: 'accepted' }),
    changeOf('same', { state: 'same', disk: hashOf(1) }),
    changeOf('done', { written: true, disk: hashOf(1), state: 'same', decision: 'accepted' }),
    changeOf('moved', { state: 'changed', disk: hashOf(5) }),
  ]
  const { run, files } = review(changes, { moved: hashOf(4) })

  test('only accepted files that are not there yet; a held-back one only by its own name', () => {
    expect(filesToWrite(files).map(({ path }) => path)).toEqual(['accepted', 'Makefile'])
  })

  test('with all go undecided files that nothing holds back, and that are what the person saw', () => {
    expect(acceptedWithAll(files).map(({ path }) => path)).toEqual(['open'])
  })

  test('nothing into which the person wrote what is not saved yet', () => {
    const edited = reviewFiles(run, changes, {}, { open: {}, accepted: {} })
    expect(acceptedWithAll(edited).map(({ path }) => path)).not.toContain('open')
    expect(filesToWrite(edited).map(({ path }) => path)).not.toContain('accepted')
  })

  test('the bar counts what the buttons do', () => {
    expect(barNumbers(files)).toEqual({
      decided: 5,
      all: 8,
      accepted: 3,
      rejected: 1,
      written: 1,
      toWrite: 2,
      withAll: 1,
    })
  })

  test('held-back files are in no group of the tree', () => {
    const paths = groupFiles(run, files).flatMap((group) => group.files.map(({ path }) => path))
    expect(paths).not.toContain('Dockerfile')
    expect(paths).toContain('open')
  })
})

test('groups follow the team, files their folders', () => {
  const { run, files } = review([
    changeOf('src/z.py'),
    changeOf('README.md'),
    changeOf('tests/a.py', { agent: 'qa_001' }),
    changeOf('mine.py', { agent: 'you', decision: 'accepted' }),
  ])
  expect(
    groupFiles(run, files).map(({ agent, role, decided, files: own }) => [
      agent,
      role,
      decided,
      own.map(({ name }) => name),
    ]),
  ).toEqual([
    ['dev_001', 'developer', 0, ['README.md', 'z.py']],
    ['qa_001', 'qa_engineer', 0, ['a.py']],
    ['you', 'you', 1, ['mine.py']],
  ])
})

describe('the place of a file in the raw answer', () => {
  const answer = 'Here it is:\n\n```python\na = 1\nb = 2\nc = 3\n```\nDone.\n'

  test('is where its line says', () => {
    expect(findPlace(answer, 'a = 1\nb = 2\nc = 3\n', 4)).toEqual({ from: 4, to: 6 })
  })

  test('is searched for where the line is wrong, as in a joined answer', () => {
    expect(findPlace(answer, 'a = 1\nb = 2\nc = 3\n', 40)).toEqual({ from: 4, to: 6 })
  })

  test('ends where the answer does', () => {
    expect(findPlace('```\na\nb\nc\n', 'a\nb\nc\nd\ne\n', 2)).toEqual({ from: 2, to: 4 })
  })

  test('is nowhere for a file that was made of data', () => {
    expect(findPlace('{"stories": []}', '# Stories\n', 1)).toBeNull()
  })
})

test('the origin of a file that a step made of its answer is the last answer of the step', () => {
  const { run } = review(
    [],
    {},
    queued('code', 'code.1'),
    sent('code', 'code.1'),
    answered('code', 'code.1'),
    drafted('code', 'a', 1, { call: 'none' }),
  )
  expect(originOf(run, run.files['a']!.versions[0]!)).toMatchObject({
    calls: 1,
    answerTokens: 3,
    part: 'answer',
  })
})
