import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { faults, streamed } from '../../e2e/fixtures/fault-answers.ts'
import type { ChatRequest } from '../../e2e/fixtures/fault-server.ts'
import {
  branches,
  cleanups,
  createHolds,
  endAll,
  folder,
  input,
  lead,
  orchestrator,
  server,
  start,
  step,
  stepOf,
  taskOf,
  workflowOf,
} from './orchestrator.fixture.ts'
import { openLedger } from './store/sqlite.ts'

const cutOff = streamed('It goes on', { finish: 'length' })

afterEach(endAll)

describe('cancelling', () => {
  test('ends every call at the server, and what was done can be gone on with', async () => {
    const holds = createHolds()
    await start(holds.plan)
    const stop = new AbortController()
    const ending = orchestrator.executeWorkflow(branches, input, stop.signal)
    await holds.release(1)
    await expect.poll(() => holds.held().sort()).toEqual([2, 3])
    stop.abort()
    const { status, workflow_id } = await ending
    expect(status).toBe('cancelled')
    await expect.poll(() => server.chats.map(({ aborted }) => aborted)).toEqual([false, true, true])
    holds.forget()
    const { finish } = await orchestrator.resume(workflow_id)
    const resumed = finish()
    for (const number of [2, 3, 4]) await holds.release(number)
    expect((await resumed).status).toBe('completed')
    expect(server.chats).toHaveLength(6)
  })

  test('before it begins: nothing is asked, and there is no run', async () => {
    await start(() => 'Decided.')
    const run = orchestrator.executeWorkflow(branches, input, AbortSignal.abort())
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect([orchestrator.core.ledger.runs(), server.chats]).toEqual([[], []])
  })
})

describe('what another process asks', () => {
  const gated = workflowOf(step(1, 'developer', [], { gate: true }), step(2, 'developer', [1]))

  test.each([
    [{ type: 'gate-decided', task: 'task_1', open: true, comment: '' }, 'completed'],
    [{ type: 'control-requested', action: 'cancel' }, 'cancelled'],
  ] as const)('is heard without an app, too: %j', async (event, status) => {
    await start(() => 'Decided.')
    const ending = orchestrator.executeWorkflow(gated, input)
    const other = openLedger(join(folder, 'data'))
    cleanups.push(() => other.close())
    await expect.poll(() => orchestrator.taskResults.get('task_1')?.result).toBeTruthy()
    await other.append(other.runs()[0]!.created.run, [event])
    expect((await ending).status).toBe(status)
  })
})

describe('going on', () => {
  test('asks only what failed, and gives the same result as if it had not', async () => {
    let isBroken = true
    await start((request) => (isBroken && stepOf(request) === 3 ? faults.badRequest() : 'Decided.'))
    const { workflow_id, status } = await orchestrator.executeWorkflow(branches, input)
    expect([status, server.chats.length]).toEqual(['partial', 3])
    isBroken = false
    const result = await (await lead().resume(workflow_id)).finish()
    expect(result.status).toBe('completed')
    expect(server.chats.slice(3).map(({ body }) => stepOf(body as ChatRequest))).toEqual([3, 4])
    expect(result.steps.map(({ attempts }) => attempts)).toEqual([1, 1, 2, 1])
  })

  test('asks anew where an answer stayed cut off', async () => {
    await start((_, n) => (n < 2 ? cutOff : 'Decided.'), {}, { llm_max_continuations: 1 })
    const small = workflowOf(step(1, 'developer'))
    const { workflow_id, status } = await orchestrator.executeWorkflow(small, input)
    expect(status).toBe('failed')
    const result = await (await orchestrator.resume(workflow_id)).finish()
    expect([result.status, server.chats.length]).toEqual(['completed', 3])
  })

  test('a run that is led is left alone', async () => {
    const holds = createHolds()
    await start(holds.plan)
    const { id, finish } = await orchestrator.begin(workflowOf(step(1, 'developer')), input)
    await expect(lead().resume(id)).rejects.toMatchObject({ code: 'conflict' })
    const ending = finish()
    await holds.release(1)
    await ending
  })
})

describe('a single task', () => {
  test('is done by the agent that is named, and comes back with its result (S17, S44)', async () => {
    await start((request) => `By ${taskOf(request)}.`)
    const { finish } = await orchestrator.begin(branches, input)
    const task = orchestrator.taskResults.get('task_1')!
    const done = await orchestrator.executeTask(task, 'ba_001')
    expect(done).toMatchObject({
      task_id: 'task_1',
      error: null,
      result: { summary: 'By business_analyst / work.' },
    })
    expect(done.completed_at).not.toBeNull()
    expect((await finish()).status).toBe('completed')
    expect(server.chats).toHaveLength(4)
  })
})
