import { expect, test } from 'vitest'
import type { NewRunEvent, RunEvent } from '../../shared/run-event.ts'
import { foldNotes, noNotes, timeAtWork } from './run-notes.ts'

const at = (second: number) => new Date(second * 1000).toISOString()
const event = (second: number, given: NewRunEvent) =>
  ({ seq: second + 1, run: 'r', at: at(second), ...given }) as RunEvent
const claimed = { type: 'run-claimed', pid: 1, model: 'm', window: 100 } as const
const control = (action: 'pause' | 'continue' | 'cancel') =>
  ({ type: 'control-requested', action }) as const satisfies NewRunEvent

test('calls keep their times and reasons', () => {
  const call = { task: 't', call: 't.1' }
  const notes = foldNotes(noNotes, [
    event(1, { type: 'call-queued', ...call, part: 'plan' }),
    event(2, {
      type: 'call-started',
      ...call,
      purpose: 'again',
      reason: 'it was no list',
      prompt: 'a'.repeat(64),
      prompt_tokens: 5,
      counted_by: 'estimate',
      max_tokens: 9,
      prefilled: false,
    }),
    event(3, { type: 'call-failed', ...call, error: { code: 'unavailable', message: 'x' }, retry_in: 500 }),
  ])
  expect(notes.calls['t.1']).toEqual({
    queuedAt: at(1),
    startedAt: at(2),
    endedAt: at(3),
    reason: 'it was no list',
    maxTokens: 9,
    countedBy: 'estimate',
    retryIn: 500,
  })
})

test('messages keep when they were sent', () => {
  const message = { message_id: 'm1', from_agent: 'a', to_agent: 'b', kind: 'note', content: '' } as const
  const notes = foldNotes(noNotes, [
    event(4, { type: 'message-sent', message: { ...message, task_id: null } }),
  ])
  expect(notes.messages).toEqual({ m1: at(4) })
})

test('time at work leaves out pauses and the time in which nobody led the run', () => {
  const notes = foldNotes(noNotes, [
    event(0, claimed),
    event(10, control('pause')),
    event(100, control('continue')),
    event(110, { type: 'task-blocked', task: 't', by: 'u' }),
    // The process died here; another one goes on much later.
    event(1000, claimed),
  ])
  expect(timeAtWork(notes, 1_005_000)).toBe(25_000)
  const ended = foldNotes(notes, [event(1010, { type: 'run-ended', outcome: 'completed' })])
  expect(timeAtWork(ended, 9_999_000)).toBe(30_000)
  const again = foldNotes(ended, [event(2000, claimed)])
  expect(timeAtWork(again, 2_001_000)).toBe(31_000)
})

test('folding in pieces gives the same as folding at once', () => {
  const events = [event(0, claimed), event(3, control('pause')), event(7, control('continue'))]
  const inPieces = events.reduce((notes, one) => foldNotes(notes, [one]), noNotes)
  expect(inPieces).toEqual(foldNotes(noNotes, events))
})
