import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { faults } from '../../e2e/fixtures/fault-answers.ts'
import { SystemStatus } from '../../shared/contract.ts'
import {
  branches,
  core,
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
import { WorkflowResult } from './outputs/workflow-result.ts'

afterEach(endAll)

describe('a team', () => {
  test("has the specification's agents, each found by id and role (S10, S15, S18, S20, S40)", async () => {
    await start(() => 'Decided.')
    expect([...orchestrator.agents.keys()]).toEqual([
      'ba_001',
      'dev_001',
      'qa_001',
      'devops_001',
      'writer_001',
    ])
    for (const [id, agent] of orchestrator.agents) {
      expect(orchestrator.getAgentById(id)).toBe(agent)
      expect(orchestrator.getAgentByRole(agent.role)).toBe(agent)
      expect(agent).toMatchObject({ agentId: id, workspace: orchestrator.workspace, config: core.settings })
    }
    expect(orchestrator.config).toBe(core.settings)
  })

  test('who is not there is not found, and those who are get named (S18)', async () => {
    await start(() => 'Decided.')
    expect(() => orchestrator.getAgentById('x')).toThrow(
      expect.objectContaining({ code: 'not-found', hint: expect.stringContaining('writer_001') }),
    )
    expect(() => orchestrator.getAgentByRole('custom')).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
  })

  test('without a run it is idle, and has no results (S19, S20, S46)', async () => {
    await start(() => 'Decided.')
    const status = orchestrator.getSystemStatus()
    expect(SystemStatus.parse(status)).toMatchObject({ total_agents: 5, total_tasks_completed: 0 })
    expect(new Set(Object.values(status.agents).map((agent) => agent.status))).toEqual(new Set(['idle']))
    expect(orchestrator.taskResults.size).toBe(0)
    expect(() => orchestrator.messageBus).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(orchestrator.getAgentById('ba_001').getStatus()).toMatchObject({
      status: 'idle',
      current_task: null,
    })
  })
})

describe('a workflow', () => {
  test('is executed to its end; its result is returned and written (S11, S14, S16, S20)', async () => {
    await start((request) => `Decided by ${taskOf(request)}.`)
    const result = await orchestrator.executeWorkflow(branches, input)
    expect(WorkflowResult.parse(result)).toEqual(result)
    expect(result).toMatchObject({
      status: 'completed',
      workflow_type: 'mine',
      requirement: input.requirement,
    })
    expect(result.steps.map(({ agent_id, status, summary }) => [agent_id, status, summary])).toEqual([
      ['ba_001', 'completed', 'Decided by business_analyst / work.'],
      ['qa_001', 'completed', 'Decided by qa_engineer / work.'],
      ['devops_001', 'completed', 'Decided by devops_engineer / work.'],
      ['writer_001', 'completed', 'Decided by technical_writer / work.'],
    ])
    const written = join(folder, 'workspace/output', `workflow_${result.workflow_id}.json`)
    expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(result)
    expect([...orchestrator.taskResults.keys()]).toEqual(['task_1', 'task_2', 'task_3', 'task_4'])
    expect(orchestrator.getSystemStatus().total_tasks_completed).toBe(4)
    expect(core.ledger.owner(result.workflow_id)).toBeNull()
    expect(core.ledger.read(result.workflow_id).at(-1)).toMatchObject({
      type: 'run-ended',
      outcome: 'completed',
    })
  })

  test('branches run side by side, and never more at once than the server has slots (S11, S91)', async () => {
    const holds = createHolds()
    await start(holds.plan, { slots: 2 })
    const ending = orchestrator.executeWorkflow(branches, input)
    await holds.release(1)
    await expect.poll(() => holds.held().sort()).toEqual([2, 3])
    await holds.release(2)
    await holds.release(3)
    await holds.release(4)
    expect((await ending).status).toBe('completed')
  })

  test('two ready steps of one role get two agents', async () => {
    const holds = createHolds()
    await start(holds.plan)
    const ending = orchestrator.executeWorkflow(workflowOf(step(1, 'developer'), step(2, 'developer')), input)
    await expect.poll(() => holds.held().sort()).toEqual([1, 2])
    await holds.release(1)
    await holds.release(2)
    expect((await ending).steps.map(({ agent_id }) => agent_id)).toEqual(['dev_001', 'dev_002'])
  })

  test('with one slot one branch works and the other waits (S19, S46, S48, S110)', async () => {
    const holds = createHolds()
    await start(holds.plan, { slots: 1 })
    const ending = orchestrator.executeWorkflow(branches, input)
    await expect.poll(() => orchestrator.getAgentById('ba_001').getStatus().status).toBe('working')
    await holds.release(1)
    const statuses = () => {
      const { ba_001, qa_001, devops_001, writer_001 } = orchestrator.getSystemStatus().agents
      return [ba_001, qa_001, devops_001, writer_001].map(
        (agent) => `${agent?.status} ${agent?.current_task}`,
      )
    }
    await expect.poll(statuses).toEqual(['completed null', 'working task_2', 'waiting task_3', 'idle null'])
    expect(SystemStatus.parse(orchestrator.getSystemStatus()).total_tasks_completed).toBe(1)
    await holds.release(2)
    await holds.release(3)
    await holds.release(4)
    await ending
    expect(orchestrator.getAgentById('qa_001').getStatus()).toEqual({
      agent_id: 'qa_001',
      role: 'qa_engineer',
      status: 'completed',
      current_task: null,
      completed_tasks: 1,
    })
  })

  test('a step that fails fails what rests on it; the rest is done, and that is said (S16, S44, S48, S87)', async () => {
    await start((request) => (stepOf(request) === 2 ? faults.badRequest() : 'Decided.'))
    const result = await orchestrator.executeWorkflow(branches, input)
    expect(result.status).toBe('partial')
    expect(result.steps.map(({ status }) => status)).toEqual(['completed', 'failed', 'completed', 'blocked'])
    expect(result.steps[1]!.error).toMatchObject({ code: 'invalid', hint: expect.any(String) })
    expect(result.steps[3]!.error!.message).toBe('It needs "Do part 2", which failed.')
    expect(orchestrator.getAgentById('qa_001').getStatus().status).toBe('error')
  })

  test('all fails when the first step does', async () => {
    await start(() => faults.badRequest())
    expect((await orchestrator.executeWorkflow(branches, input)).status).toBe('failed')
  })

  test.each([
    ['a role that nobody has', workflowOf(step(1, 'poet')), 'role "poet"'],
    ['a cycle', workflowOf(step(1, 'developer', [2]), step(2, 'developer', [1])), '1 -> 2 -> 1'],
    ['a step that is missing', workflowOf(step(1, 'developer', [9])), 'step 9'],
    ['a custom role that was not added', workflowOf(step(1, 'custom')), 'role "custom"'],
  ])('with %s is refused before anything is recorded (S12, S30)', async (_, workflow, said) => {
    await start(() => 'Decided.')
    await expect(orchestrator.executeWorkflow(workflow, input)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(said),
    })
    expect([core.ledger.runs(), server.received]).toEqual([[], []])
  })

  test('without a requirement there is nothing to do', async () => {
    await start(() => 'Decided.')
    await expect(orchestrator.executeWorkflow(branches, { requirement: ' ' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(orchestrator.executeWorkflow(branches, input)).resolves.toMatchObject({
      status: 'completed',
    })
  })

  test('a second one is refused while one runs, and leaves nothing behind', async () => {
    const holds = createHolds()
    await start(holds.plan)
    const small = workflowOf(step(1, 'developer'))
    const first = orchestrator.executeWorkflow(small, input)
    const refused = { code: 'conflict', message: 'This orchestrator leads a run already.' }
    await expect(orchestrator.executeWorkflow(small, input)).rejects.toMatchObject(refused)
    await expect.poll(holds.held).toEqual([1])
    await expect(orchestrator.executeWorkflow(small, input)).rejects.toMatchObject(refused)
    await holds.release(1)
    await first
    expect(core.ledger.runs()).toHaveLength(1)
    const next = orchestrator.executeWorkflow(small, input)
    await holds.release(1)
    expect((await next).status).toBe('completed')
  })

  test('two orchestrators on one core run side by side (S7, S100)', async () => {
    await start(() => 'Decided.')
    const results = await Promise.all([lead(), lead()].map((one) => one.executeWorkflow(branches, input)))
    expect(results.map(({ status }) => status)).toEqual(['completed', 'completed'])
    expect(new Set(results.map(({ workflow_id }) => workflow_id)).size).toBe(2)
  })
})
