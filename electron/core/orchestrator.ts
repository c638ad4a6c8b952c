import type { AgentMessage, AgentRole } from '../../shared/agent.ts'
import { systemStatus } from '../../shared/agent-state.ts'
import type { SystemStatus } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ModelStatus } from '../../shared/model.ts'
import type { Outcome } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Task } from '../../shared/task.ts'
import type { Workflow } from '../../shared/workflow.ts'
import type { BaseAgent, Team } from './agents/base-agent.ts'
import { createAgent, createTeam } from './agents/registry.ts'
import { openCore, type Core } from './core.ts'
import { acceptChanges } from './files/changes.ts'
import { FileWriter } from './files/file-writer.ts'
import { openWorkspace, type Workspace } from './files/workspace.ts'
import { Journal } from './journal.ts'
import { answersFolder } from './llm/raw-answer.ts'
import { MessageBus } from './message-bus.ts'
import { writeOutputs } from './outputs/write-outputs.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import { runGraph } from './run-graph.ts'
import { checkFits, createRunId, readInput, type RunInput } from './run-input.ts'
import { createTaskGraph, TaskManager } from './task-manager.ts'

/** The run that an orchestrator leads at the moment. */
type Lead = {
  journal: Journal
  tasks: TaskManager
  bus: MessageBus
  team: Team
  workspace: Workspace
  stop: AbortController
}

/**
 * Leads one team of agents through one run at a time: makes the run, hands out its tasks, carries messages, and writes
 * what came of it. For several runs at once make several orchestrators on the same core.
 */
export class AgentOrchestrator {
  readonly workspace: string
  readonly config: Settings
  readonly core: Core
  readonly agents = new Map<string, BaseAgent>()
  #lead: Lead | null = null

  /** Throws AppError when the configured endpoint is refused or the data folder cannot be opened. */
  constructor(workspace: string, config: Settings, core: Core = openCore(config)) {
    this.workspace = workspace
    this.config = config
    this.core = core
    for (const agent of createTeam(workspace, config)) this.agents.set(agent.agentId, agent)
  }

