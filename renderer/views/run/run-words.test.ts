import { describe, expect, test } from 'vitest'
import {
  answered,
  claimed,
  completed,
  created,
  drafted,
  fold,
  foldOnto,
  queued,
  sent,
  started,
} from '../../../shared/history.fixture.ts'
import type { Run } from '../../../shared/run.ts'
import { noNotes } from '../../stores/run-notes.ts'
import { agentCards } from './agent-cards.ts'
import { announce } from './announce.ts'
import { runFacts } from './run-facts.ts'
import { shownMessages } from './shown-messages.ts'

const names = (role: string) => role.replaceAll('_', ' ')
const seen = (run: Run) => ({ run, cards: agentCards(run, noNotes, names, false) })

describe('what is said to those who listen', () => {
  const begun = fold(created({ code: { step: 1, gate: true } }), claimed)

  test('a change of state is a sentence, and text that streams is none', () => {
    const working = foldOnto(begun, started('code'))
    expect(announce(seen(begun), seen(working))).toEqual({ polite: 'developer: working.', urgent: '' })
    const streaming = foldOnto(working, queued('code', 'c'), sent('code', 'c'))
    expect(announce(seen(working), seen(foldOnto(streaming, drafted('code', 'a', 1))))).toEqual({
      polite: '',
      urgent: '',
    })
  })

  test('a gate and a pause are said; only the end of a run interrupts', () => {
    const gated = foldOnto(begun, started('code'), completed('code'))
    expect(announce(seen(begun), seen(gated)).polite).toContain('Step 1 waits for your decision.')
    const paused = foldOnto(begun, { type: 'control-requested', action: 'pause' })
    expect(announce(seen(begun), seen(paused))).toEqual({ polite: 'The run is paused.', urgent: '' })
    const ended = foldOnto(begun, { type: 'run-ended', outcome: 'failed' })
    expect(announce(seen(begun), seen(ended)).urgent).toBe('The run has ended: failed.')
  })
})

test('what came of a run is counted', () => {
  const run = fold(
    created({ code: { step: 1 } }),
    claimed,
    started('code'),
    queued('code', 'c'),
    sent('code', 'c'),
    drafted('code', 'a.py', 1),
    drafted('code', 'b.py', 2, { complete: false, line: 9 }),
    answered('code', 'c'),
  )
  expect(runFacts(run)).toEqual({
    files: 2,
    whole: 1,
    incomplete: 1,
    conflicts: 0,
    unplaced: 0,
    promptTokens: 100,
    answerTokens: 3,
    latest: ['b.py', 'a.py'],
  })
})

test('messages have names, roles and times; one to all says so', () => {
  const message = {
    message_id: 'm',
    from_agent: 'dev_001',
    to_agent: 'all',
    kind: 'note',
    content: 'x',
  } as const
  const run = { ...fold(created({}), claimed), messages: [{ ...message, task_id: null }] }
  expect(shownMessages(run, { m: 'then' }, names)).toMatchObject([
    { from: 'developer', fromRole: 'developer', to: 'everyone', toRole: 'all', at: 'then' },
  ])
})
