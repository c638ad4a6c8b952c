import { describe, expect, test } from 'vitest'
import type { Change } from '../../../shared/change.ts'
import {
  answered,
  callFailed,
  claimed,
  completed,
  created,
  drafted,
  failed,
  fold,
  hashOf,
  queued,
  sent,
  started,
  timeOf,
  type TaskSketch,
  changeOf,
} from '../../../shared/history.fixture.ts'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import type { Run } from '../../../shared/run.ts'
import { buildResult } from './build-result.ts'
import { WorkflowResult } from './workflow-result.ts'

const now = new Date(timeOf(100))
const build = (run: Run, changes: Change[] = []) =>
  buildResult(run, changes, { outcome: 'partial', notExported: [], now })
const tasks = {
  design: { step: 1, type: 'architecture_design' },
  code: { step: 2, needs: ['design'] },
  tests: { step: 3, needs: ['code'], role: 'qa_engineer', type: 'testing' },
}
const plan: NewRunEvent = {
  type: 'plan-made',
  task: 'design',
  how: 'schema',
  files: ['a.py', 'cut.py', 'both.py', 'gone.py'].map((path) => ({
    path,
    purpose: 'X.',
    kind: 'implementation',
    needs: [],
  })),
  refused: [],
}

test('a run that has only begun is a whole result too (S111)', () => {
  const result = build(fold(created(tasks)))
  expect(WorkflowResult.parse(result)).toEqual(result)
  expect(result).toMatchObject({
    schema_version: 1,
    workflow_id: '20260101-000000-abcdef',
    workflow_type: 'sketch',
    status: 'partial',
    started_at: timeOf(1),
    completed_at: timeOf(100),
    duration_ms: 99_000,
    tokens: { prompt: 0, completion: 0, cached: 0 },
  })
  expect(result.steps).toMatchObject([
    { step: 1, status: 'pending', attempts: 0, agent_id: null, duration_ms: null },
    { step: 2, status: 'pending', attempts: 0, depends_on: ['design'] },
    { step: 3, status: 'pending', attempts: 0, agent_role: 'qa_engineer', task_type: 'testing' },
  ])
})

test('each step says what it came to: times, tokens, calls, files, error (S111)', () => {
  const run = fold(
    created(tasks),
    claimed,
    started('design'),
    queued('design', 'design.1', 'plan'),
    sent('design', 'design.1'),
    callFailed('design', 'design.1', 1000),
    queued('design', 'design.2', 'plan'),
    sent('design', 'design.2'),
    answered('design', 'design.2'),
    completed('design', null, ['docs/architecture.md']),
    started('code'),
    failed('code', 'file a.py'),
    { type: 'task-restarted', task: 'code', from: 'failed-parts' },
    started('code'),
    failed('code', 'file a.py'),
    { type: 'task-blocked', task: 'tests', by: 'code' },
  )
  const { steps, tokens, model, window } = build(run)
  expect({ tokens, model, window }).toEqual({
    tokens: { prompt: 100, completion: 3, cached: 50 },
    model: 'devstral',
    window: 4096,
  })
  expect(steps[0]).toMatchObject({
    agent_id: 'dev_001',
    status: 'completed',
    attempts: 1,
    started_at: timeOf(3),
    completed_at: timeOf(10),
    duration_ms: 7000,
    tokens: { prompt: 100, completion: 3, cached: 50 },
    summary: 'Did design.',
    created_files: ['docs/architecture.md'],
    error: null,
    calls: [
      {
        id: 'design.1',
        part: 'plan',
        status: 'failed',
        finish: null,
        tokens: null,
        error: { code: 'unavailable' },
      },
      { id: 'design.2', part: 'plan', status: 'ended', finish: 'stop', duration_ms: 20, error: null },
    ],
  })
  expect(steps[1]).toMatchObject({ status: 'failed', attempts: 2, error: { message: 'code went wrong.' } })
  expect(steps[2]).toMatchObject({
    status: 'blocked',
    attempts: 0,
    error: { message: 'It needs "Do code", which failed.' },
  })
})

describe('files', () => {
  const run = fold(
    created(tasks),
    completed('design'),
    plan,
    started('code'),
    drafted('code', 'a.py', 1, { language: 'python', line: 4 }),
    drafted('code', 'cut.py', 2, { complete: false }),
    {
      type: 'file-conflicted',
      task: 'code',
      path: 'both.py',
      versions: [3, 4].map((content) => {
        const event = drafted('code', 'both.py', content)
        return event.type === 'file-drafted' ? event.draft : (undefined as never)
      }),
    },
  )

  test('each says where it comes from and where it is; nothing was run (S111)', () => {
    const changes = [
      changeOf('a.py', { written: true, decision: 'accepted' }),
      changeOf('cut.py', { hash: hashOf(2), held: 'It is incomplete.' }),
      changeOf('both.py', { hash: hashOf(4), held: '2 versions.' }),
    ]
    const { files, verdict } = build(run, changes)
    expect(files[0]).toEqual({
      path: 'a.py',
      hash: hashOf(1),
      bytes: 10,
      language: 'python',
      agent_id: 'dev_001',
      task_id: 'code',
      call: 'code.1',
      line: 4,
      complete: true,
      elided: false,
      note: null,
      conflict: false,
      decision: 'accepted',
      written: true,
      held: null,
      refused: null,
      verdict,
    })
    expect(files.map(({ complete, conflict }) => [complete, conflict])).toEqual([
      [true, false],
      [false, false],
      [true, true],
    ])
    expect(verdict).toEqual({ state: 'not run', reason: 'Paddock does not execute generated code yet.' })
  })

  test('a planned file that is not whole and undisputed is not made, with the reason (S16, S111)', () => {
    expect(build(run).not_made).toEqual([
      { path: 'cut.py', reason: 'It is incomplete: the answer was cut off.' },
      { path: 'both.py', reason: 'Several answers claim this path.' },
      { path: 'gone.py', reason: 'No step wrote it.' },
    ])
  })

  test.each<[string, TaskSketch, string]>([
    ['another type of task', { role: 'qa_engineer', type: 'test_creation' }, 'writer went wrong.'],
    [
      'a step that plans for itself',
      { role: 'qa_engineer', type: 'regression_testing' },
      'writer went wrong.',
    ],
    [
      'another role’s task of that name',
      { role: 'devops_engineer', type: 'implementation' },
      'No step wrote it.',
    ],
  ])('the step that writes tests may be %s', (_, writer, reason) => {
    const planner = writer.type === 'regression_testing' ? 'writer' : 'plan'
    const files = [{ path: 't.py', purpose: 'Tests.', kind: 'testing' as const, needs: [] }]
    const failedRun = fold(
      created({
        plan: { role: 'qa_engineer', type: 'test_planning' },
        writer: { ...writer, needs: ['plan'] },
      }),
      { type: 'plan-made', task: planner, how: 'schema', files, refused: [] },
      failed('writer'),
    )
    expect(build(failedRun).not_made).toEqual([{ path: 't.py', reason }])
  })

  test('where its step failed, that is the reason', () => {
    const failedRun = fold(created(tasks), completed('design'), plan, started('code'), failed('code'))
    expect(build(failedRun).not_made[0]).toEqual({ path: 'a.py', reason: 'code went wrong.' })
  })
})
