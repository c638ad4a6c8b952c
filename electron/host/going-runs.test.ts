import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import type { RunEvent } from '../../shared/run-event.ts'
import { followRuns } from './going-runs.ts'

type Told = string[]

/** Follows runs whose events a test tells, and whose ends it decides. */
function follow(): {
  told: Told
  tell(event: object): void
  ends: Map<string, PromiseWithResolvers<{ outcome: 'completed' }>>
} {
  const told: Told = []
  const ends = new Map<string, PromiseWithResolvers<{ outcome: 'completed' }>>()
  let listener: (event: RunEvent) => void = () => {}
  const app = {
    on: (_name: string, given: (event: RunEvent) => void) => {
      listener = given
      return () => {}
    },
    run: {
      wait: ({ id }: { id: string }) => {
        const end = Promise.withResolvers<{ outcome: 'completed' }>()
        ends.set(id, end)
        return end.promise
      },
    },
  }
  followRuns(app as never, {
    changed: (going) => void told.push(`going: ${[...going].join(' ')}`),
    ended: (id, ending) => void told.push(`${id} ${ending}`),
  })
  return { told, ends, tell: (event) => listener({ seq: 1, at: '', ...event } as RunEvent) }
}

const claimed = (run: string, pid = process.pid) => ({ run, type: 'run-claimed', pid })

test('a run goes on from its claim to its end', () => {
  const { told, tell } = follow()
  tell({ run: 'a', type: 'run-created' })
  tell(claimed('a'))
  tell(claimed('b'))
  tell({ run: 'a', type: 'task-started' })
  tell({ run: 'a', type: 'run-ended', outcome: 'completed' })
  tell({ run: 'a', type: 'file-decided' })
  tell({ run: 'b', type: 'run-ended', outcome: 'failed' })
  expect(told).toEqual(['going: a', 'going: a b', 'going: b', 'a completed', 'going: ', 'b failed'])
})

test('a paused run does not go on, until it does', () => {
  const { told, tell } = follow()
  tell(claimed('a'))
  tell({ run: 'a', type: 'control-requested', action: 'pause' })
  tell({ run: 'a', type: 'answer-ended' })
  tell({ run: 'a', type: 'control-requested', action: 'continue' })
  expect(told).toEqual(['going: a', 'going: ', 'going: a'])
})

test('what another process leads is none of ours, though we asked it to go on', () => {
  const { told, tell } = follow()
  tell(claimed('a', process.pid + 1))
  tell({ run: 'a', type: 'control-requested', action: 'continue' })
  tell({ run: 'a', type: 'run-ended', outcome: 'completed' })
  expect(told).toEqual([])
})

test('a paused run that its program leaves has not failed', async () => {
  const { told, tell, ends } = follow()
  tell(claimed('a'))
  tell({ run: 'a', type: 'task-started' })
  tell({ run: 'a', type: 'control-requested', action: 'pause' })
  ends.get('a')!.reject(new AppError('cancelled', 'The run a is paused, and its program has ended.'))
  await sleep(0)
  expect(told).toEqual(['going: a', 'going: ', 'a cancelled'])
})

test('a run that could not go on has no event, and is told as stopped, once', async () => {
  const { told, tell, ends } = follow()
  tell(claimed('a'))
  tell({ run: 'a', type: 'task-started' })
  tell({ run: 'a', type: 'task-started' })
  ends.get('a')!.reject(new Error('The disk is full.'))
  await sleep(0)
  expect(told).toEqual(['going: a', 'going: ', 'a stopped'])
  tell(claimed('a'))
  tell({ run: 'a', type: 'task-started' })
  tell({ run: 'a', type: 'run-ended', outcome: 'completed' })
  ends.get('a')!.resolve({ outcome: 'completed' })
  await sleep(0)
  expect(told.slice(3)).toEqual(['going: a', 'going: ', 'a completed'])
})