  /** The tasks of the run by their ids, with result or error. */
  get taskResults(): ReadonlyMap<string, Task> {
    const states = Object.entries(this.#leading().journal.run.tasks)
    return new Map(states.map(([id, { task }]) => [id, task]))
  }

  get messageBus(): MessageBus {
    return this.#leading().bus
  }

  /** Runs a workflow to its end. Rejects only when it cannot begin or its ledger fails; failed steps are in the result. */
  async executeWorkflow(workflow: Workflow, input: RunInput, signal?: AbortSignal): Promise<WorkflowResult> {
    const { id, finish } = await this.begin(workflow, input)
    const stop = () => this.cancel()
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    try {
      return await finish()
    } finally {
      signal?.removeEventListener('abort', stop)
      this.core.ledger.release(id)
    }
  }

  /** Checks and records a new run. `finish` leads it to its end. */
  async begin(
    workflow: Workflow,
    input: RunInput,
  ): Promise<{ id: string; finish: () => Promise<WorkflowResult> }> {
    const read = await readInput(input)
    const workspace = await openWorkspace(this.workspace)
    const signal = AbortSignal.timeout(this.config.llm_timeout * 1000)
    const status = await this.core.model.status(signal)
    await checkFits(read, status, this.core, signal)
    const now = new Date()
    const id = createRunId(now)
    this.core.ledger.claim(id)
    const journal = new Journal(this.core.ledger, id)
    journal.listen((event) => this.core.publish('run', event))
    const { requirement, documents, blobs } = read
    const agents = [...this.agents.values()].map(({ agentId, role }) => ({ agent_id: agentId, role }))
    await journal.append(
      [
        {
          type: 'run-created',
          workflow,
          requirement,
          documents,
          workspace: workspace.root,
          accept: input.accept ?? false,
          rehearsal: input.rehearsal ?? null,
          agents,
          tasks: createTaskGraph(workflow.steps, now),
        },
        claimedBy(status),
      ],
      blobs,
    )
    return { id, finish: this.#take(journal, workspace, status) }
  }

  /** Goes on with a run that was interrupted, failed or cancelled; throws `conflict` while a living process leads it. */
  async resume(id: string): Promise<{ finish: () => Promise<WorkflowResult> }> {
    const journal = new Journal(this.core.ledger, id)
    const workspace = await openWorkspace(journal.run.workspace)
    const status = await this.core.model.status(AbortSignal.timeout(this.config.llm_timeout * 1000))
    this.core.ledger.claim(id)
    journal.refresh()
    journal.listen((event) => this.core.publish('run', event))
    await journal.append([claimedBy(status)])
    const failed = Object.values(journal.run.tasks).filter((state) => state.status === 'failed')
    await journal.append(
      failed.map(({ task }) => ({ type: 'task-restarted', task: task.task_id, from: 'failed-parts' })),
    )
    return { finish: this.#take(journal, workspace, status) }
  }

  #take(journal: Journal, workspace: Workspace, status: ModelStatus): () => Promise<WorkflowResult> {
    if (this.#lead) throw new AppError('conflict', 'This orchestrator leads a run already.')
    const { core, config } = this
    core.slots.resize(Math.min(status.slots, config.max_concurrent_agents))
    const stop = new AbortController()
    const { id } = journal.run
    const team: Team = {
      asking: {
        journal,
        model: core.model,
        status,
        slots: core.slots,
        settings: config,
        answers: answersFolder(core.dataFolder, id),
        tellDelta: (delta) => core.publish('delta', { run: id, ...delta }),
        signal: stop.signal,
      },
      prompts: core.prompts,
      tasks: new TaskManager(journal),
      bus: new MessageBus(journal),
      files: new FileWriter((events, blobs) => journal.append(events, blobs)),
    }
    for (const agent of this.agents.values()) agent.join(team)
    const lead: Lead = { journal, tasks: team.tasks, bus: team.bus, team, workspace, stop }
    this.#lead = lead
    const stopListening = journal.listen((event) => {
      if (event.type === 'control-requested' && event.action === 'cancel') stop.abort()
    })
    return async () => {
      try {
        return await this.#finish(lead)
      } finally {
        stopListening()
        this.#lead = null
      }
    }
  }

  async #finish({ journal, tasks, workspace, stop }: Lead): Promise<WorkflowResult> {
    const execute = (task: Task) => this.executeTask(task, this.#idleAgent(task).agentId)
    await runGraph({ journal, tasks, execute, signal: stop.signal }).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error
    })
    const outcome = outcomeOf(journal.run, stop.signal.aborted)
    if (journal.run.accept && outcome !== 'cancelled') await acceptChanges(journal, workspace)
    const result = await writeOutputs(journal, workspace, outcome)
    await journal.append([{ type: 'run-ended', outcome }])
    return result
  }

  /** Has an agent do a task; resolves with the task, failed or not. */
  async executeTask(task: Task, agentId: string): Promise<Task> {
    return this.getAgentById(agentId).runTask(task)
  }

  /** An agent of the task's role without a task; a further one joins the team when all are busy. */
  #idleAgent(task: Task): BaseAgent {
    const role = task.context.agent_role
    const own = [...this.agents.values()].filter((agent) => agent.role === role)
    const idle = own.find((agent) => !agent.isBusy)
    if (idle) return idle
    const agent = createAgent(role as AgentRole, own.length + 1, this.workspace, this.config)
    agent.join(this.#leading().team)
    this.agents.set(agent.agentId, agent)
    return agent
  }

  /** Ends the run: every branch is stopped, `finish` resolves when all have ended. */
  cancel(): void {
    this.#lead?.stop.abort()
  }

  /** Takes in what other processes asked of this run. */
  refresh(): void {
    this.#lead?.journal.refresh()
  }

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

  async broadcastMessage(message: Omit<AgentMessage, 'to_agent'>): Promise<void> {
    await this.messageBus.send({ ...message, to_agent: 'all' })
  }

  getSystemStatus(): SystemStatus {
    return systemStatus(this.#leading().journal.run, new Date())
  }

  #leading(): Lead {
    if (this.#lead) return this.#lead
    throw new AppError('conflict', 'This orchestrator leads no run at the moment.')
  }
}

const claimedBy = ({ model, window }: ModelStatus) =>
  ({ type: 'run-claimed', pid: process.pid, model, window }) as const

/** `completed` only when every step is; `partial` when some are. */
function outcomeOf(run: Run, cancelled: boolean): Outcome {
  const states = Object.values(run.tasks)
  if (states.every(({ status }) => status === 'completed')) return 'completed'
  if (cancelled) return 'cancelled'
  return states.some(({ status }) => status === 'completed') ? 'partial' : 'failed'
}
