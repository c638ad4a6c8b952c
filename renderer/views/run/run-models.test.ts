import { describe, expect, test } from 'vitest'
import {
  answered,
  callFailed,
  claimed,
  completed,
  created,
  drafted,
  failed,
  hashOf,
  queued,
  sent,
  stamped,
  started,
} from '../../../shared/history.fixture.ts'
import type { PlannedFile } from '../../../shared/change.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import { emptyRun, foldEvents } from '../../../shared/run.ts'
import { foldNotes, noNotes } from '../../stores/run-notes.ts'
import { agentCards } from './agent-cards.ts'
import { logLine } from './log-lines.ts'
import { runHeader } from './run-header.ts'
import { stepsOf } from './step-data.ts'

const names = (role: string) => ({ developer: 'Developer', qa_engineer: 'QA engineer' })[role] ?? role
const two = {
  design: { step: 1 },
  tests: { step: 2, needs: ['design'], role: 'qa_engineer', type: 'testing' },
}

function after(...events: NewRunEvent[]) {
  const all = stamped([created(two), claimed, ...events])
  const run = foldEvents(emptyRun, all)
  const [developer, tester] = agentCards(run, foldNotes(noNotes, all), names, run.outcome !== null)
  return { run, all, developer: developer!, tester: tester! }
}
const gated = { design: { step: 1, gate: true }, tests: two.tests }
const planned = (path: string, kind: PlannedFile['kind']): PlannedFile => ({
  path,
  purpose: 'p',
  kind,
  needs: [],
})
const planMade = (...files: PlannedFile[]): NewRunEvent => ({
  type: 'plan-made',
  task: 'design',
  how: 'schema',
  files,
  refused: [],
})

