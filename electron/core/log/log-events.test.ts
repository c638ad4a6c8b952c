import { describe, expect, test } from 'vitest'
import * as history from '../../../shared/history.fixture.ts'
import type { NewRunEvent, RunEvent } from '../../../shared/run-event.ts'
import { hashOf, stamped } from '../../../shared/history.fixture.ts'
import type { Log, LogFields } from './log.ts'
import { logEvents } from './log-events.ts'
import { logLineOf } from './log-line.ts'

type Line = [level: string, message: string, fields: LogFields]

/** A log that keeps its lines. */
function createLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = []
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push([level, message, fields])
  const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { log: { ...log, hide: () => {}, close: async () => {} }, lines }
}

function logged(...events: NewRunEvent[]): Line[] {
  const { log, lines } = createLog()
  stamped(events).forEach(logEvents(log))
  return lines
}

const run = '20260101-000000-abcdef'
const said = 'What a person or a model wrote.'
const draft = {
  path: 'a.py',
  hash: hashOf(1),
  bytes: 3,
  language: null,
  how: 'plan',
  call: 'a.1',
  line: 1,
} as const
const unplaced = { ...draft, reason: said, candidates: [{ path: 'b.py', why: said }] }
const error = { code: 'unavailable', message: 'No server answers.', hint: 'Start it.' } as const

/** One of each, with all that is not for the log in it. */
const each: { [T in RunEvent['type']]: Extract<NewRunEvent, { type: T }> } = {
  'run-created': {
    ...(history.created({ a: {} }) as Extract<NewRunEvent, { type: 'run-created' }>),
    requirement: said,
  },
  'run-claimed': { type: 'run-claimed', pid: 7, model: 'devstral', window: 4096 },
  'task-added': { type: 'task-added', task: { ...history.createTask('b'), description: said } },
  'task-started': { type: 'task-started', task: 'a', agent: 'dev_001' },
  'task-completed': {
    type: 'task-completed',
    task: 'a',
    result: { summary: said, text: hashOf(2), files: ['a.py'], assumptions: [said] },
  },
  'task-failed': { type: 'task-failed', task: 'a', error, parts: ['answer'] },
  'task-blocked': { type: 'task-blocked', task: 'b', by: 'a' },
  'task-restarted': { type: 'task-restarted', task: 'a', from: 'failed-parts' },
  'gate-decided': { type: 'gate-decided', task: 'a', open: true, comment: said },
  'call-queued': { type: 'call-queued', task: 'a', call: 'a.1', part: 'answer' },
  'call-started': {
    type: 'call-started',
    task: 'a',
    call: 'a.1',
    purpose: 'first',
    reason: said,
    prompt: hashOf(3),
    prompt_tokens: 100,
    counted_by: 'server',
    max_tokens: 500,
    prefilled: false,
  },
  'call-failed': { type: 'call-failed', task: 'a', call: 'a.1', error, retry_in: 1200 },
  'answer-ended': history.answered('a', 'a.1') as Extract<NewRunEvent, { type: 'answer-ended' }>,
  'context-trimmed': {
    type: 'context-trimmed',
    task: 'a',
    part: 'answer',
    budget: 3000,
    items: [
      { what: said, tokens: 500, kept: 100 },
      { what: said, tokens: 200, kept: 0 },
    ],
  },
  'plan-made': {
    type: 'plan-made',
    task: 'a',
    how: 'schema',
    files: [{ path: 'a.py', purpose: said, kind: 'implementation', needs: [] }],
    refused: [],
  },
  'file-drafted': {
    type: 'file-drafted',
    task: 'a',
    role: 'developer',
    draft: { ...draft, complete: true, elided: false, note: null },
  },
  'block-unplaced': { type: 'block-unplaced', task: 'a', block: unplaced },
  'file-conflicted': {
    type: 'file-conflicted',
    task: 'a',
    path: 'a.py',
    versions: [
      { ...draft, complete: true, elided: false, note: null },
      { ...draft, hash: hashOf(2), complete: true, elided: false, note: null },
    ],
  },
  'message-sent': {
    type: 'message-sent',
    message: {
      message_id: 'm',
      from_agent: 'qa_001',
      to_agent: 'dev_001',
      kind: 'bug-report',
      content: said,
      task_id: 'a',
    },
  },
  'code-changed': { type: 'code-changed', path: 'old.py', hash: null },
  'file-decided': { type: 'file-decided', path: 'a.py', decision: 'accepted', hash: hashOf(1) },
  'file-edited': {
    type: 'file-edited',
    path: 'a.py',
    draft: { ...draft, complete: true, elided: false, note: null, how: 'person' },
  },
  'version-chosen': { type: 'version-chosen', path: 'a.py', hash: hashOf(1) },
  'block-placed': {
    type: 'block-placed',
    task: 'a',
    draft: { ...draft, complete: true, elided: false, note: null, how: 'person' },
  },
  'file-writing': { type: 'file-writing', path: 'a.py', hash: hashOf(1), previous: null },
  'file-written': { type: 'file-written', path: 'a.py', hash: hashOf(1) },
  'file-refused': { type: 'file-refused', path: 'a.py', reason: 'Could not write a.py: it is read-only.' },
  'control-requested': { type: 'control-requested', action: 'pause' },
  'run-ended': { type: 'run-ended', outcome: 'partial' },
}

