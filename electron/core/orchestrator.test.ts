import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { faults, streamed } from '../../e2e/fixtures/fault-answers.ts'
import {
  startFaultServer,
  type ChatRequest,
  type FaultServer,
  type Plan,
  type ServerOptions,
} from '../../e2e/fixtures/fault-server.ts'
import { SystemStatus } from '../../shared/contract.ts'
import { Settings } from '../../shared/settings.ts'
import type { Task, TaskResult } from '../../shared/task.ts'
import { Workflow, type WorkflowStep } from '../../shared/workflow.ts'
import { BaseAgent } from './agents/base-agent.ts'
import { openCore, type Core } from './core.ts'
import { AgentOrchestrator } from './orchestrator.ts'
import { openLedger } from './store/sqlite.ts'
import { WorkflowResult } from './outputs/workflow-result.ts'
import { WorkflowEngine } from './workflow-engine.ts'

const input = { requirement: 'A tool that says hello.' }
const step = (
  step: number,
  agent_role: string,
  depends_on: number[] = [],
  more: Partial<WorkflowStep> = {},
) => ({
  step,
  agent_role,
  task_type: 'work',
  description: `Do part ${step}`,
  depends_on,
  ...more,
})
const workflowOf = (...steps: object[]) =>
  Workflow.parse({ id: 'mine', name: 'Mine', description: 'My own', steps })
const branches = workflowOf(
  step(1, 'business_analyst'),
  step(2, 'qa_engineer', [1]),
  step(3, 'devops_engineer', [1]),
  step(4, 'technical_writer', [2, 3]),
)

const cutOff = streamed('It goes on', { finish: 'length' })