describe('the card of an agent (S47, S48)', () => {
  test('idle: what it waits for, and the files that are planned', () => {
    const plan = planMade(planned('a.py', 'implementation'), planned('test_a.py', 'testing'))
    const { tester } = after(started('design'), plan)
    expect(tester).toMatchObject({ status: 'idle', word: 'Idle', call: null, taskId: 'tests' })
    expect(tester.lines).toEqual(['Starts after step 1', '', 'planned  test_a.py'])
  })

  test('working: its call, and which of the planned files it is', () => {
    const plan = planMade(planned('a.py', 'implementation'), planned('b.py', 'implementation'))
    const { developer } = after(
      started('design'),
      plan,
      queued('design', 'design.1', 'file b.py'),
      sent('design', 'design.1'),
    )
    expect(developer).toMatchObject({
      status: 'working',
      task: 'Do design: b.py, file 2 of 2',
      call: 'design.1',
      promptTokens: 100,
      window: 4096,
      note: { text: 'Prompt of 100 tokens' },
    })
  })

  test('working again: why, in the note', () => {
    const again = { ...sent('design', 'design.2'), purpose: 'again', reason: 'It named no file.' } as const
    const { developer } = after(started('design'), queued('design', 'design.2', 'plan'), again as NewRunEvent)
    expect(developer.note).toMatchObject({ tone: 'waiting', text: 'Asked again: It named no file.' })
  })

  test('waiting for a slot: who holds it, and since when', () => {
    const { tester, all } = after(
      completed('design'),
      started('design'),
      queued('design', 'design.1', 'file a.py'),
      sent('design', 'design.1'),
      started('tests', 'qa_001'),
      queued('tests', 'tests.1', 'file test_a.py'),
    )
    expect(tester).toMatchObject({ status: 'waiting', word: 'Waiting for a slot', call: 'tests.1' })
    expect(tester.lines).toEqual(['Waits for a slot, held by', 'Developer  a.py'])
    expect(tester.note).toMatchObject({ text: 'In the queue for', since: all.at(-1)!.at })
  })

  test('waiting to retry: the reason, when it is due, and the text that came', () => {
    const { developer, all } = after(
      started('design'),
      queued('design', 'design.1'),
      sent('design', 'design.1'),
      callFailed('design', 'design.1', 4000),
    )
    expect(developer).toMatchObject({ status: 'waiting', word: 'Waiting to retry', call: 'design.1' })
    expect(developer.note).toMatchObject({ text: 'Tries again', detail: 'No server answers.' })
    expect(Date.parse(developer.note.until!) - Date.parse(all.at(-1)!.at)).toBe(4000)
  })

  test('completed: what came out, with the tokens of its answers', () => {
    const { developer, tester } = after(
      started('design'),
      queued('design', 'design.1'),
      sent('design', 'design.1'),
      answered('design', 'design.1'),
      completed('design'),
    )
    expect(developer).toMatchObject({
      status: 'completed',
      tokens: 3,
      note: { tone: 'good', text: 'Did design.' },
    })
    expect(tester.lines).toEqual(['Starts as soon as a slot is free'])
  })

  test('error: what went wrong; it can be run again once the run has ended', () => {
    const during = after(started('design'), failed('design'))
    expect(during.developer).toMatchObject({
      status: 'error',
      word: 'Error',
      lines: ['design went wrong.'],
      note: { tone: 'error' },
      canRetry: false,
    })
    const ended = after(started('design'), failed('design'), { type: 'run-ended', outcome: 'failed' })
    expect(ended.developer.canRetry).toBe(true)
  })

  test('not run: what it would have done, and why it could not', () => {
    const { tester } = after(
      started('design'),
      failed('design'),
      { type: 'task-blocked', task: 'tests', by: 'design' },
      { type: 'run-ended', outcome: 'failed' },
    )
    expect(tester).toMatchObject({
      status: 'idle',
      taskId: 'tests',
      lines: [expect.stringMatching(/^It needs .*, which failed\.$/)],
      note: { tone: 'quiet', text: 'Not run' },
    })
  })

  test('its id, its task, what it has done, and what it has not been told yet', () => {
    const handOff: NewRunEvent = {
      type: 'message-sent',
      message: {
        message_id: 'design:hand-off:qa_001',
        from_agent: 'dev_001',
        to_agent: 'qa_001',
        kind: 'hand-off',
        content: 'Done.',
        task_id: 'design',
      },
    }
    const told = [started('design'), handOff, completed('design'), started('tests', 'qa_001')]
    const before = after(...told, queued('tests', 'tests.1'))
    expect(before.developer).toMatchObject({ id: 'dev_001', current: null, completed: 1, waiting: 0 })
    expect(before.tester).toMatchObject({ id: 'qa_001', current: 'tests', completed: 0, waiting: 1 })
    const asked = after(...told, queued('tests', 'tests.1'), sent('tests', 'tests.1'))
    expect(asked.tester.waiting).toBe(0)
  })

  test('at a gate: that it waits for a person', () => {
    const all = stamped([created(gated), claimed, started('design'), completed('design')])
    const [developer] = agentCards(foldEvents(emptyRun, all), foldNotes(noNotes, all), names, false)
    expect(developer).toMatchObject({
      word: 'Completed, at a gate',
      note: { text: 'Waits for your decision' },
    })
  })
})

describe('the header of a run', () => {
  test('counts completed steps and the one that is on', () => {
    const { run } = after(started('design'), completed('design'), started('tests', 'qa_001'))
    const header = runHeader(run, 'running')
    expect(header).toMatchObject({
      phase: 'running',
      step: 2,
      steps: 2,
      completed: 1,
      segments: ['good', 'accent'],
    })
    expect(header.can).toEqual({ pause: true, goOn: false, resume: false, stop: true })
    expect(header.canRetry).toBe(false)
  })

  test.each([
    [[{ type: 'control-requested', action: 'pause' }], 'paused', 'paused', { goOn: true, stop: true }],
    [[{ type: 'control-requested', action: 'cancel' }], 'running', 'stopping', {}],
    [[], 'interrupted', 'interrupted', { resume: true, stop: true }],
    [[{ type: 'run-ended', outcome: 'partial' }], 'partial', 'partial', { resume: true }],
    [[{ type: 'run-ended', outcome: 'completed' }], 'completed', 'completed', {}],
  ] as const)('%j and %s: %s', (events, status, phase, can) => {
    const { run } = after(...events)
    const none = { pause: false, goOn: false, resume: false, stop: false }
    expect(runHeader(run, status)).toMatchObject({ phase, can: { ...none, ...can } })
  })
})

