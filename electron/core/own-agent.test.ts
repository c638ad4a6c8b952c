import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../e2e/fixtures/fault-server.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Task, TaskResult } from '../../shared/task.ts'
import { BaseAgent } from './agents/base-agent.ts'
import {
  core,
  endAll,
  folder,
  input,
  orchestrator,
  server,
  start,
  step,
  workflowOf,
} from './orchestrator.fixture.ts'

afterEach(endAll)

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
