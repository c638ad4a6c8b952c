import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import type { TaskSketch } from '../../shared/history.fixture.ts'
import { AppError } from '../../shared/errors.ts'
import type { Task } from '../../shared/task.ts'
import { runTasks } from './run-tasks.ts'
import { openTestRun, type TestRun } from './test-run.fixture.ts'

let run: TestRun
afterEach(() => run.stop())

const result = { summary: 'Done.', text: null, files: [], assumptions: [] }
const until = async (condition: () => boolean) => {
  await expect.poll(condition, { interval: 5 }).toBe(true)
}

/** Runs a graph whose tasks do what the test tells them: each call of `settle` ends one. */
async function startGraph(sketch: Record<string, TaskSketch>) {
  run = await openTestRun(sketch)
  const { journal, tasks } = run
  const stop = new AbortController()
  const started: string[] = []
  const open = new Map<string, { resolve(): void; reject(error: unknown): void }>()
  async function execute({ task_id }: Task): Promise<void> {
    started.push(task_id)
    await tasks.markStarted(task_id, 'dev_001')
    await new Promise<void>((resolve, reject) => open.set(task_id, { resolve, reject }))
    open.delete(task_id)
  }
  let ended = false
  const finished = runTasks({ journal, tasks, execute, signal: stop.signal }).finally(() => (ended = true))
  finished.catch(() => {})
  const taken = async (id: string) => {
    await until(() => open.has(id))
    return open.get(id)!
  }
  return {
    started,
    running: () => [...open.keys()].sort(),
    finished,
    hasEnded: () => ended,
    stop: () => stop.abort(),
    async complete(id: string) {
      const task = await taken(id)
      await tasks.markCompleted(id, result)
      task.resolve()
    },
    async fail(id: string) {
      const task = await taken(id)
      await tasks.markFailed(id, new AppError('invalid', 'No.'))
      task.resolve()
    },
    release: async (id: string) => (await taken(id)).resolve(),
    reject: async (id: string, error: unknown) => (await taken(id)).reject(error),
    tell: (action: 'pause' | 'continue') => journal.append([{ type: 'control-requested', action }]),
    statuses: () => tasks.getAllTasksStatus(),
  }
}

