import { describe, expect, test } from 'vitest'
import {
  answered,
  callFailed,
  claimed,
  completed,
  created,
  createTask,
  drafted,
  failed,
  fold,
  foldOnto,
  hashOf,
  queued,
  sent,
  stamped,
  started,
  timeOf,
  unplaced,
} from './history.fixture.ts'
import { readyTasks, stoppedTasks } from './run-graph.ts'
import { Draft } from './change.ts'
import { RunEvent, type NewRunEvent } from './run-event.ts'
import { applyEvent, emptyRun, type Run } from './run.ts'

/** a, then b and c side by side, then d on both. */
const diamond = created({ a: {}, b: { needs: ['a'] }, c: { needs: ['a'] }, d: { needs: ['b', 'c'] } })
const chain = created({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'] } })
const message = (id: string, task_id: string | null = null, content = id): NewRunEvent => ({
  type: 'message-sent',
  message: {
    message_id: id,
    from_agent: 'dev_001',
    to_agent: 'all',
    kind: 'note',
    content,
    task_id,
  },
})
const trimmed = (part: string, tokens: number): NewRunEvent => ({
  type: 'context-trimmed',
  task: 'a',
  part,
  budget: 100,
  items: [{ what: 'file x', tokens, kept: 0 }],
})
const restarted = (task: string, from: 'failed-parts' | 'beginning'): NewRunEvent => ({
  type: 'task-restarted',
  task,
  from,
})
const decided = (path: string, decision: 'accepted' | 'rejected', hash: number): NewRunEvent => ({
  type: 'file-decided',
  path,
  decision,
  hash: hashOf(hash),
})
const gateDecided = (open: boolean, comment = ''): NewRunEvent => ({
  type: 'gate-decided',
  task: 'a',
  open,
  comment,
})

const statuses = (run: Run) => Object.values(run.tasks).map(({ status }) => status)
const callsOf = (run: Run, task = 'a') => run.tasks[task]!.calls.map(({ id, status }) => `${id} ${status}`)
const staleOf = (run: Run) =>
  Object.values(run.tasks).flatMap(({ task, stale }) => (stale ? [`${task.task_id}: ${stale}`] : []))

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

describe('tasks', () => {
  const tried = [
    started('a'),
    queued('a', 'a.1', 'plan'),
    sent('a', 'a.1'),
    answered('a', 'a.1'),
    queued('a', 'a.2', 'file x'),
    sent('a', 'a.2'),
    callFailed('a', 'a.2', null),
    failed('a', 'file x'),
  ]

  test('a restart from the failed parts asks only those anew (S87)', () => {
    const run = fold(
      chain,
      ...tried,
      { type: 'task-blocked', task: 'b', by: 'a' },
      restarted('a', 'failed-parts'),
    )
    expect(callsOf(run)).toEqual(['a.1 ended', 'a.2 void'])
    expect(run.tasks['a']).toMatchObject({
      status: 'pending',
      attempt: 2,
      failedParts: [],
      task: { error: null, result: null, completed_at: null },
    })
    expect(run.tasks['b']).toMatchObject({
      status: 'pending',
      attempt: 1,
      task: { error: null, completed_at: null },
    })
  })

  test('a restart from the beginning asks everything anew', () => {
    const run = fold(chain, ...tried, restarted('a', 'beginning'), restarted('a', 'beginning'))
    expect(callsOf(run)).toEqual(['a.1 void', 'a.2 void'])
    expect(run.tasks['a']!.attempt).toBe(3)
  })

  test('what a task told others counts no more: it is told again as it comes out then', () => {
    const run = fold(chain, message('m', 'a', 'old'), message('n', 'b'), restarted('a', 'beginning'))
    expect(run.messages.map(({ message_id }) => message_id)).toEqual(['n'])
    expect(foldOnto(run, message('m', 'a', 'new')).messages.at(-1)).toMatchObject({ content: 'new' })
  })

  test('what rests on a task that runs again is stale, what has not run yet is not', () => {
    const run = fold(chain, completed('a'), completed('b'), restarted('a', 'beginning'))
    expect(staleOf(run)).toEqual(['b: a ran again'])
    expect(staleOf(foldOnto(run, restarted('b', 'beginning')))).toEqual([])
  })

  test('a failure names what it was, and those below are blocked by what they need (S87)', () => {
    const run = fold(chain, started('a'), failed('a'))
    expect(stoppedTasks(run)).toEqual([{ id: 'b', by: 'a' }])
    const blocked = foldOnto(run, { type: 'task-blocked', task: 'b', by: 'a' })
    expect(blocked.tasks['b']!.task.error).toEqual({
      code: 'unavailable',
      message: 'It needs "Do a", which failed.',
    })
    expect(stoppedTasks(blocked)).toEqual([{ id: 'c', by: 'b' }])
    expect(statuses(blocked)).toEqual(['failed', 'blocked', 'pending'])
  })

  describe('what came of answers that no longer count', () => {
    const asked = ['a.1', 'a.2'].flatMap((call, index) => [
      queued('a', call, `file ${index + 1}`),
      answered('a', call),
      drafted('a', `f${index + 1}.py`, index, { call }),
      unplaced('a', index),
    ])
    const filesOf = ({ files }: Run) => Object.keys(files)

    test('is gone with them: all of it, or that of the questions that failed', () => {
      const over = fold(chain, ...asked, drafted('a', 'docs/a.md', 5, { call: 'a:docs/a.md' }))
      const all = foldOnto(over, failed('a'), restarted('a', 'beginning'))
      expect([filesOf(all), all.unplaced]).toEqual([[], []])
      const some = foldOnto(over, failed('a', 'file 2'), restarted('a', 'failed-parts'))
      expect(filesOf(some)).toEqual(['f1.py', 'docs/a.md'])
    })

    test('leaves what an earlier task made of the same file', () => {
      const run = fold(chain, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2), failed('b'))
      const again = foldOnto(run, restarted('b', 'beginning'))
      expect(again.files['x.py']!.versions.map(({ task }) => task)).toEqual(['a'])
    })

    test('stays where it lies in the workspace, and in a dispute with another task', () => {
      const written: NewRunEvent = { type: 'file-written', path: 'x.py', hash: hashOf(1) }
      const run = fold(chain, drafted('b', 'x.py', 1), written, failed('b'), restarted('b', 'beginning'))
      expect(filesOf(run)).toEqual(['x.py'])
      const rivals = fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2), failed('c'))
      expect(foldOnto(rivals, restarted('c', 'beginning')).files['x.py']!.conflict).toHaveLength(2)
    })
  })

  test('what was made behind a gate that was closed is held back, until it is made again', () => {
    const gated = fold(created({ a: { gate: true } }), drafted('a', 'x.py', 1), completed('a'))
    const closed = foldOnto(gated, gateDecided(false))
    expect(closed.tasks['a']!.stale).toBe('its gate was closed')
    const again = foldOnto(closed, restarted('a', 'beginning'), drafted('a', 'y.py', 1), completed('a'))
    expect([again.tasks['a']!.stale, Object.keys(again.files)]).toEqual([null, ['y.py']])
  })

  test('a gate holds what depends on it until it is opened', () => {
    const gated = fold(created({ a: { gate: true }, b: { needs: ['a'] } }), started('a'), completed('a'))
    expect(statuses(gated)).toEqual(['gated', 'pending'])
    expect(readyTasks(gated)).toEqual([])
    const open = foldOnto(gated, gateDecided(true))
    expect(readyTasks(open).map(({ task }) => task.task_id)).toEqual(['b'])
    expect(foldOnto(open, gateDecided(false)).tasks).toEqual(open.tasks)
  })

  test.each([
    ['', 'A person refused "Do a" at its gate.'],
    ['too dear', 'A person refused "Do a" at its gate: too dear'],
  ])('a gate that is closed with %j stops the run there', (comment, said) => {
    const run = fold(
      created({ a: { gate: true }, b: { needs: ['a'] } }),
      completed('a'),
      gateDecided(false, comment),
    )
    expect(run.tasks['a']!.task.error).toEqual({
      code: 'cancelled',
      message: said,
      hint: `To have it done again: paddock resume ${run.id}`,
    })
    expect(stoppedTasks(run)).toEqual([{ id: 'b', by: 'a' }])
    const blocked = foldOnto(run, { type: 'task-blocked', task: 'b', by: 'a' }).tasks['b']!
    expect(blocked.task.error!.message).toBe('It needs "Do a", which was refused at its gate.')
  })

  test('the more important goes first, then the order of the workflow (S35)', () => {
    const run = fold(
      created({
        low: { priority: -1 },
        one: {},
        high: { priority: 9 },
        two: {},
        later: { needs: ['one'], priority: 99 },
      }),
    )
    expect(readyTasks(run).map(({ task }) => task.task_id)).toEqual(['high', 'one', 'two', 'low'])
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

describe('files', () => {
  const of = (run: Run) => {
    const { versions, conflict } = run.files['x.py']!
    return { versions: versions.map(({ task }) => task), conflict: conflict.map(({ task }) => task) }
  }

  test('side by side with different contents is a conflict; the same content is not', () => {
    expect(of(fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2)))).toEqual({
      versions: ['b'],
      conflict: ['b', 'c'],
    })
    expect(of(fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 1)))).toEqual({
      versions: ['b', 'c'],
      conflict: [],
    })
  })

  test('every one of three that dispute a path is named', () => {
    const wide = created({ a: {}, b: {}, c: {} })
    expect(
      of(fold(wide, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2), drafted('c', 'x.py', 3))).conflict,
    ).toEqual(['a', 'b', 'c'])
  })

  test('a task that rests on the others supersedes them, and settles their dispute', () => {
    expect(of(fold(diamond, drafted('a', 'x.py', 1), drafted('b', 'x.py', 2)))).toEqual({
      versions: ['a', 'b'],
      conflict: [],
    })
    const settled = fold(diamond, drafted('b', 'x.py', 1), drafted('c', 'x.py', 2), drafted('d', 'x.py', 3))
    expect(of(settled)).toEqual({ versions: ['b', 'd'], conflict: [] })
  })

  test('the same task may correct itself; a decision on the old content does not hold for the new', () => {
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1),
      decided('x.py', 'accepted', 1),
      drafted('a', 'x.py', 2, { call: 'a.2' }),
    )
    expect(run.files['x.py']).toMatchObject({ decision: null, decidedHash: null, conflict: [] })
    expect(run.files['x.py']!.versions.map(({ hash }) => hash)).toEqual([hashOf(1), hashOf(2)])
  })

  test('content of our own making is drafted anew when a task makes something else of it', () => {
    const own = { call: 'a:x.py', how: 'task' } as const
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1, own),
      restarted('a', 'beginning'),
      drafted('a', 'x.py', 2, own),
    )
    expect(run.files['x.py']!.versions.at(-1)!.hash).toBe(hashOf(2))
  })

  test('one answer may dispute a path with itself; a version from elsewhere is not lost', () => {
    const one = drafted('a', 'x.py', 1)
    const versions =
      one.type === 'file-drafted' ? [one.draft, { ...one.draft, hash: hashOf(2), line: 9 }] : []
    const run = fold(diamond, started('a'), { type: 'file-conflicted', task: 'a', path: 'x.py', versions })
    expect(run.files['x.py']).toMatchObject({
      versions: [],
      conflict: [{ agent: 'dev_001', line: 1 }, { line: 9 }],
    })
  })

  test.each<[string, NewRunEvent[], string[]]>([
    [
      'rejected',
      [decided('x.py', 'rejected', 1)],
      ['b: x.py was rejected afterwards', 'c: x.py was rejected afterwards'],
    ],
    [
      'edited',
      [decided('x.py', 'accepted', 5)],
      ['b: x.py was edited afterwards', 'c: x.py was edited afterwards'],
    ],
    ['accepted as it is', [decided('x.py', 'accepted', 1)], []],
    [
      'rejected, then b runs again',
      [decided('x.py', 'rejected', 1), restarted('b', 'beginning'), completed('b')],
      ['c: x.py was rejected afterwards'],
    ],
  ])('a file is %s: this is stale', (_, events, stale) => {
    const run = fold(
      diamond,
      drafted('a', 'x.py', 1),
      completed('a'),
      completed('b'),
      completed('c'),
      ...events,
    )
    expect(staleOf(run)).toEqual(stale)
  })

  test.each(['constructor', '__proto__', 'toString'])('a file may be called %s', (path) => {
    const run = foldOnto(fold(diamond, drafted('a', path, 1)), drafted('a', path, 2, { call: 'a.2' }))
    expect(Object.keys(run.files)).toEqual([path])
    expect(Object.getOwnPropertyDescriptor(run.files, path)!.value.versions).toHaveLength(2)
  })

  test('what stood in the workspace is known between writing and written', () => {
    const writing = fold(diamond, drafted('a', 'x.py', 1), {
      type: 'file-writing',
      path: 'x.py',
      hash: hashOf(1),
      previous: hashOf(8),
    })
    expect(writing.files['x.py']).toMatchObject({
      writing: { hash: hashOf(1), previous: hashOf(8) },
      written: null,
    })
    const written = foldOnto(writing, { type: 'file-written', path: 'x.py', hash: hashOf(1) })
    expect(written.files['x.py']).toMatchObject({ writing: null, written: hashOf(1) })
  })

  test('why a file could not be written is known until it is written (S88)', () => {
    const reason = 'Could not write x.py: the disk is full.'
    const refused = fold(diamond, drafted('a', 'x.py', 1), { type: 'file-refused', path: 'x.py', reason })
    expect(refused.files['x.py']).toMatchObject({ refused: reason, writing: null, written: null })
    const written = foldOnto(refused, { type: 'file-written', path: 'x.py', hash: hashOf(1) })
    expect(written.files['x.py']).toMatchObject({ refused: null, written: hashOf(1) })
  })
})