let folder: string
let server: FaultServer
let core: Core
let orchestrator: AgentOrchestrator
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function start(plan: Plan, options: ServerOptions = {}, settings: Partial<Settings> = {}) {
  folder = mkdtempSync(join(tmpdir(), 'paddock-orchestrator-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'workspace'))
  server = await startFaultServer(plan, { window: 32_768, ...options })
  cleanups.push(() => server.stop())
  const given = { openai_api_base: server.base, llm_retry_initial_delay: 0.01, ...settings }
  core = openCore(Settings.parse(given), { dataFolder: join(folder, 'data') })
  cleanups.push(() => core.ledger.close())
  orchestrator = lead()
}
const lead = () => new AgentOrchestrator(join(folder, 'workspace'), core.settings, core)

/** What a prompt says at its end: "ROLE / TYPE" of its task. */
const taskOf = ({ messages }: ChatRequest) => /^# Your task: (.*)$/m.exec(messages[1]!.content)?.[1] ?? ''
/** Earlier steps are named in what they handed over: the task itself comes last. */
const stepOf = ({ messages }: ChatRequest) => Number(/.*Do part (\d+)/s.exec(messages[1]!.content)?.[1])

/** Answers that wait until they are let go, one by one. */
function createHolds() {
  const held = new Map<number, () => void>()
  const plan: Plan = async (request) => {
    await new Promise<void>((resolve) => held.set(stepOf(request), resolve))
    return 'Decided.'
  }
  const release = async (number: number) => {
    await expect.poll(() => held.has(number), { interval: 5 }).toBe(true)
    held.get(number)!()
    held.delete(number)
  }
  return { plan, release, held: () => [...held.keys()], forget: () => held.clear() }
}

type Work = (agent: CustomAgent, task: Task) => Promise<Partial<TaskResult>>

/** An agent of a user's own, which does what it is told. */
class CustomAgent extends BaseAgent {
  readonly #work: Work

  constructor(id: string, workspace: string, config: Settings, work: Work) {
    super(id, 'custom', workspace, config)
    this.#work = work
  }

  override getSystemPrompt(): string {
    return 'You are a poet.'
  }

  override async processTask(task: Task): Promise<TaskResult> {
    return { summary: 'Done.', text: null, files: [], assumptions: [], ...(await this.#work(this, task)) }
  }

  callDirectly(system: string, user: string) {
    return this.callLocalLlamaServer(system, user)
  }

  writeFile(path: string, content: string, task: string) {
    return this.team.files.writeFile(path, content, task, this.role)
  }
}

function addCustom(work: Work, id = 'poet_001'): CustomAgent {
  const agent = new CustomAgent(id, orchestrator.workspace, core.settings, work)
  orchestrator.agents.set(id, agent)
  return agent
}

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

describe("an agent of one's own", () => {
  const poems = workflowOf(step(1, 'business_analyst'), step(2, 'custom', [1]))

  test('asks with all that its task rests on before its prompt (S40, S41, S42, S114)', async () => {
    await start((_, n) => (n === 0 ? 'Decided: iambs.' : 'Roses.'))
    addCustom(async (agent) => {
      const { text, complete } = await agent.executeLlmTask('Write a poem.', [], 5)
      return { summary: `${text} ${complete}` }
    })
    const result = await orchestrator.executeWorkflow(poems, input)
    expect(result.steps[1]).toMatchObject({
      agent_id: 'poet_001',
      status: 'completed',
      summary: 'Roses. true',
    })
    const [system, user] = (server.chats[1]!.body as ChatRequest).messages
    expect(system!.content).toBe((server.chats[0]!.body as ChatRequest).messages[0]!.content)
    expect(user!.content).toContain(input.requirement)
    expect(user!.content).toContain('Decided: iambs.')
    expect(user!.content.endsWith('Write a poem.')).toBe(true)
  })

  test('sends exactly the two messages that it gives (S43)', async () => {
    await start(() => 'Roses.')
    addCustom(async (agent) => ({ summary: (await agent.callDirectly('Be brief.', 'Rhyme!')).text }))
    const result = await orchestrator.executeWorkflow(workflowOf(step(1, 'custom')), input)
    expect(result.steps[0]!.summary).toBe('Roses.')
    expect((server.chats[0]!.body as ChatRequest).messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Rhyme!' },
    ])
  })

  test('several questions of one task are told apart by their part, and each is asked once', async () => {
    let fails = true
    await start((request) => `${request.messages[1]!.content.slice(-1)}!`)
    addCustom(async (agent) => {
      const one = await agent.executeLlmTask('Say 1', [], undefined, { part: 'one' })
      const two = await agent.executeLlmTask('Say 2', [], undefined, { part: 'two' })
      if (fails) throw new Error('I fell.')
      return { summary: one.text + two.text }
    })
    const failed = await orchestrator.executeWorkflow(workflowOf(step(1, 'custom')), input)
    expect(failed.steps[0]).toMatchObject({
      status: 'failed',
      error: { code: 'internal', message: 'I fell.' },
    })
    fails = false
    const result = await (await orchestrator.resume(failed.workflow_id)).finish()
    expect(result.steps[0]!.summary).toBe('1!2!')
    expect(result.steps[0]!.calls.filter(({ status }) => status === 'ended').map(({ part }) => part)).toEqual(
      ['one', 'two'],
    )
  })

  test('talks with others over the bus (S13, S32, S45)', async () => {
    await start(() => 'Decided.')
    const heard: (string | undefined)[] = []
    const note = { from_agent: 'poet_001', kind: 'note', task_id: null } as const
    addCustom(async (agent) => {
      await agent.sendMessage({ ...note, message_id: '1', to_agent: 'dev_001', content: 'for you' })
      await orchestrator.broadcastMessage({ ...note, message_id: '2', content: 'for all' })
      const { agents } = orchestrator
      heard.push(...[...agents.values()].map((one) => one.receiveMessage()?.content))
      heard.push(agents.get('dev_001')!.receiveMessage()?.content)
      return {}
    })
    const result = await orchestrator.executeWorkflow(workflowOf(step(1, 'custom')), input)
    expect(heard).toEqual(['for all', 'for you', 'for all', 'for all', 'for all', undefined, 'for all'])
    expect(result.messages.map(({ content }) => content)).toEqual(['for you', 'for all'])
  })

  test('makes files that are reviewed like all others (S49)', async () => {
    await start(() => 'Decided.')
    addCustom(async (agent, { task_id }) => ({
      files: [await agent.writeFile('poem.txt', 'Roses.\n', task_id)],
    }))
    const result = await orchestrator.executeWorkflow(workflowOf(step(1, 'custom')), input)
    expect(result.files).toMatchObject([
      { path: 'poem.txt', agent_id: 'poet_001', complete: true, written: false },
    ])
    const merged = join(folder, 'workspace/output/generated', result.workflow_id, 'merged/poem.txt')
    expect(readFileSync(merged, 'utf8')).toBe('Roses.\n')
  })

  test('does one task after the other where it is the only one of its role (S114)', async () => {
    await start(() => 'Decided.')
    let atOnce = 0
    let most = 0
    addCustom(async (_, { task_id }) => {
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 20))
      atOnce--
      return { summary: task_id }
    })
    const three = workflowOf(step(1, 'custom'), step(2, 'custom'), step(3, 'custom'))
    const result = await orchestrator.executeWorkflow(three, input)
    expect([result.status, most]).toEqual(['completed', 1])
    expect(result.steps.map(({ agent_id, summary }) => `${agent_id} ${summary}`)).toEqual([
      'poet_001 task_1',
      'poet_001 task_2',
      'poet_001 task_3',
    ])
  })

  test('is given no further task once the run is cancelled (S114)', async () => {
    await start(() => 'Decided.')
    const begun: string[] = []
    let stopped: Promise<void> | undefined
    addCustom(async (_, { task_id }) => {
      begun.push(task_id)
      stopped = orchestrator.cancel()
      return {}
    })
    const result = await orchestrator.executeWorkflow(workflowOf(step(1, 'custom'), step(2, 'custom')), input)
    await stopped
    expect([result.status, begun]).toEqual(['cancelled', ['task_1']])
    expect(result.steps[1]!.status).toBe('pending')
  })

  test('asks nothing outside of a task (S42)', async () => {
    await start(() => 'Roses.')
    const agent = addCustom(async () => ({}))
    await expect(agent.executeLlmTask('Hello?')).rejects.toMatchObject({ code: 'internal' })
    const { finish } = await orchestrator.begin(workflowOf(step(1, 'custom')), input)
    await expect(agent.executeLlmTask('Hello?')).rejects.toMatchObject({ code: 'conflict' })
    await finish()
    expect(server.chats).toEqual([])
  })
})

describe('the engine', () => {
  test('knows its templates and runs one by its name (S21, S23, S24, S32)', async () => {
    await start(() => faults.badRequest())
    const engine = new WorkflowEngine(orchestrator)
    expect(engine.listWorkflowTypes()).toContain('feature_development')
    const template = engine.getWorkflowTemplate('feature_development')
    expect(
      template.steps.map(({ step: number, agent_role, task_type, depends_on }) => [
        number,
        agent_role,
        task_type,
        depends_on,
      ]),
    ).toEqual([
      [1, 'business_analyst', 'requirements_analysis', []],
      [2, 'developer', 'architecture_design', [1]],
      [3, 'developer', 'implementation', [2]],
      [4, 'qa_engineer', 'testing', [3]],
      [5, 'devops_engineer', 'deployment', [3]],
      [6, 'technical_writer', 'documentation', [3, 4, 5]],
    ])
    const result = await engine.executeWorkflow('feature_development', input)
    expect(result).toMatchObject({ workflow_type: 'feature_development', status: 'failed' })
  })

  test("runs a workflow of one's own (S21, S29, S32, S115)", async () => {
    await start(() => 'Decided.')
    const engine = new WorkflowEngine(orchestrator)
    const own = engine.createWorkflow({
      id: 'own',
      name: 'Own',
      description: 'Own',
      steps: [step(1, 'developer')],
    })
    expect((await engine.executeWorkflow(own, input)).status).toBe('completed')
  })

  test('says what is not there, and all that is wrong (S32)', async () => {
    await start(() => 'Decided.')
    const engine = new WorkflowEngine(orchestrator)
    expect(() => engine.getWorkflowTemplate('poetry')).toThrow(
      expect.objectContaining({ code: 'not-found', hint: expect.stringContaining('feature_development') }),
    )
    for (const definition of [
      null,
      {},
      'steps',
      { ...branches, steps: [] },
      { ...branches, steps: [step(1, 'developer', [1])] },
    ])
      expect(() => engine.createWorkflow(definition)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})
