import { describe, expect, test } from 'vitest'
import type { RunSummary } from '../../../shared/contract.ts'
import { canResume, filterRuns } from './filter-runs.ts'
import { reasonOf } from './reason-of.ts'
import { startedAt, tookTime } from './run-times.ts'

const run = (id: string, status: RunSummary['status'], title: string): RunSummary => ({
  id,
  title,
  workflow: 'bug_fix',
  workspace: '/home/ada/shop',
  rehearsal: null,
  created_at: '2026-11-28T08:00:00.000Z',
  ended_at: ['running', 'paused', 'interrupted'].includes(status) ? null : '2026-11-28T08:10:00.000Z',
  status,
  steps: 6,
  steps_done: null,
  files: null,
  reason: null,
  gates: [],
})
const runs = [
  run('1', 'running', 'Clock'),
  run('2', 'failed', 'Tide table'),
  run('3', 'interrupted', 'Tide clock'),
]
const found = (words: string, state: Parameters<typeof filterRuns>[1]['state'] = 'all') =>
  filterRuns(runs, { words, state }).map(({ id }) => id)

describe('the list of runs', () => {
  test('is searched by every word, in title, workflow, folder and id', () => {
    expect(found('')).toEqual(['1', '2', '3'])
    expect(found('TIDE clock')).toEqual(['3'])
    expect(found('bug_fix shop')).toEqual(['1', '2', '3'])
    expect(found('zzz')).toEqual([])
  })
  test('is filtered by state', () => {
    expect(found('', 'failed')).toEqual(['2'])
    expect(found('', 'open')).toEqual(['1', '3'])
    expect(found('tide', 'open')).toEqual(['3'])
  })
  test('has what waits for a decision, and what a person refused, under words of their own', () => {
    const gate = (is: 'waiting' | 'refused') => [{ step: '2', title: 'Design', is }]
    const waits = { ...run('4', 'running', 'Waits'), gates: gate('waiting') }
    const refused = { ...run('5', 'failed', 'Refused'), gates: gate('refused') }
    const foundIn = (state: Parameters<typeof filterRuns>[1]['state']) =>
      filterRuns([...runs, waits, refused], { words: '', state }).map(({ id }) => id)
    expect([foundIn('gated'), foundIn('running')]).toEqual([['4'], ['1']])
    expect([foundIn('refused'), foundIn('failed')]).toEqual([['5'], ['2']])
    expect(foundIn('open')).toEqual(['1', '3', '4'])
    expect(reasonOf(waits)).toBe('Step 2, Design, waits for your decision.')
    expect(reasonOf(runs[0]!)).toBeNull()
    expect(canResume(waits)).toBe(false)
  })
  test('says which can go on', () => expect(runs.map(canResume)).toEqual([false, true, true]))
})

describe('times', () => {
  const now = new Date(2026, 10, 28, 14, 0)
  test.each([
    [new Date(2026, 10, 28, 9, 5), 'Today 09:05'],
    [new Date(2026, 10, 27, 23, 59), 'Yesterday 23:59'],
    [new Date(2026, 10, 20, 15, 2), '20 Nov 15:02'],
    [new Date(2025, 0, 3, 8, 0), '3 Jan 2025'],
  ])('%s is %s', (date, text) => expect(startedAt(date.toISOString(), now)).toBe(text))
  test.each([
    ['2026-11-28T08:00:47Z', '0:47'],
    ['2026-11-28T08:21:40Z', '21:40'],
    ['2026-11-28T09:02:03Z', '1:02:03'],
    ['2026-11-28T07:00:00Z', '0:00'],
    [null, '-'],
  ])('until %s it took %s', (end, text) => expect(tookTime('2026-11-28T08:00:00Z', end)).toBe(text))
})