/** Long enough for a task that may start to have started. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 30))

describe('order', () => {
  test('a task starts as soon as its own dependencies are done, not when a level is (S11, S12, S91)', async () => {
    // a -> slow -> end and a -> quick -> next -> last -> end: the quick branch does not wait for the slow one.
    const graph = await startGraph({
      a: {},
      slow: { needs: ['a'] },
      quick: { needs: ['a'] },
      next: { needs: ['quick'] },
      last: { needs: ['next'] },
      end: { needs: ['slow', 'last'] },
    })
    await graph.complete('a')
    await until(() => graph.running().join() === 'quick,slow')
    await graph.complete('quick')
    await graph.complete('next')
    await graph.complete('last')
    expect([graph.running(), graph.started]).toEqual([['slow'], ['a', 'slow', 'quick', 'next', 'last']])
    await graph.complete('slow')
    await graph.complete('end')
    await graph.finished
    expect(new Set(Object.values(graph.statuses()))).toEqual(new Set(['completed']))
  })

  test('of several that are ready the more important start first (S35)', async () => {
    const graph = await startGraph({ one: {}, low: { priority: 0 }, high: { priority: 5 } })
    await until(() => graph.running().length === 3)
    expect(graph.started).toEqual(['high', 'one', 'low'])
    for (const id of graph.started) await graph.complete(id)
    await graph.finished
  })

  test('a task that is added meanwhile is run too (S33)', async () => {
    const graph = await startGraph({ a: {} })
    await until(() => graph.running().length === 1)
    await run.tasks.addTask({ ...run.journal.run.tasks['a']!.task, task_id: 'extra' })
    await graph.complete('extra')
    await graph.complete('a')
    await graph.finished
    expect(graph.statuses()).toEqual({ a: 'completed', extra: 'completed' })
  })

  test('50 side by side and 50 in a row come to their end', async () => {
    const row = Array.from(
      { length: 50 },
      (_, i) => [`r${i}`, i === 0 ? {} : { needs: [`r${i - 1}`] }] as const,
    )
    const wide = Array.from({ length: 50 }, (_, i) => [`w${i}`, {}] as const)
    run = await openTestRun(Object.fromEntries([...row, ...wide]))
    const { journal, tasks } = run
    const execute = (task: Task) => tasks.markCompleted(task.task_id, result)
    await runTasks({ journal, tasks, execute, signal: new AbortController().signal })
    expect(new Set(Object.values(tasks.getAllTasksStatus()))).toEqual(new Set(['completed']))
  })
})

describe('failures', () => {
  test('a failed task blocks what rests on it; other branches go on (S87)', async () => {
    const graph = await startGraph({ a: {}, b: { needs: ['a'] }, c: {}, d: { needs: ['c'] } })
    await graph.fail('a')
    await graph.complete('c')
    await graph.complete('d')
    await graph.finished
    expect(graph.statuses()).toEqual({ a: 'failed', b: 'blocked', c: 'completed', d: 'completed' })
  })

  test('a task that rejects stops the graph; it rejects with that, after the others have ended', async () => {
    const graph = await startGraph({ a: {}, b: {}, c: { needs: ['b'] }, d: { needs: ['a'] } })
    await until(() => graph.running().length === 2)
    const fault = new AppError('unavailable', 'The disk is full.')
    await graph.reject('a', fault)
    await aMoment()
    expect(graph.hasEnded()).toBe(false)
    await graph.complete('b')
    await expect(graph.finished).rejects.toBe(fault)
    expect(graph.started).toEqual(['a', 'b'])
  })

  test('a ledger that fails between tasks stops the graph; what runs ends first', async () => {
    const graph = await startGraph({ a: { gate: true }, b: { needs: ['a'] }, c: {} })
    await graph.complete('a')
    await until(() => graph.running().join() === 'c')
    const database = new DatabaseSync(join(run.folder, 'paddock.db'))
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON events WHEN new.type = 'task-blocked'
      BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END`)
    await run.journal.append([{ type: 'gate-decided', task: 'a', open: false, comment: '' }])
    await aMoment()
    expect(graph.hasEnded()).toBe(false)
    database.exec('DROP TRIGGER full')
    database.close()
    await graph.complete('c')
    await expect(graph.finished).rejects.toMatchObject({ message: expect.stringContaining('disk is full') })
  })

  test('work that throws at once rejects like any other', async () => {
    run = await openTestRun({ a: {}, b: {} })
    const { journal, tasks } = run
    const fault = new AppError('not-found', 'Nobody can do that.')
    const execute = ({ task_id }: Task) => {
      if (task_id === 'b') throw fault
      return tasks.markCompleted(task_id, result)
    }
    const { signal } = new AbortController()
    await expect(runTasks({ journal, tasks, execute, signal })).rejects.toBe(fault)
    expect(tasks.getAllTasksStatus()).toEqual({ a: 'completed', b: 'pending' })
  })
})

describe('cancel and pause', () => {
  test('a cancel starts nothing more, and is over when all that ran has ended', async () => {
    const graph = await startGraph({ a: {}, b: {}, c: { needs: ['a'] } })
    await until(() => graph.running().length === 2)
    graph.stop()
    await graph.complete('a')
    await aMoment()
    expect([graph.hasEnded(), graph.running()]).toEqual([false, ['b']])
    await graph.release('b')
    await graph.finished
    expect(graph.started).toEqual(['a', 'b'])
  })

  test('what is cancelled before it begins does nothing', async () => {
    run = await openTestRun({ a: {} })
    const { journal, tasks } = run
    const execute = () => Promise.reject(new Error('It was started.'))
    await runTasks({ journal, tasks, execute, signal: AbortSignal.abort() })
    expect(tasks.getTaskStatus('a')).toBe('pending')
  })

  test('a pause lets running tasks end and starts none, until it goes on', async () => {
    const graph = await startGraph({ a: {}, b: { needs: ['a'] } })
    await until(() => graph.running().length === 1)
    await graph.tell('pause')
    await graph.complete('a')
    await aMoment()
    expect([graph.started, graph.hasEnded()]).toEqual([['a'], false])
    await graph.tell('continue')
    await graph.complete('b')
    await graph.finished
  })

  test('a paused graph can be cancelled, and ends by itself when nothing is left', async () => {
    const paused = await startGraph({ a: {}, b: { needs: ['a'] } })
    await until(() => paused.running().length === 1)
    await paused.tell('pause')
    await paused.complete('a')
    await aMoment()
    paused.stop()
    await paused.finished
    expect(paused.started).toEqual(['a'])
    run.stop()
    const last = await startGraph({ a: {} })
    await until(() => last.running().length === 1)
    await last.tell('pause')
    await last.complete('a')
    await last.finished
    expect(last.statuses()).toEqual({ a: 'completed' })
  })
})

describe('gates', () => {
  const gateDecided = (open: boolean) =>
    run.journal.append([{ type: 'gate-decided', task: 'a', open, comment: '' }])

  test('what depends on a gate waits for it; what does not goes on', async () => {
    const graph = await startGraph({ a: { gate: true }, b: { needs: ['a'] }, c: {} })
    await graph.complete('a')
    await graph.complete('c')
    await aMoment()
    expect([graph.hasEnded(), graph.statuses()]).toEqual([
      false,
      { a: 'gated', b: 'pending', c: 'completed' },
    ])
    await gateDecided(true)
    await graph.complete('b')
    await graph.finished
  })

  test('a closed gate ends the run there', async () => {
    const graph = await startGraph({ a: { gate: true }, b: { needs: ['a'] } })
    await graph.complete('a')
    await gateDecided(false)
    await graph.finished
    expect(graph.started).toEqual(['a'])
    expect(graph.statuses()).toEqual({ a: 'failed', b: 'blocked' })
  })

  test('a decision of another process is heard of', async () => {
    const graph = await startGraph({ a: { gate: true }, b: { needs: ['a'] } })
    await graph.complete('a')
    const other = run.openAgain().journal
    await other.append([{ type: 'gate-decided', task: 'a', open: true, comment: '' }])
    run.journal.refresh()
    await graph.complete('b')
    await graph.finished
    expect(graph.statuses()).toEqual({ a: 'completed', b: 'completed' })
  })
})
