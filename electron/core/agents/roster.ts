import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Task } from '../../../shared/task.ts'
import type { BaseAgent, Team } from './base-agent.ts'
import type { AgentRegistry } from './registry.ts'

/** The agents of one team, the roles that they fill, and which of them has nothing to do. */
export class Roster {
  readonly agents = new Map<string, BaseAgent>()
  readonly #registry: AgentRegistry
  readonly #workspace: string
  readonly #config: Settings
  /** The role that each agent fills, by its id: agents of a registered role call theirs `custom`. */
  readonly #roles = new Map<string, string>()
  /** Tasks that agents are at, each until it has settled. */
  readonly #atWork = new Set<Promise<void>>()

  constructor(registry: AgentRegistry, workspace: string, config: Settings) {
    this.#registry = registry
    this.#workspace = workspace
    this.#config = config
    for (const { role, agent } of registry.createTeam(workspace, config)) this.#admit(role, agent)
  }

  /** What the agents of the team can be asked for, and what the registry could add. */
  get roles(): ReadonlySet<string> {
    return new Set([
      ...this.#registry.roles,
      ...[...this.agents.values()].map((agent) => this.#roleOf(agent)),
    ])
  }

  /** Throws `not-found` with the ids of the team for any other. */
  byId(agentId: string): BaseAgent {
    const agent = this.agents.get(agentId)
    if (agent) return agent
    throw new AppError('not-found', `There is no agent ${agentId}.`, {
      hint: `Agents: ${[...this.agents.keys()].join(', ')}`,
    })
  }

  /** The first agent of a role, built in or added. */
  byRole(role: string): BaseAgent {
    const [agent] = this.#allOf(role)
    if (agent) return agent
    throw new AppError('not-found', `No agent of the team has the role ${role}.`)
  }

  /** Has an agent do a task. */
  async runTask(task: Task, agentId: string): Promise<Task> {
    const work = this.byId(agentId).runTask(task)
    const settled = work.then(
      () => {},
      () => {},
    )
    this.#atWork.add(settled)
    return work.finally(() => this.#atWork.delete(settled))
  }

  /**
   * Gives the task to an agent of its role that has no other: a further one joins the team when all are busy. Where
   * nobody knows how to make one, because a program put the agent into the team itself, the task waits for it.
   */
  async giveInTurn(task: Task, team: Team, give: (agentId: string) => Promise<Task>): Promise<Task> {
    for (;;) {
      const agent = this.#idleAgent(task.context.agent_role, team)
      if (agent) return give(agent.agentId)
      await Promise.race(this.#atWork)
      if (team.asking.signal.aborted)
        throw new AppError('cancelled', 'The run was cancelled while a task waited for its agent.')
    }
  }

  #idleAgent(role: string, team: Team): BaseAgent | null {
    const own = this.#allOf(role)
    const idle = own.find((agent) => !agent.isBusy)
    if (idle) return idle
    if (own.length > 0 && this.#atWork.size > 0 && !this.#registry.roles.has(role)) return null
    const agent = this.#registry.create(role, own.length + 1, this.#workspace, this.#config)
    agent.join(team)
    this.#admit(role, agent)
    return agent
  }

  #allOf = (role: string) => [...this.agents.values()].filter((agent) => this.#roleOf(agent) === role)

  #roleOf = (agent: BaseAgent): string => this.#roles.get(agent.agentId) ?? agent.role

  #admit(role: string, agent: BaseAgent): void {
    this.#roles.set(agent.agentId, role)
    this.agents.set(agent.agentId, agent)
  }
}
