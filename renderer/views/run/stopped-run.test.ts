import { expect, test } from 'vitest'
import { claimed, created, queued, sent, stamped, started, timeOf } from '../../../shared/history.fixture.ts'
import { emptyRun, foldEvents } from '../../../shared/run.ts'
import { noNotes } from '../../stores/run-notes.ts'
import { agentCards } from './agent-cards.ts'
import { stepsOf } from './step-data.ts'

const stopped = [
  created({
    design: { step: 1 },
    tests: { step: 2, needs: ['design'], role: 'qa_engineer', type: 'testing' },
  }),
  claimed,
  started('design'),
  queued('design', 'design.1'),
  sent('design', 'design.1'),
  { type: 'run-ended', outcome: 'cancelled' } as const,
]
const run = foldEvents(emptyRun, stamped(stopped))

test('a step that a stop interrupted says so, and its time stands still', () => {
  const [developer, tester] = agentCards(run, noNotes, String, true)
  expect(developer).toMatchObject({ from: timeOf(3), to: timeOf(6), note: { text: 'Stopped' } })
  expect(developer!.lines.join()).toMatch(/^Stopped under way\./)
  expect(tester).toMatchObject({ from: null, note: { text: 'Not run' } })
  expect(tester!.lines.join()).toMatch(/^The run ended before this step began\./)
  expect(stepsOf(run).map(({ word, facts, from, to }) => [word, facts, from, to])).toEqual([
    ['Stopped', ['stopped'], timeOf(3), timeOf(6)],
    ['Not started', ['not begun'], null, timeOf(6)],
  ])
})

test('while it is led again, and that step has not begun anew, no time counts', () => {
  const again = foldEvents(emptyRun, stamped([...stopped, claimed]))
  const [developer] = agentCards(again, noNotes, String, false)
  expect(developer).toMatchObject({ status: 'idle', from: null, note: { text: 'Nothing to do yet' } })
})
