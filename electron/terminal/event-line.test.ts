import { describe, expect, test } from 'vitest'
import {
  callFailed,
  completed,
  created,
  queued,
  sent,
  stamped,
  started,
} from '../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../shared/run-event.ts'
import { applyEvent, emptyRun } from '../../shared/run.ts'
import { eventLines } from './event-line.ts'
import { liveView } from './live-view.ts'
import { programName } from './program-name.ts'

const id = '20260101-000000-abcdef'

/** The lines of the last event, with the run as it is then. */
function afterAll(...events: NewRunEvent[]) {
  const all = stamped(events)
  const run = all.reduce(applyEvent, emptyRun)
  return {
    lines: eventLines(run, all.at(-1)!),
    view: liveView(run, new Map(), Date.parse(run.createdAt), 79),
  }
}

const gated = created({ plan: { gate: true, step: 2 }, code: { needs: ['plan'], step: 3 } })

describe('what a person has to know is in the log and in the live view (S6)', () => {
  test('a gate that waits, with how it is opened', () => {
    const { lines, view } = afterAll(gated, started('plan'), completed('plan'))
    expect(lines).toEqual([
      '[dev_001] Done: Do plan. Did plan.',
      `Step 2 (Do plan) waits for your decision: ${programName} gate ${id} 2 --open (or --close)`,
    ])
    expect(view.at(-1)).toBe(`GATE    ${programName} gate ${id} 2 --open (or --close)`)
  })

  test('what a gate was decided', () => {
    const decided = { type: 'gate-decided', task: 'plan', open: true, comment: 'good\nenough' } as const
    const { lines, view } = afterAll(gated, started('plan'), completed('plan'), decided)
    expect(lines).toEqual(['Gate after Do plan opened: good enough'])
    expect(view.join('\n')).not.toContain('GATE')
  })

  test('a pause, and that it is over', () => {
    const pause = { type: 'control-requested', action: 'pause' } as const
    const paused = afterAll(created({ a: {} }), pause)
    expect(paused.lines[0]).toMatch(new RegExp(`^Paused\\. .* ${programName} resume ${id}$`))
    expect(paused.view.at(-1)).toBe(`PAUSED  ${programName} resume ${id}`)
    const again = afterAll(created({ a: {} }), pause, { type: 'control-requested', action: 'continue' })
    expect(again.lines).toEqual(['Going on.'])
    expect(again.view.join('\n')).not.toContain('PAUSED')
  })

  test('a call that is tried again, with the reason', () => {
    const history = [created({ a: {} }), started('a'), queued('a', 'a.1', 'file x.py'), sent('a', 'a.1')]
    const { lines, view } = afterAll(...history, callFailed('a', 'a.1', 2000))
    expect(lines).toEqual(['[dev_001] No server answers. Trying again in 2 s.'])
    expect(view[0]).toMatch(/^dev_001 +waiting .*file x\.py: tries again soon\. No server answers\./)
    const retried = { ...sent('a', 'a.2'), purpose: 'retry', reason: 'No server answers.' } as NewRunEvent
    const next = afterAll(...history, callFailed('a', 'a.1', 2000), queued('a', 'a.2', 'file x.py'), retried)
    expect(next.lines).toEqual(['[dev_001] file x.py (again after a fault): No server answers.'])
  })

  test('a call that waits for a slot', () => {
    const { view } = afterAll(created({ a: {} }), started('a'), queued('a', 'a.1', 'plan'))
    expect(view[0]).toMatch(/^dev_001 +waiting .*plan: waits for a slot$/)
  })

  test('a message, shortened and on one line whatever is in it', () => {
    const content = `Fix\nthis \u001b[31m${'x'.repeat(5000)}`
    const message = {
      message_id: '1',
      from_agent: 'qa_001',
      to_agent: 'dev_001',
      kind: 'bug-report',
      content,
      task_id: null,
    } as const
    const { lines } = afterAll(created({ a: {} }), { type: 'message-sent', message })
    expect(lines[0]).toMatch(/^\[qa_001\] to dev_001, bug-report: Fix this {2}\[31mx+…$/)
    expect(lines[0]!.length).toBeLessThan(350)
  })

  test('the code that a run was given, and what of it has changed', () => {
    const file = { path: 'a.py', hash: '0'.repeat(64), bytes: 5, tokens: 2, why: 'named' }
    const code = { files: [file], left_out: [{ path: 'b.bin', reason: 'binary' }] }
    const start = { ...created({ a: {} }), code } as NewRunEvent
    expect(afterAll(start).lines).toContain('Code of the workspace: 1 file given, 1 left out')
    const { lines } = afterAll(start, { type: 'code-changed', path: 'a.py', hash: null })
    expect(lines).toEqual(['a.py is gone since this run read it.'])
  })
})

test('no line of the live view is wider than the terminal, so that it can be painted over', () => {
  const wide = created({ a: { step: 1, gate: true } })
  const long = queued('a', 'a.1', 'file '.padEnd(400, 'x'))
  for (const width of [20, 40, 79])
    for (const line of liveView(
      [...stamped([wide, started('a'), long])].reduce(applyEvent, emptyRun),
      new Map(),
      0,
      width,
    ))
      expect(line.length).toBeLessThanOrEqual(width)
})
