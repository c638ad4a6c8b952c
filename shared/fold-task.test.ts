import { describe, expect, test } from 'vitest'
import {
  answered,
  callFailed,
  callsOf,
  chain,
  completed,
  created,
  diamond,
  drafted,
  failed,
  fold,
  foldOnto,
  gateDecided,
  hashOf,
  message,
  queued,
  restarted,
  sent,
  staleOf,
  started,
  statuses,
  unplaced,
} from './history.fixture.ts'
import type { NewRunEvent } from './run-event.ts'
import { readyTasks, stoppedTasks } from './run-graph.ts'
import type { Run } from './run.ts'

describe('tasks', () => {
  const tried = [
    started('a'),
    queued('a', 'a.1', 'plan'),
    sent('a', 'a.1'),
    answered('a', 'a.1'),
    queued('a', 'a.2', 'file x'),
    sent('a', 'a.2'),
    callFailed('a', 'a.2', null),
    failed('a', 'file x'),
  ]

  test('a restart from the failed parts asks only those anew (S87)', () => {
    const run = fold(
      chain,
      ...tried,
      { type: 'task-blocked', task: 'b', by: 'a' },
      restarted('a', 'failed-parts'),
    )
    expect(callsOf(run)).toEqual(['a.1 ended', 'a.2 void'])
    expect(run.tasks['a']).toMatchObject({
      status: 'pending',
      attempt: 2,
      failedParts: [],
      task: { error: null, result: null, completed_at: null },
    })
    expect(run.tasks['b']).toMatchObject({
      status: 'pending',
      attempt: 1,
      task: { error: null, completed_at: null },
    })
  })

  test('a restart from the beginning asks everything anew', () => {
    const run = fold(chain, ...tried, restarted('a', 'beginning'), restarted('a', 'beginning'))
    expect(callsOf(run)).toEqual(['a.1 void', 'a.2 void'])
    expect(run.tasks['a']!.attempt).toBe(3)
  })

  test('what a task told others counts no more: it is told again as it comes out then', () => {
    const run = fold(chain, message('m', 'a', 'old'), message('n', 'b'), restarted('a', 'beginning'))
    expect(run.messages.map(({ message_id }) => message_id)).toEqual(['n'])
    expect(foldOnto(run, message('m', 'a', 'new')).messages.at(-1)).toMatchObject({ content: 'new' })
  })

  test('what rests on a task that runs again is stale, what has not run yet is not', () => {
    const run = fold(chain, completed('a'), completed('b'), restarted('a', 'beginning'))
    expect(staleOf(run)).toEqual(['b: a ran again'])
    expect(staleOf(foldOnto(run, restarted('b', 'beginning')))).toEqual([])
  })

  test('a failure names what it was, and those below are blocked by what they need (S87)', () => {
    const run = fold(chain, started('a'), failed('a'))
    expect(stoppedTasks(run)).toEqual([{ id: 'b', by: 'a' }])
    const blocked = foldOnto(run, { type: 'task-blocked', task: 'b', by: 'a' })
    expect(blocked.tasks['b']!.task.error).toEqual({
      code: 'unavailable',
      message: 'It needs "Do a", which failed.',
    })
    expect(stoppedTasks(blocked)).toEqual([{ id: 'c', by: 'b' }])
    expect(statuses(blocked)).toEqual(['failed', 'blocked', 'pending'])
  })

  describe('what came of answers that no longer count', () => {
    const asked = ['a.1', 'a.2'].flatMap((call, index) => [
      queued('a', call, `file ${index + 1}`),
      answered('a', call),
      drafted('a', `f${index + 1}.py`, index, { call }),
      unplaced('a', index),
    ])
    const filesOf = ({ files }: Run) => Object.keys(files)

    test('is gone with them: all of it, or that of the questions that failed', () => {
      const over = fold(chain, ...asked, drafted('a', 'docs/a.md', 5, { call: 'a:docs/a.md' }))
      const all = foldOnto(over, failed('a'), restarted('a', 'beginning'))
      expect([filesOf(all), all.unplaced]).toEqual([[], []])
      const some = foldOnto(over, failed('a', 'file 2'), restarted('a', 'failed-parts'))
      expect(filesOf(some)).toEqual(['f1.py', 'docs/a.md'])
    })

    test('leaves what an earlier task made of the same file', () => {
      const run = fold(chain, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2), failed('b'))
      const again = foldOnto(run, restarted('b', 'beginning'))
      expect(again.files['x.py']!.versions.map(({ task }) => task)).toEqual(['a'])
    })

    test('stays where it lies in the workspace, and in a dispute with another task', () => {
      const written: NewRunEvent = { type: 'file-written', path: 'x.py', hash: hashOf(1) }
      const run = fold(chain, drafted('b', 'x.py', 1), written, failed('b'), restarted('b', 'beginning'))
      expect(filesOf(run)).toEqual(['x.py'])
      const rivals = fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2), failed('c'))
      expect(foldOnto(rivals, restarted('c', 'beginning')).files['x.py']!.conflict).toHaveLength(2)
    })
  })

  test('what was made behind a gate that was closed is held back, until it is made again', () => {
    const gated = fold(created({ a: { gate: true } }), drafted('a', 'x.py', 1), completed('a'))
    const closed = foldOnto(gated, gateDecided(false))
    expect(closed.tasks['a']!.stale).toBe('its gate was closed')
    const again = foldOnto(closed, restarted('a', 'beginning'), drafted('a', 'y.py', 1), completed('a'))
    expect([again.tasks['a']!.stale, Object.keys(again.files)]).toEqual([null, ['y.py']])
  })

  test('a gate holds what depends on it until it is opened', () => {
    const gated = fold(created({ a: { gate: true }, b: { needs: ['a'] } }), started('a'), completed('a'))
    expect(statuses(gated)).toEqual(['gated', 'pending'])
    expect(readyTasks(gated)).toEqual([])
    const open = foldOnto(gated, gateDecided(true))
    expect(readyTasks(open).map(({ task }) => task.task_id)).toEqual(['b'])
    expect(foldOnto(open, gateDecided(false)).tasks).toEqual(open.tasks)
  })

  test.each([
    ['', 'A person refused "Do a" at its gate.'],
    ['too dear', 'A person refused "Do a" at its gate: too dear'],
  ])('a gate that is closed with %j stops the run there', (comment, said) => {
    const run = fold(
      created({ a: { gate: true }, b: { needs: ['a'] } }),
      completed('a'),
      gateDecided(false, comment),
    )
    expect(run.tasks['a']!.task.error).toEqual({
      code: 'cancelled',
      message: said,
      hint: `To have it done again: paddock resume ${run.id}`,
    })
    expect(stoppedTasks(run)).toEqual([{ id: 'b', by: 'a' }])
    const blocked = foldOnto(run, { type: 'task-blocked', task: 'b', by: 'a' }).tasks['b']!
    expect(blocked.task.error!.message).toBe('It needs "Do a", which was refused at its gate.')
  })

  test('the more important goes first, then the order of the workflow (S35)', () => {
    const run = fold(
      created({
        low: { priority: -1 },
        one: {},
        high: { priority: 9 },
        two: {},
        later: { needs: ['one'], priority: 99 },
      }),
    )
    expect(readyTasks(run).map(({ task }) => task.task_id)).toEqual(['high', 'one', 'two', 'low'])
  })
})
