import { afterEach, describe, expect, test } from 'vitest'
import { createTask, timeOf, type TaskSketch } from '../../shared/history.fixture.ts'
import { AppError } from '../../shared/errors.ts'
import type { Task } from '../../shared/task.ts'
import { WorkflowStep } from '../../shared/workflow.ts'
import { createTaskGraph, TaskManager } from './task-manager.ts'
import { openTestRun, type TestRun } from './test-run.fixture.ts'

let run: TestRun
afterEach(() => run.stop())
const start = async (sketch: Record<string, TaskSketch>) => (run = await openTestRun(sketch)).tasks

const result = { summary: 'Done.', text: null, files: [], assumptions: [] }
const failure = new AppError('invalid', 'No.', { hint: 'Try.' })
const nextIds = (tasks: TaskManager) => {
  const ids: string[] = []
  for (let task = tasks.getNextTask(); task; task = tasks.getNextTask()) ids.push(task.task_id)
  return ids
}
const complete = async (tasks: TaskManager, ...ids: string[]) => {
  for (const id of ids) {
    await tasks.markStarted(id, 'dev_001')
    await tasks.markCompleted(id, result)
  }
}

describe('the queue', () => {
  test('the more important task is given out first, then in the order of the workflow (S33, S35)', async () => {
    const tasks = await start({ late: { priority: -3 }, one: {}, urgent: { priority: 7 }, two: {} })
    expect(nextIds(tasks)).toEqual(['urgent', 'one', 'two', 'late'])
  })

  test('a task is given out once, and again after it was put back (S33)', async () => {
    const tasks = await start({ a: {} })
    expect([tasks.getNextTask()?.task_id, tasks.getNextTask()]).toEqual(['a', null])
    await tasks.enqueueTask('a')
    expect(tasks.getNextTask()?.task_id).toBe('a')
  })

  test('a task is given out when all that it depends on is completed (S12, S34)', async () => {
    const tasks = await start({ a: {}, b: {}, c: { needs: ['a', 'b'] }, d: { needs: ['c'] } })
    expect(nextIds(tasks)).toEqual(['a', 'b'])
    await complete(tasks, 'a')
    expect(nextIds(tasks)).toEqual([])
    await complete(tasks, 'b')
    expect(nextIds(tasks)).toEqual(['c'])
    await complete(tasks, 'c')
    expect(nextIds(tasks)).toEqual(['d'])
  })

  test('a task may be added while others run (S33, S39)', async () => {
    const tasks = await start({ a: {} })
    await tasks.addTask(createTask('urgent', { priority: 9 }))
    await tasks.addTask(createTask('after', { needs: ['a'] }))
    expect(nextIds(tasks)).toEqual(['urgent', 'a'])
    await complete(tasks, 'a')
    expect(nextIds(tasks)).toEqual(['after'])
  })

  test.each([
    ['an id that is there', createTask('a'), 'conflict', 'There is a task a already.'],
    [
      'an unknown dependency',
      createTask('b', { needs: ['x'] }),
      'not-found',
      'b depends on x, which is not there.',
    ],
  ])('%s cannot be added (S34)', async (_, task, code, message) => {
    const tasks = await start({ a: {} })
    await expect(tasks.addTask(task)).rejects.toMatchObject({ code, message })
    expect(tasks.getAllTasksStatus()).toEqual({ a: 'pending' })
  })
})

describe('states', () => {
  test('from pending over running to completed, with times, agent and result (S36, S38, S39)', async () => {
    const tasks = await start({ a: {} })
    expect(tasks.getTaskStatus('a')).toBe('pending')
    await tasks.markStarted('a', 'dev_001')
    expect(tasks.getTaskStatus('a')).toBe('running')
    const done = await tasks.markCompleted('a', result)
    expect(done).toMatchObject({
      task_id: 'a',
      result,
      error: null,
      completed_at: expect.stringMatching(/Z$/),
    })
    expect(tasks.getTaskStatus('a')).toBe('completed')
    expect(run.journal.run.tasks['a']).toMatchObject({ agent: 'dev_001' })
  })

  test('a failure fails everything that rests on it, and nothing else (S36, S87)', async () => {
    const tasks = await start({
      a: {},
      b: { needs: ['a'] },
      c: { needs: ['b'] },
      d: {},
      e: { needs: ['b', 'd'] },
    })
    await tasks.markStarted('a', 'dev_001')
    const task = await tasks.markFailed('a', failure, ['plan'])
    expect(task.error).toEqual({ code: 'invalid', message: 'No.', hint: 'Try.' })
    expect(run.journal.run.tasks['a']!.failedParts).toEqual(['plan'])
    expect(tasks.getAllTasksStatus()).toEqual({
      a: 'failed',
      b: 'blocked',
      c: 'blocked',
      d: 'pending',
      e: 'blocked',
    })
    expect(run.journal.run.tasks['e']!.task.error?.message).toBe('It needs "Do b", which was not run.')
    expect(nextIds(tasks)).toEqual(['d'])
  })

  test('100 tasks in a row are all blocked by the first', async () => {
    const row = Array.from({ length: 100 }, (_, i) => [`t${i}`, i === 0 ? {} : { needs: [`t${i - 1}`] }])
    const tasks = await start(Object.fromEntries(row))
    await tasks.markFailed('t0', failure)
    expect(Object.values(tasks.getAllTasksStatus()).filter((status) => status === 'blocked')).toHaveLength(99)
  })

  test('there is no state of a task that is not there', async () => {
    const tasks = await start({ a: {} })
    expect(() => tasks.getTaskStatus('x')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  test('another process that opens the ledger sees the same, and can go on (S37)', async () => {
    const tasks = await start({ a: {}, b: { needs: ['a'] }, c: {}, d: { needs: ['c'] } })
    await complete(tasks, 'a')
    await tasks.markFailed('c', failure)
    await tasks.addTask(createTask('e'))
    const later = new TaskManager(run.openAgain().journal)
    expect(later.getAllTasksStatus()).toEqual({
      a: 'completed',
      b: 'pending',
      c: 'failed',
      d: 'blocked',
      e: 'pending',
    })
    expect(nextIds(later)).toEqual(['b', 'e'])
  })
})

test("a workflow's steps become tasks with the specification's fields (S30, S38, S39)", async () => {
  await start({ a: {} })
  const step = { agent_role: 'developer', task_type: 'work', description: 'Work' }
  const steps = [
    { ...step, step: 1 },
    { ...step, step: 20, depends_on: [1], priority: 5, gate: true },
  ].map((one) => WorkflowStep.parse(one))
  const [first, second] = createTaskGraph(steps, new Date(timeOf(0)))
  expect(first).toEqual({
    task_id: 'task_1',
    description: 'Work',
    context: { step: 1, agent_role: 'developer', task_type: 'work', gate: false },
    priority: 1,
    dependencies: [],
    created_at: timeOf(0),
    completed_at: null,
    result: null,
    error: null,
  } satisfies Task)
  expect(second).toMatchObject({
    task_id: 'task_20',
    dependencies: ['task_1'],
    priority: 5,
    context: { step: 20, gate: true },
  })
})