describe('the steps of a run', () => {
  test('each says how it stands and why', () => {
    const { run } = after(
      started('design'),
      drafted('design', 'a.py', 1),
      completed('design'),
      started('tests', 'qa_001'),
      queued('tests', 'tests.1'),
    )
    expect(stepsOf(run)).toMatchObject([
      { name: '1', state: 'completed', facts: ['1 file'], files: 1, role: 'developer' },
      { name: '2', state: 'queued', facts: ['queued'], needs: ['design'], role: 'qa_engineer' },
    ])
    expect(stepsOf(after().run)[1]!.facts).toEqual(['after 1'])
  })

  test('one that ran again says so, and what was built on it is stale', () => {
    const { run } = after(started('design'), completed('design'), started('tests'), completed('tests'), {
      type: 'task-restarted',
      task: 'design',
      from: 'beginning',
    })
    expect(stepsOf(run).map(({ state, facts }) => [state, facts])).toEqual([
      ['pending', ['starts next', 'time 2']],
      ['stale', ['stale']],
    ])
  })
})

describe('the log of a run', () => {
  const lineOf = (...events: NewRunEvent[]) => {
    const { run, all } = after(...events)
    return logLine(run, all.at(-1)!)
  }

  test('a task that starts is told of with its agent and its id (S108)', () => {
    expect(lineOf(started('design'))).toMatchObject({
      level: 'info',
      source: '[dev_001]',
      text: 'Starting task: design, Do design',
    })
  })

  test('a line has its time, who it is about and how much it matters', () => {
    expect(
      lineOf(started('design'), queued('design', 'd', 'file a.py'), callFailed('design', 'd', 2000)),
    ).toMatchObject({ level: 'warn', text: 'No server answers. Tries again in 2 s.' })
    expect(lineOf({ type: 'file-decided', path: 'a', decision: 'rejected', hash: hashOf(1) })).toMatchObject({
      source: 'you',
      text: 'a: rejected',
    })
  })

  test('an error has its cause: of what kind it is, what it left open, and what the calls met with (S108)', () => {
    const line = lineOf(
      started('design'),
      queued('design', 'design.1', 'file a.py'),
      sent('design', 'design.1'),
      callFailed('design', 'design.1', 10),
      queued('design', 'design.2', 'file a.py'),
      callFailed('design', 'design.2', null),
      failed('design', 'file a.py'),
    )
    expect(line).toMatchObject({ level: 'error', source: '[dev_001]' })
    expect(line.cause).toEqual([
      'Kind of error: invalid',
      'Question left open: a.py',
      'Call design.1: No server answers.',
      'Call design.2: No server answers.',
      expect.stringContaining('trace is in the log file'),
    ])
  })

  test('an answer that was cut off is a warning', () => {
    const cut = { ...answered('design', 'd'), finish: 'length' } as NewRunEvent
    expect(lineOf(started('design'), queued('design', 'd', 'file a.py'), cut)).toMatchObject({
      level: 'warn',
      text: 'Answer for a.py: 3 tokens in 0 s, 50 of the prompt from the cache; it was cut off at its limit',
    })
  })

  test('what only tells how the run goes in detail is for those who ask for all of it (S109)', () => {
    expect(lineOf(started('design'), queued('design', 'd', 'file a.py'))).toMatchObject({
      level: 'debug',
      text: 'Waits for a slot to ask for a.py',
    })
  })
})
