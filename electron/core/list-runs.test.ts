import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimed, completed, drafted, failed } from '../../shared/history.fixture.ts'
import { AppError } from '../../shared/errors.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import { listRuns, type KnownRuns } from './list-runs.ts'
import { standingOf } from '../../shared/standing.ts'
import { openLedger } from './store/sqlite.ts'
import { inFewWords, tallyRun } from './tally-run.ts'
import { openTestRun, runId, type TestRun } from './test-run.fixture.ts'

let run: TestRun
beforeEach(async () => {
  run = await openTestRun({ design: {}, code: { needs: ['design'] }, tests: { needs: ['code'] } })
})
afterEach(() => run.stop())

const openGated = async () => {
  const gated = await openTestRun({ design: { gate: true }, code: { needs: ['design'] } })
  return { ...gated, [Symbol.asyncDispose]: async () => void (await gated.stop()) }
}

const nothing: KnownRuns = { tallyOf: () => null, faultOf: () => null }
const listed = (known: Partial<KnownRuns> = {}) => listRuns(run.ledger, { ...nothing, ...known })[0]
const wentOn: NewRunEvent[] = [
  completed('design'),
  drafted('code', 'a.py', 1),
  drafted('code', 'b.py', 2),
  failed('code', 'file b.py'),
  { type: 'task-blocked', task: 'tests', by: 'code' },
]

describe('a run in the list says how far it has come (S47)', () => {
  test('at its end: steps, files, and why it did not complete', async () => {
    await run.journal.append(wentOn)
    await run.journal.append([{ type: 'run-ended', outcome: 'partial', tally: tallyRun(run.journal.run) }])
    const figures = { steps: 3, steps_done: 1, files: 2, reason: 'code went wrong.' }
    expect(listed()).toMatchObject({ status: 'partial', ...figures })
    await run.journal.append([claimed])
    // What was true of its end is not true of a run that goes on.
    expect(listed()).toMatchObject({ steps: 3, steps_done: null, files: null, reason: null })
  })

  test('while it is led here; of another one only what its beginning says', async () => {
    await run.journal.append(wentOn.slice(0, 2))
    expect(listed({ tallyOf: () => tallyRun(run.journal.run) })).toMatchObject({ steps_done: 1, files: 1 })
    expect(listed()).toMatchObject({ steps: 3, steps_done: null, files: null, reason: null })
  })

  test('that could not go on says why', () => {
    const faultOf = () => new AppError('unavailable', 'The disk is full. More follows.')
    expect(listed({ faultOf })).toMatchObject({ status: 'interrupted', reason: 'The disk is full.' })
  })

  test('where it waits for a person, whoever leads it, and that a person refused a step', async () => {
    await using gated = await openGated()
    const one = (known: Partial<KnownRuns> = {}) => listRuns(gated.ledger, { ...nothing, ...known })[0]!
    const waits = [{ step: 'design', title: 'Do design', is: 'waiting' }]
    gated.ledger.claim(runId)
    await gated.journal.append([claimed])
    expect(one()).toMatchObject({ status: 'running', gates: [] })
    await gated.journal.append([completed('design')])
    expect(one().gates).toEqual(waits)
    expect(one({ tallyOf: () => tallyRun(gated.journal.run) }).gates).toEqual(waits)
    expect(standingOf(one())).toBe('gated')
    await gated.journal.append([
      { type: 'gate-decided', task: 'design', open: false, comment: 'too dear' },
      { type: 'task-blocked', task: 'code', by: 'design' },
    ])
    await gated.journal.append([{ type: 'run-ended', outcome: 'failed', tally: tallyRun(gated.journal.run) }])
    expect(one()).toMatchObject({
      status: 'failed',
      reason: 'A person refused "Do design" at its gate: too dear',
      gates: [{ step: 'design', is: 'refused' }],
    })
    expect(standingOf(one())).toBe('refused')
  })

  test('of which the end says nothing more is listed with what is sure', async () => {
    await run.journal.append([{ type: 'run-ended', outcome: 'completed' }])
    expect(listed()).toMatchObject({ steps: 3, steps_done: 3, files: null, reason: null })
  })

  test('in a kept ledger of version 0.1, too', () => {
    const folder = join(run.folder, 'old')
    mkdirSync(folder)
    copyFileSync(join(import.meta.dirname, 'store/fixtures/ledger-v2.db'), join(folder, 'paddock.db'))
    const ledger = openLedger(folder)
    expect(listRuns(ledger, nothing)).toMatchObject([
      { id: runId, status: 'partial', steps: 3, steps_done: null, files: null, reason: null },
    ])
    ledger.close()
  })
})

test.each([
  ['The disk is full.', 'The disk is full.'],
  ['v1.2 of a.py failed. And more.', 'v1.2 of a.py failed.'],
  ['No end\nand a second line', 'No end'],
  ['x'.repeat(300), `${'x'.repeat(159)}…`],
])('%s in a few words', (message, words) => expect(inFewWords(message)).toBe(words))
