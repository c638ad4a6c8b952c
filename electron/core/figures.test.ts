import { expect, test } from 'vitest'
import { answered, created, fold, foldOnto, queued, sent, started } from '../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import { Figures } from '../../shared/reports.ts'
import { figuresOf, measureRun } from './figures.ts'
import { Slots } from './llm/slots.ts'
import { openTestRun, runId } from './test-run.fixture.ts'

const call = (id: string, ms: number, completion: number): NewRunEvent[] => {
  const ended = answered('a', id)
  if (ended.type !== 'answer-ended') throw new Error('Another event')
  return [queued('a', id), sent('a', id), { ...ended, ms, usage: { ...ended.usage, completion } }]
}

test('the median of the ended calls, and the pace of all their tokens (S97, S123)', () => {
  const run = fold(created({ a: {} }), started('a'), ...call('a.1', 1000, 10), ...call('a.2', 9000, 50))
  expect(measureRun(run, null)).toEqual({
    calls: 2,
    median_call_seconds: 5,
    tokens_per_second: 6,
    run_minutes: null,
  })
  const more = foldOnto(run, ...call('a.3', 2000, 20), queued('a', 'a.4'), sent('a', 'a.4'))
  expect(measureRun(more, null)).toMatchObject({ calls: 3, median_call_seconds: 2, tokens_per_second: 6.67 })
})

test('how long a run takes, and took (S99)', () => {
  const run = fold(created({ a: {} }))
  const later = new Date(Date.parse(run.createdAt) + 90_000)
  expect(measureRun(run, later).run_minutes).toBe(1.5)
  expect(measureRun(run, null).run_minutes).toBeNull()
  const ended = foldOnto(run, { type: 'run-ended', outcome: 'failed' })
  expect(measureRun(ended, later).run_minutes).toBe(0.02)
})

test('a server that does not count has no pace, a run without calls no median', () => {
  const run = fold(created({ a: {} }), started('a'), ...call('a.1', 1000, 0))
  expect(measureRun(run, null).tokens_per_second).toBeNull()
  expect(measureRun(fold(created({ a: {} })), null)).toMatchObject({ calls: 0, median_call_seconds: null })
})

test('what this process uses, the ledger, its disk and the slots (S123)', async () => {
  const { folder, ledger, journal, stop } = await openTestRun()
  const slots = new Slots(2)
  const signal = new AbortController().signal
  const turn = { age: 0, priority: 1 }
  const leave = await Promise.all([slots.acquire(turn, signal), slots.acquire(turn, signal)])
  const third = slots.acquire(turn, signal)
  const figures = Figures.strict().parse(await figuresOf(journal.run, { dataFolder: folder, ledger, slots }))
  expect(figures.slots).toEqual({ capacity: 2, busy: 2, waiting: 1 })
  expect(figures.memory_mb).toBeGreaterThan(10)
  expect(figures.processor_seconds).toBeGreaterThan(0)
  expect(figures.ledger_mb).toBeGreaterThan(0)
  expect(figures.free_disk_mb).toBeGreaterThan(0)
  expect(figures.run_minutes).toBeNull()
  ledger.claim(runId)
  expect((await figuresOf(journal.run, { dataFolder: folder, ledger, slots })).run_minutes).not.toBeNull()
  for (const one of leave) one()
  ;(await third)()
  expect([slots.busy, slots.waiting]).toEqual([0, 0])
  ledger.release(runId)
  stop()
})
