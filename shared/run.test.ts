import { describe, expect, test } from 'vitest'
import { Draft } from './change.ts'
import {
  answered,
  callFailed,
  callsOf,
  claimed,
  completed,
  created,
  createTask,
  decided,
  diamond,
  drafted,
  failed,
  fold,
  foldOnto,
  gateDecided,
  hashOf,
  message,
  queued,
  restarted,
  sent,
  stamped,
  started,
  statuses,
  timeOf,
  trimmed,
  unplaced,
} from './history.fixture.ts'
import { RunEvent, type NewRunEvent } from './run-event.ts'
import { applyEvent, emptyRun, type Run } from './run.ts'

/** What a person wrote or named. */
const draftOf = (path: string, hash: number): Draft =>
  Draft.parse({
    ...{ path, hash: hashOf(hash), bytes: 3, language: null, complete: true },
    ...{ how: 'person', call: 'a.2', line: hash },
  })

/** One of everything, in an order that could happen. */
const everything: NewRunEvent[] = [
  created({ a: { gate: true }, b: { needs: ['a'] }, c: { needs: ['b'] } }),
  claimed,
  started('a'),
  queued('a', 'a.1', 'plan'),
  sent('a', 'a.1'),
  callFailed('a', 'a.1', 1000),
  queued('a', 'a.2', 'plan'),
  sent('a', 'a.2'),
  answered('a', 'a.2'),
  trimmed('plan', 50),
  {
    type: 'plan-made',
    task: 'a',
    how: 'schema',
    files: [{ path: 'x.py', purpose: 'X', kind: 'implementation', needs: [] }],
    refused: [],
  },
  drafted('a', 'x.py', 1),
  unplaced('a', 9),
  { type: 'file-conflicted', task: 'a', path: 'y.py', versions: [] },
  message('m1'),
  completed('a'),
  gateDecided(true),
  started('b'),
  failed('b', 'answer'),
  { type: 'task-blocked', task: 'c', by: 'b' },
  restarted('b', 'failed-parts'),
  { type: 'task-added', task: createTask('e', { needs: ['a'] }) },
  decided('x.py', 'accepted', 1),
  { type: 'file-edited', path: 'q.py', draft: draftOf('q.py', 5) },
  { type: 'version-chosen', path: 'y.py', hash: hashOf(6) },
  { type: 'block-placed', task: 'a', draft: draftOf('z.py', 7) },
  { type: 'file-writing', path: 'x.py', hash: hashOf(1), previous: hashOf(2) },
  { type: 'file-refused', path: 'x.py', reason: 'Could not write x.py: the disk is full.' },
  { type: 'file-written', path: 'x.py', hash: hashOf(1) },
  { type: 'control-requested', action: 'cancel' },
  { type: 'code-changed', path: 'lib.py', hash: null },
  { type: 'run-ended', outcome: 'cancelled' },
]

