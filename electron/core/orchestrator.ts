import type { AgentMessage, AgentRole } from '../../shared/agent.ts'
import { systemStatus } from '../../shared/agent-state.ts'
import type { SystemStatus } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ModelStatus } from '../../shared/model.ts'
import { emptyRun, type Run } from '../../shared/run.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Task } from '../../shared/task.ts'
import { checkWorkflow, type Workflow } from '../../shared/workflow.ts'
import type { BaseAgent, Team } from './agents/base-agent.ts'
import { createAgent, createTeam } from './agents/registry.ts'
import { loadSettings } from './config/load-settings.ts'
import { openCore, withSettings, type Core } from './core.ts'
import { FileWriter } from './files/file-writer.ts'
import { openWorkspace, type Workspace } from './files/workspace.ts'
import { finishRun, type Lead } from './finish-run.ts'
import { Journal, noRun, readRun } from './journal.ts'
import { answersFolder } from './llm/raw-answer.ts'
import { MessageBus } from './message-bus.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import { checkFits, createRunId, readInput, type RunInput } from './run-input.ts'
import { createTaskGraph, TaskManager } from './task-manager.ts'
import { WorkflowEngine } from './workflow-engine.ts'

/** A run that has begun: `finish` leads it to its end, and has to be called. */
export type Begun = { readonly id: string; finish(): Promise<WorkflowResult> }

/**
 * Leads one team of agents through one run at a time: makes the run, hands out its tasks, carries messages, and writes
 * what came of it. For several runs at once make several orchestrators on the same core.
 */
export class AgentOrchestrator {
  readonly workspace: string
  readonly config: Settings
  readonly core: Core
  readonly agents = new Map<string, BaseAgent>()
  /** The run that is led, or was led last. */
  #lead: Lead | null = null
  #isTaken = false
  #ended: Promise<unknown> = Promise.resolve()

  /** Throws AppError when the data folder cannot be opened. A core that is given is used with this configuration. */
  constructor(workspace: string, config: Settings = loadSettings(), core: Core = openCore(config)) {
    this.workspace = workspace
    this.config = config
    this.core = core.settings === config ? core : withSettings(core, config)
    for (const agent of createTeam(workspace, config)) this.agents.set(agent.agentId, agent)
  }

