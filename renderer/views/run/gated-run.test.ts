import { describe, expect, test } from 'vitest'
import {
  claimed,
  completed,
  created,
  failed,
  fold,
  foldOnto,
  started,
} from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { noNotes } from '../../stores/run-notes.ts'
import { agentCards } from './agent-cards.ts'
import { announce } from './announce.ts'
import { runHeader } from './run-header.ts'
import { stepsOf } from './step-data.ts'

const waiting = fold(
  created({ design: { step: 1, gate: true }, side: { step: 2 }, tests: { step: 3, needs: ['design'] } }),
  claimed,
  started('design'),
  completed('design'),
  started('side', 'dev_002'),
  completed('side'),
)
const closed: NewRunEvent[] = [
  { type: 'gate-decided', task: 'design', open: false, comment: '' },
  { type: 'task-blocked', task: 'tests', by: 'design' },
]
const partial: NewRunEvent = { type: 'run-ended', outcome: 'partial' }
const refused = foldOnto(waiting, ...closed, partial)

describe('a run that waits at a gate', () => {
  test('does not say that it goes on; it can be paused and stopped', () => {
    const header = runHeader(waiting, 'running')
    expect(header).toMatchObject({ phase: 'gated', can: { pause: true, stop: true, resume: false } })
    expect(header.gates.map(({ task }) => task.task_id)).toEqual(['design'])
  })

  test.each([
    ['pause', 'paused'],
    ['cancel', 'stopping'],
  ] as const)('and was asked to %s is %s', (action, phase) =>
    expect(runHeader(foldOnto(waiting, { type: 'control-requested', action }), 'running').phase).toBe(phase),
  )

  test('and that nobody leads is interrupted', () =>
    expect(runHeader(waiting, 'interrupted').phase).toBe('interrupted'))
})

describe('a step that a person refused', () => {
  test('ends the run as refused, in the header and for those who listen', () => {
    expect(runHeader(refused, 'partial')).toMatchObject({ phase: 'refused', can: { resume: true } })
    const seen = (run: typeof refused) => ({ run, cards: [] })
    expect(announce(seen(waiting), seen(refused)).urgent).toBe('The run has ended: refused.')
  })

  test('is refused itself, with what to do next, and is no error', () => {
    expect(stepsOf(refused)[0]).toMatchObject({ state: 'refused', facts: ['refused'] })
    const [developer] = agentCards(refused, noNotes, (role) => role, true)
    expect(developer).toMatchObject({ word: 'Refused at its gate', canRetry: true })
    expect(developer!.lines[0]).toBe('A person refused "Do design" at its gate.')
  })

  test('beside one that failed does not hide the failure', () => {
    const both = foldOnto(waiting, ...closed, failed('side'), partial)
    expect(runHeader(both, 'partial').phase).toBe('partial')
  })
})