describe('folding', () => {
  test('there is an event of every type below, and each is valid', () => {
    const all = new Set(RunEvent.options.map((option) => option.shape.type.value))
    expect(new Set(everything.map(({ type }) => type))).toEqual(all)
    for (const event of stamped(everything)) expect(RunEvent.parse(event)).toEqual(event)
  })

  test('a whole history comes to its run', () => {
    const run = fold(...everything)
    expect(run).toMatchObject({
      id: '20260101-000000-abcdef',
      seq: everything.length,
      createdAt: timeOf(1),
      endedAt: timeOf(everything.length),
      outcome: 'cancelled',
      control: 'cancel',
      model: 'devstral',
      window: 4096,
      files: { 'x.py': { decision: 'accepted', decidedHash: hashOf(1), writing: null, written: hashOf(1) } },
      omissions: [{ task: 'a', part: 'plan', budget: 100 }],
      messages: [{ message_id: 'm1' }],
      unplaced: [{ task: 'a', line: 9 }],
      tasks: {
        a: { status: 'completed', agent: 'dev_001', startedAt: timeOf(3), plan: [{ path: 'x.py' }] },
        b: { status: 'pending', attempt: 2 },
        c: { status: 'pending', attempt: 1 },
        e: { status: 'pending', attempt: 1 },
      },
    })
    expect(callsOf(run)).toEqual(['a.1 failed', 'a.2 ended'])
    expect(run.tasks['a']!.calls[1]!.answer).toEqual({
      hash: hashOf(1),
      bytes: 12,
      finish: 'stop',
      usage: { prompt: 100, completion: 3, cached: 50 },
      ms: 20,
    })
  })

  test('it changes nothing that it is given, and the same history gives the same run', () => {
    let run = deepFreeze(emptyRun)
    for (const event of stamped(everything)) run = deepFreeze(applyEvent(run, deepFreeze(event)))
    expect(run).toEqual(fold(...everything))
  })

  test.each(
    everything.map((event) => [event.type, event] as const).filter(([type]) => type !== 'run-created'),
  )('%s for a task or file that is not there breaks nothing', (_, event) => {
    const run = fold(created({ z: {} }))
    expect(Object.keys(foldOnto(run, event).tasks)).toEqual(event.type === 'task-added' ? ['z', 'e'] : ['z'])
  })

  test('25,000 events: every one is folded, none is lost', () => {
    const calls = Array.from({ length: 4000 }, (_, index) => {
      const task = `t${index % 40}`
      const id = `${task}.${index}`
      const file = drafted(task, `src/file-${index % 400}.py`, index, { call: id })
      return [
        queued(task, id),
        sent(task, id),
        answered(task, id),
        file,
        message(`m${index % 100}`),
        trimmed(`p${index % 50}`, index),
      ]
    }).flat()
    const tasks = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`t${index}`, {}]))
    const more = Array.from({ length: 1000 }, (_, index) => unplaced(`t${index % 40}`, index))
    const run = fold(created(tasks), ...calls, ...more)
    expect(run.seq).toBe(25_001)
    expect(Object.values(run.tasks).flatMap(({ calls: made }) => made)).toHaveLength(4000)
    expect(Object.values(run.files).flatMap(({ versions }) => versions)).toHaveLength(4000)
    expect([run.messages.length, run.unplaced.length, run.omissions.length]).toEqual([100, 1000, 50])
  })
})

describe('after a crash', () => {
  test('open calls are void, ended and failed ones stay, and running tasks wait again', () => {
    const run = fold(
      diamond,
      claimed,
      started('a'),
      queued('a', 'a.1'),
      sent('a', 'a.1'),
      callFailed('a', 'a.1', 1000),
      queued('a', 'a.2'),
      sent('a', 'a.2'),
      answered('a', 'a.2'),
      queued('a', 'a.3'),
      sent('a', 'a.3'),
      queued('a', 'a.4'),
      { type: 'control-requested', action: 'cancel' },
      { type: 'run-ended', outcome: 'cancelled' },
      { ...claimed, model: 'other', window: null } as NewRunEvent,
    )
    expect(callsOf(run)).toEqual(['a.1 failed', 'a.2 ended', 'a.3 void', 'a.4 void'])
    expect(run).toMatchObject({ control: 'run', outcome: null, endedAt: null, model: 'other', window: null })
    expect(statuses(run)).toEqual(['pending', 'pending', 'pending', 'pending'])
  })

  test('what settled before stays as it was', () => {
    const run = fold(diamond, completed('a'), started('b'), failed('b', 'x'), started('c'), claimed)
    expect(statuses(run)).toEqual(['completed', 'failed', 'pending', 'pending'])
    expect(run.tasks['b']!.failedParts).toEqual(['x'])
  })

  test.each<[string, NewRunEvent, (run: Run) => unknown[]]>([
    ['draft', drafted('a', 'x.py', 1), (run) => [...run.files['x.py']!.versions]],
    ['draft in a dispute', drafted('c', 'x.py', 2), (run) => [...run.files['x.py']!.conflict]],
    ['block without a place', unplaced('a', 3), (run) => [...run.unplaced]],
    ['message', message('m'), (run) => [...run.messages]],
    ['omission', trimmed('plan', 5), (run) => [...run.omissions]],
  ])('a %s that is derived once more is the same, not a second one', (_, event, read) => {
    const before = fold(diamond, drafted('b', 'x.py', 1, { call: 'b.1' }), event)
    expect(read(before).length).toBeGreaterThan(0)
    expect(read(foldOnto(before, claimed, event))).toEqual(read(before))
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
