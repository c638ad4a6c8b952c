import type { AgentMessage } from '../../shared/agent.ts'
import { systemStatus } from '../../shared/agent-state.ts'
import type { SystemStatus } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ModelStatus } from '../../shared/model.ts'
import type { RunTally } from '../../shared/run-event.ts'
import { emptyRun, type Run } from '../../shared/run.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Task } from '../../shared/task.ts'
import { checkWorkflow, type Workflow } from '../../shared/workflow.ts'
import type { BaseAgent, Team } from './agents/base-agent.ts'
import { isEnabled } from './agents/registry.ts'
import { Roster } from './agents/roster.ts'
import { loadConfig } from './config/load-config.ts'
import { openCore, withSettings, type Core } from './core.ts'
import type { Workspace } from './files/workspace.ts'
import { finishRun, type Lead } from './finish-run.ts'
import { loadCustomFormat, loadCustomOutput } from './files/custom-format.ts'
import { gatherTeam } from './gather-team.ts'
import { Journal, readKnownRun } from './journal.ts'
import type { MessageBus } from './message-bus.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import { readyModel } from './ready-model.ts'
import { noteChangedCode, readRunCode } from './run-code.ts'
import { createRunId, readInput, roomBeside, type RunInput } from './run-input.ts'
import { openNewWorkspace, openRunWorkspace } from './run-workspace.ts'
import { tallyRun } from './tally-run.ts'
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
  readonly #roster: Roster
  /** The run that is led, or was led last. */
  #lead: Lead | null = null
  #isTaken = false
  /** Counts the run out of those that use the server. */
  #leaveServer = () => {}
  #isLeaving = false
  #ended: Promise<unknown> = Promise.resolve()

  /** Throws AppError when the data folder cannot be opened. A core that is given is used with this configuration. */
  constructor(
    workspace: string,
    config: Settings = loadConfig({ workspace }).settings,
    core: Core = openCore(config),
  ) {
    this.workspace = workspace
    this.config = config
    this.core = withSettings(core, config)
    this.#roster = new Roster(this.core.agents, workspace, config)
  }

  /** The team by its ids; a program may put agents of its own into it. */
  get agents(): Map<string, BaseAgent> {
    return this.#roster.agents
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
      checkWorkflow(workflow, this.#roster.roles)
      this.#refuseDisabled(workflow)
      const leave = await this.core.beginning.acquire({ age: 0, priority: 0 }, signal)
      return this.#create(workflow, input, signal).finally(leave)
    })
  }

  async #create(workflow: Workflow, input: RunInput, signal: AbortSignal): Promise<Begun> {
    const now = new Date()
    const id = createRunId(now)
    const workspace = await openNewWorkspace(this.core, this.workspace, id)
    const read = await readInput(input)
    const status = await readyModel(this.core, signal)
    const room = await roomBeside(read, status, this.core, signal)
    const wanted = { root: workspace.root, input, read, room, config: this.config }
    const { code, blobs } = await readRunCode(workflow, wanted, signal)
    const { requirement, documents } = read
    return this.#take(id, workspace, status, async (journal) => {
      const created = {
        type: 'run-created',
        workflow,
        requirement,
        documents,
        code,
        workspace: workspace.root,
        accept: input.accept ?? false,
        rehearsal: input.rehearsal ?? null,
        agents: this.#listAgents(),
        tasks: createTaskGraph(workflow.steps, now),
      } as const
      await journal.append([created, claimedBy(status)], [...read.blobs, ...blobs])
    })
  }

  /** Goes on with a run that was interrupted, failed or cancelled; throws `conflict` for a completed one and for one that is led. */
  resume(id: string, signal = new AbortController().signal): Promise<Begun> {
    return this.#alone(async () => {
      const run = readKnownRun(this.core.ledger, id)
      if (run.outcome === 'completed' && Object.values(run.tasks).every(({ status }) => status !== 'pending'))
        throw new AppError('conflict', `The run ${id} is completed: nothing is left to do.`, {
          hint: `Look at it: paddock show ${id}`,
        })
      const workspace = await openRunWorkspace(this.core, this.workspace, id)
      const status = await readyModel(this.core, signal)
      const goOn = async (journal: Journal, tasks: TaskManager) => {
        await journal.append([claimedBy(status)])
        await noteChangedCode(journal, workspace.root)
        for (const [taskId, state] of Object.entries(journal.run.tasks))
          if (state.status === 'failed') await tasks.enqueueTask(taskId)
      }
      return this.#take(id, workspace, status, goOn, run)
    })
  }

  /** One run at a time, from its first check to its last output. */
  async #alone(begin: () => Promise<Begun>): Promise<Begun> {
    if (this.#isTaken) throw new AppError('conflict', 'This orchestrator leads a run already.')
    this.#isTaken = true
    try {
      this.#leaveServer = await this.core.server.use(this.config)
      return await begin()
    } catch (error) {
      this.#free()
      throw error
    }
  }

  #free(): void {
    this.#leaveServer()
    this.#isTaken = false
  }

  /** Becomes the run's owner, writes how it starts, and gathers the team; whatever fails gives the run back. */
  async #take(
    id: string,
    workspace: Workspace,
    status: ModelStatus,
    start: (journal: Journal, tasks: TaskManager) => Promise<void>,
    known?: Run,
  ): Promise<Begun> {
    // One that cannot be loaded is refused before anything is recorded.
    const { extractor } = this.config
    const custom = extractor === null ? null : loadCustomFormat(extractor)
    const customOutput = extractor === null ? null : loadCustomOutput(extractor)
    this.core.ledger.claim(id)
    const journal = new Journal(this.core.ledger, id, known)
    const stop = new AbortController()
    journal.listen((event) => {
      if (event.type === 'control-requested' && event.action === 'cancel') stop.abort()
    })
    const stopWatching = this.core.foreignWrites.listen(() => {
      for (const event of journal.refresh()) this.core.publish('run', event)
    })
    const giveBack = () => {
      stopWatching()
      journal.close()
      this.#free()
      this.core.ledger.release(id)
    }
    try {
      const tasks = new TaskManager(journal)
      await start(journal, tasks)
      const team = gatherTeam(this.core, this.config, { journal, tasks, status, signal: stop.signal, custom })
      for (const agent of this.agents.values()) agent.join(team)
      const lead = (this.#lead = {
        ...{ team, workspace, stop, core: this.core, customOutput },
        isLeaving: () => this.#isLeaving,
      })
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

  /** A step of a role that the person has switched off could never be done. */
  #refuseDisabled({ id, steps }: Workflow): void {
    const role = steps.map(({ agent_role }) => agent_role).find((one) => !isEnabled(one, this.config))
    if (role === undefined) return
    throw new AppError('invalid', `The workflow "${id}" needs the ${role}, which is switched off.`, {
      hint: `Set agents.${role}.enabled to true, or choose another workflow.`,
    })
  }

  /** Has an agent do a task; resolves with the task, failed or not. */
  async executeTask(task: Task, agentId: string): Promise<Task> {
    return this.#roster.runTask(task, agentId)
  }

  async #execute(task: Task): Promise<Task> {
    try {
      return await this.#roster.giveInTurn(task, this.#team(), (agentId) => this.executeTask(task, agentId))
    } catch (error) {
      const failure = AppError.from(error)
      if (failure.code !== 'not-found') throw error
      return this.#team().tasks.markFailed(task.task_id, failure)
    }
  }

  /** Ends the run: every branch is stopped. Resolves when all have ended and the outputs are written. */
  async cancel(): Promise<void> {
    this.#lead?.stop.abort()
    await this.#ended
  }

  /** Ends the run because its program goes away, unless a person has paused it: that one is left as it is. */
  async leave(): Promise<void> {
    this.#isLeaving = true
    await this.cancel()
  }

  /** Throws `not-found` with the ids of the team for any other. */
  getAgentById(agentId: string): BaseAgent {
    return this.#roster.byId(agentId)
  }

  /** The first agent of a role, built in or added. */
  getAgentByRole(role: string): BaseAgent {
    return this.#roster.byRole(role)
  }

  /** Sends a message to every other agent of the team. */
  async broadcastMessage(message: Omit<AgentMessage, 'to_agent'>): Promise<void> {
    await this.messageBus.send({ ...message, to_agent: 'all' })
  }

  /** Of the run that is led, or was led last; a team without a run is idle. */
  getSystemStatus(): SystemStatus {
    return systemStatus(this.#run(), new Date())
  }

  /** How far the run has come that is led, or was led last. */
  tally(): RunTally {
    return tallyRun(this.#run())
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
