import { describe, expect, test } from 'vitest'
import { completed, created, drafted, failed, fold, foldOnto, hashOf } from './history.fixture.ts'
import type { NewRunEvent } from './run-event.ts'
import type { Run } from './run.ts'

describe('code that a run works from', () => {
  const codeFile = (path: string) => ({ path, hash: hashOf(7), bytes: 3, tokens: 1, why: 'named' })
  const withCode = {
    ...created({ a: {}, b: { needs: ['a'] } }),
    code: { files: ['lib.py', 'more.py'].map(codeFile), left_out: [] },
  }
  const changed = (hash: string | null, path = 'lib.py'): NewRunEvent => ({
    type: 'code-changed',
    path,
    hash,
  })
  const run = fold(withCode as NewRunEvent, completed('a'))
  const reason = (path: string) => `${path} has changed since this run read it`
  const staleOf = ({ tasks }: Run) => [tasks['a']!.stale, tasks['b']!.stale]

  test.each([completed('b'), failed('b')])(
    'what was built on a file that has changed is stale, and what is built on it after that: $type',
    (end) => {
      const after = foldOnto(run, changed(hashOf(8)), end)
      expect(staleOf(after)).toEqual([reason('lib.py'), reason('lib.py')])
      expect(after.changedCode).toEqual({ 'lib.py': hashOf(8) })
    },
  )

  test('a task that runs again still works from the same code', () => {
    const again: NewRunEvent = { type: 'task-restarted', task: 'b', from: 'beginning' }
    const running = foldOnto(run, failed('b'), changed(hashOf(8)), again)
    expect(running.tasks['b']!.stale).toBeNull()
    expect(foldOnto(running, completed('b')).tasks['b']!.stale).toBe(reason('lib.py'))
  })

  test.each([hashOf(9), null])('it is stale as long as the file is another one: %s', (hash) => {
    expect(foldOnto(run, changed(hashOf(8)), changed(hash)).tasks['a']!.stale).not.toBeNull()
  })

  test('files that are again as they were read make it good, all of them only', () => {
    const one = foldOnto(run, changed(hashOf(8)), changed(hashOf(8), 'more.py'), changed(hashOf(7)))
    expect([staleOf(one)[0], one.changedCode]).toEqual([reason('more.py'), { 'more.py': hashOf(8) }])
    const both = foldOnto(one, changed(hashOf(7), 'more.py'))
    expect([staleOf(both)[0], both.changedCode]).toEqual([null, {}])
  })

  test.each<NewRunEvent>([
    { type: 'file-written', path: 'lib.py', hash: hashOf(3) },
    { type: 'file-writing', path: 'lib.py', hash: hashOf(3), previous: hashOf(7) },
  ])('a file that is again as the run itself wrote it makes it good: $type', (own) => {
    const accepted = foldOnto(run, drafted('a', 'lib.py', 3), own, changed(hashOf(8)))
    expect(staleOf(accepted)[0]).toBe(reason('lib.py'))
    const back = foldOnto(accepted, changed(hashOf(3)))
    expect([staleOf(back)[0], back.changedCode]).toEqual([null, {}])
  })

  test('what is stale for another reason stays so', () => {
    const again: NewRunEvent = { type: 'task-restarted', task: 'a', from: 'beginning' }
    const other = foldOnto(run, completed('b'), again, completed('a'), changed(hashOf(8)), changed(hashOf(7)))
    expect(staleOf(other)).toEqual([null, 'a ran again'])
  })
})