describe('what the log says of a run (S108, S109)', () => {
  test.each([
    ['run-created', 'info', `Run ${run} created: sketch, 1 task`],
    ['run-claimed', 'info', `Run ${run} is led by process 7`],
    ['task-added', 'info', 'Task added: b'],
    ['task-started', 'info', '[dev_001] Starting task: a'],
    ['task-completed', 'info', '[dev_001] Completed task: a'],
    ['task-failed', 'error', '[dev_001] Failed task: a: No server answers.'],
    ['task-blocked', 'warn', 'Blocked task: b, by a'],
    ['task-restarted', 'info', '[dev_001] Restarted task: a'],
    ['gate-decided', 'info', '[dev_001] Gate after a: opened'],
    ['call-queued', 'debug', '[dev_001] Call a.1 queued'],
    ['call-started', 'debug', '[dev_001] Call a.1 started'],
    ['call-failed', 'warn', '[dev_001] Call a.1 failed, next try in 1200 ms: No server answers.'],
    ['answer-ended', 'debug', '[dev_001] Call a.1 ended'],
    ['context-trimmed', 'warn', '[dev_001] Context trimmed: 2 items did not fit whole'],
    ['plan-made', 'info', '[dev_001] Planned 1 file'],
    ['file-drafted', 'debug', '[dev_001] Drafted a.py'],
    ['block-unplaced', 'warn', '[dev_001] A block of code has no sure name'],
    ['file-conflicted', 'warn', '[dev_001] 2 versions claim a.py'],
    ['message-sent', 'debug', 'Message from qa_001 to dev_001'],
    ['code-changed', 'warn', 'old.py is gone since it was read'],
    ['file-decided', 'info', 'a.py was accepted'],
    ['file-writing', 'debug', 'Writing a.py'],
    ['file-written', 'info', 'Wrote a.py'],
    ['file-refused', 'warn', 'Could not write a.py: it is read-only.'],
    ['control-requested', 'info', `Run ${run}: asked to pause`],
    ['run-ended', 'info', `Run ${run} ended: partial`],
  ] as const)('%s is %s', (type, level, message) => {
    const [line] = logged(each['task-started'], each[type]).slice(type === 'task-started' ? 0 : 1)
    expect(line!.slice(0, 2)).toEqual([level, message])
    expect(line![2]).toMatchObject({ run, seq: expect.any(Number) })
  })

  test('every kind of event is in that table, and none of them tells what was written', () => {
    const lines = logged(...Object.values(each))
    expect(lines).toHaveLength(29)
    expect(JSON.stringify(lines)).not.toContain(said)
  })

  test('figures of calls (S109)', () => {
    const [, , ended] = logged(each['task-started'], each['call-started'], each['answer-ended'])
    expect(ended![2]).toMatchObject({
      task: 'a',
      call: 'a.1',
      usage: { prompt: 100, completion: 3 },
      ms: 20,
      first_token_ms: 5,
    })
  })

  test('a failed task: its message, what to do about it, and its parts (S87)', () => {
    const [, line] = logged(each['task-started'], each['task-failed'])
    expect(line![2]).toEqual({
      run,
      seq: 2,
      task: 'a',
      code: 'unavailable',
      hint: 'Start it.',
      parts: ['answer'],
    })
  })

  test.each([
    ['an answer that has to be asked for again', { ...each['call-started'], purpose: 'again' }],
    ['a call that is not tried again', { ...each['call-failed'], retry_in: null }],
    ['a plan with refused entries', { ...each['plan-made'], refused: [said] }],
    ['a file that is held', { ...each['file-drafted'], draft: { ...draft, complete: false } }],
  ] as const)('%s is a warning', (_, event) => {
    const [line] = logged(event as NewRunEvent)
    expect(line![0]).toBe('warn')
    expect(JSON.stringify(line)).not.toContain(said)
  })

  test('each task has its own agent, and runs do not mix', () => {
    const { log, lines } = createLog()
    const tell = logEvents(log)
    const other = (event: RunEvent) => ({ ...event, run: 'other' })
    const [one, two, end, late] = stamped([
      history.started('a', 'dev_001'),
      history.started('b', 'dev_002'),
      { type: 'run-ended', outcome: 'completed' },
      history.completed('a'),
    ])
    const [failed] = stamped([history.failed('a')])
    for (const event of [one!, two!, other(failed!), late!, end!, late!]) tell(event)
    expect(lines.map(([, message]) => message)).toEqual([
      '[dev_001] Starting task: a',
      '[dev_002] Starting task: b',
      'Failed task: a: a went wrong.',
      '[dev_001] Completed task: a',
      `Run ${run} ended: completed`,
      'Completed task: a',
    ])
  })

  test('an event says the same without a listener', () => {
    const [event] = stamped([history.completed('a')])
    expect(logLineOf(event!, 'dev_001').message).toBe('[dev_001] Completed task: a')
    expect(logLineOf(event!).message).toBe('Completed task: a')
  })
})