describe('code that a run works from', () => {
  const codeFile = (path: string) => ({ path, hash: hashOf(7), bytes: 3, tokens: 1, why: 'named' })
  const withCode = {
    ...created({ a: {}, b: { needs: ['a'] } }),
    code: { files: ['lib.py', 'more.py'].map(codeFile), left_out: [] },
  }
  const changed = (hash: string | null, path = 'lib.py'): NewRunEvent => ({
    type: 'code-changed',
    path,
    hash,
  })
  const run = fold(withCode as NewRunEvent, completed('a'))
  const reason = (path: string) => `${path} has changed since this run read it`
  const staleOf = ({ tasks }: Run) => [tasks['a']!.stale, tasks['b']!.stale]

  test.each([completed('b'), failed('b')])(
    'what was built on a file that has changed is stale, and what is built on it after that: $type',
    (end) => {
      const after = foldOnto(run, changed(hashOf(8)), end)
      expect(staleOf(after)).toEqual([reason('lib.py'), reason('lib.py')])
      expect(after.changedCode).toEqual({ 'lib.py': hashOf(8) })
    },
  )

  test('a task that runs again still works from the same code', () => {
    const again: NewRunEvent = { type: 'task-restarted', task: 'b', from: 'beginning' }
    const running = foldOnto(run, failed('b'), changed(hashOf(8)), again)
    expect(running.tasks['b']!.stale).toBeNull()
    expect(foldOnto(running, completed('b')).tasks['b']!.stale).toBe(reason('lib.py'))
  })

  test.each([hashOf(9), null])('it is stale as long as the file is another one: %s', (hash) => {
    expect(foldOnto(run, changed(hashOf(8)), changed(hash)).tasks['a']!.stale).not.toBeNull()
  })

  test('files that are again as they were read make it good, all of them only', () => {
    const one = foldOnto(run, changed(hashOf(8)), changed(hashOf(8), 'more.py'), changed(hashOf(7)))
    expect([staleOf(one)[0], one.changedCode]).toEqual([reason('more.py'), { 'more.py': hashOf(8) }])
    const both = foldOnto(one, changed(hashOf(7), 'more.py'))
    expect([staleOf(both)[0], both.changedCode]).toEqual([null, {}])
  })

  test.each<NewRunEvent>([
    { type: 'file-written', path: 'lib.py', hash: hashOf(3) },
    { type: 'file-writing', path: 'lib.py', hash: hashOf(3), previous: hashOf(7) },
  ])('a file that is again as the run itself wrote it makes it good: $type', (own) => {
    const accepted = foldOnto(run, drafted('a', 'lib.py', 3), own, changed(hashOf(8)))
    expect(staleOf(accepted)[0]).toBe(reason('lib.py'))
    const back = foldOnto(accepted, changed(hashOf(3)))
    expect([staleOf(back)[0], back.changedCode]).toEqual([null, {}])
  })

  test('what is stale for another reason stays so', () => {
    const again: NewRunEvent = { type: 'task-restarted', task: 'a', from: 'beginning' }
    const other = foldOnto(run, completed('b'), again, completed('a'), changed(hashOf(8)), changed(hashOf(7)))
    expect(staleOf(other)).toEqual([null, 'a ran again'])
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

test('a draft of an earlier version, which says nothing of lines left out, is folded with what that means', () => {
  const event = drafted('a', 'a.py', 1)
  if (event.type !== 'file-drafted') throw new Error('It is another event.')
  const { elided: _, note: __, ...old } = event.draft
  const run = fold(chain, { ...event, draft: old as typeof event.draft })
  expect(run.files['a.py']?.versions).toMatchObject([{ elided: false, note: null }])
})