  /** The run's tasks by their ids, with result or error. */
  get taskResults(): ReadonlyMap<string, Task> {
    return new Map(Object.entries(this.#run().tasks).map(([id, { task }]) => [id, task]))
  }

  /** Throws `conflict` before the first run. */
  get messageBus(): MessageBus {
    return this.#team().bus
  }

  /** Runs a workflow to its end. Rejects only when it cannot begin or its ledger fails; failed steps are in the result. */
  async executeWorkflow(workflow: Workflow, input: RunInput, signal?: AbortSignal): Promise<WorkflowResult> {
    const { finish } = await this.begin(workflow, input, signal)
    const stop = () => void this.cancel()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const result = finish()
      if (signal?.aborted) stop()
      return await result
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  /** Runs the workflow of that type on a requirement in words. */
  processRequirement(requirement: string, workflowType = 'feature_development'): Promise<WorkflowResult> {
    return new WorkflowEngine(this).executeWorkflow(workflowType, { requirement })
  }

  /** Checks and records a new run. Throws `conflict` while another one is led. */
  begin(workflow: Workflow, input: RunInput, signal = new AbortController().signal): Promise<Begun> {
    return this.#alone(async () => {
      checkWorkflow(workflow, new Set([...this.agents.values()].map(({ role }) => role)))
      const read = await readInput(input)
      const workspace = await openWorkspace(this.workspace)
      const status = await this.core.model().status(signal)
      await checkFits(read, status, this.core, signal)
      const now = new Date()
      const { requirement, documents, blobs } = read
      return this.#take(createRunId(now), workspace, status, async (journal) => {
        const created = {
          type: 'run-created',
          workflow,
          requirement,
          documents,
          workspace: workspace.root,
          accept: input.accept ?? false,
          rehearsal: input.rehearsal ?? null,
          agents: this.#listAgents(),
          tasks: createTaskGraph(workflow.steps, now),
        } as const
        await journal.append([created, claimedBy(status)], blobs)
      })
    })
  }

  /** Goes on with a run that was interrupted, failed or cancelled; throws `conflict` for a completed one and for one that is led. */
  resume(id: string, signal = new AbortController().signal): Promise<Begun> {
    return this.#alone(async () => {
      const run = readRun(this.core.ledger, id)
      if (run.seq === 0) throw noRun(id)
      if (run.outcome === 'completed')
        throw new AppError('conflict', `The run ${id} is completed: nothing is left to do.`, {
          hint: `Look at it: paddock show ${id}`,
        })
      const workspace = await openWorkspace(this.workspace)
      const status = await this.core.model().status(signal)
      return this.#take(id, workspace, status, async (journal, tasks) => {
        await journal.append([claimedBy(status)])
        for (const [taskId, state] of Object.entries(journal.run.tasks))
          if (state.status === 'failed') await tasks.enqueueTask(taskId)
      })
    })
  }

  /** One run at a time, from its first check to its last output. */
  async #alone(begin: () => Promise<Begun>): Promise<Begun> {
    if (this.#isTaken) throw new AppError('conflict', 'This orchestrator leads a run already.')
    this.#isTaken = true
    try {
      return await begin()
    } catch (error) {
      this.#isTaken = false
      throw error
    }
  }

  /** Becomes the run's owner, writes how it starts, and gathers the team; whatever fails gives the run back. */
  async #take(
    id: string,
    workspace: Workspace,
    status: ModelStatus,
    start: (journal: Journal, tasks: TaskManager) => Promise<void>,
  ): Promise<Begun> {
    this.core.ledger.claim(id)
    const journal = new Journal(this.core.ledger, id)
    const giveBack = () => {
      journal.close()
      this.#isTaken = false
      this.core.ledger.release(id)
    }
    try {
      const tasks = new TaskManager(journal)
      await start(journal, tasks)
      const lead = this.#gather(journal, tasks, workspace, status)
      const finish = () => {
        const result = finishRun(lead, (task) => this.#execute(task)).finally(giveBack)
        this.#ended = result.catch(() => {})
        return result
      }
      return { id, finish }
    } catch (error) {
      giveBack()
      throw error
    }
  }

  #gather(journal: Journal, tasks: TaskManager, workspace: Workspace, status: ModelStatus): Lead {
    const { core, config } = this
    core.slots.resize(Math.min(status.slots, config.max_concurrent_agents))
    const stop = new AbortController()
    const { id } = journal.run
    const team: Team = {
      asking: {
        journal,
        model: core.model(),
        status,
        slots: core.slots,
        settings: config,
        answers: answersFolder(core.dataFolder, id),
        tellDelta: (delta) => core.publish('delta', { run: id, ...delta }),
        signal: stop.signal,
      },
      prompts: core.prompts,
      tasks,
      bus: new MessageBus(journal),
      files: new FileWriter((events, blobs) => journal.append(events, blobs)),
    }
    for (const agent of this.agents.values()) agent.join(team)
    journal.listen((event) => {
      if (event.type === 'control-requested' && event.action === 'cancel') stop.abort()
    })
    return (this.#lead = { team, workspace, stop })
  }

  /** Has an agent do a task; resolves with the task, failed or not. */
  async executeTask(task: Task, agentId: string): Promise<Task> {
    return this.getAgentById(agentId).runTask(task)
  }

  async #execute(task: Task): Promise<Task> {
    try {
      return await this.executeTask(task, this.#idleAgent(task).agentId)
    } catch (error) {
      const failure = AppError.from(error)
      if (failure.code !== 'not-found') throw error
      return this.#team().tasks.markFailed(task.task_id, failure)
    }
  }

  /** An agent of the task's role without a task; a further one joins the team when all are busy. */
  #idleAgent(task: Task): BaseAgent {
    const role = task.context.agent_role
    const own = [...this.agents.values()].filter((agent) => agent.role === role)
    const idle = own.find((agent) => !agent.isBusy)
    if (idle) return idle
    const agent = createAgent(role, own.length + 1, this.workspace, this.config)
    agent.join(this.#team())
    this.agents.set(agent.agentId, agent)
    return agent
  }

  /** Ends the run: every branch is stopped. Resolves when all have ended and the outputs are written. */
  async cancel(): Promise<void> {
    this.#lead?.stop.abort()
    await this.#ended
  }

  /** Takes in what other processes asked of this run, and tells of it. */
  refresh(): void {
    for (const event of this.#lead?.team.asking.journal.refresh() ?? []) this.core.publish('run', event)
  }

  /** Throws `not-found` with the ids of the team for any other. */
  getAgentById(agentId: string): BaseAgent {
    const agent = this.agents.get(agentId)
    if (agent) return agent
    throw new AppError('not-found', `There is no agent ${agentId}.`, {
      hint: `Agents: ${[...this.agents.keys()].join(', ')}`,
    })
  }

  /** The first agent of a role. */
  getAgentByRole(role: AgentRole): BaseAgent {
    const agent = [...this.agents.values()].find((one) => one.role === role)
    if (agent) return agent
    throw new AppError('not-found', `No agent of the team has the role ${role}.`)
  }

  /** Sends a message to every other agent of the team. */
  async broadcastMessage(message: Omit<AgentMessage, 'to_agent'>): Promise<void> {
    await this.messageBus.send({ ...message, to_agent: 'all' })
  }

  /** Of the run that is led, or was led last; a team without a run is idle. */
  getSystemStatus(): SystemStatus {
    return systemStatus(this.#run(), new Date())
  }

  #run(): Run {
    return this.#lead?.team.asking.journal.run ?? { ...emptyRun, agents: this.#listAgents() }
  }

  #listAgents = () => [...this.agents.values()].map(({ agentId, role }) => ({ agent_id: agentId, role }))

  #team(): Team {
    if (this.#lead) return this.#lead.team
    throw new AppError('conflict', 'This orchestrator has led no run yet.')
  }
}

const claimedBy = ({ model, window }: ModelStatus) =>
  ({ type: 'run-claimed', pid: process.pid, model, window }) as const
