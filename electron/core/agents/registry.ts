import { agentIdOf, type AgentRole, type teamIds } from '../../../shared/agent.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { BaseAgent } from './base-agent.ts'
import { BusinessAnalystAgent } from './business-analyst.ts'
import { DeveloperAgent } from './developer.ts'
import { DevOpsEngineerAgent } from './devops-engineer.ts'
import { QAEngineerAgent } from './qa-engineer.ts'
import { TechnicalWriterAgent } from './technical-writer.ts'

/** Makes an agent of some role under a given id. */
export type MakeAgent = (agentId: string, workspace: string, config: Settings) => BaseAgent
/** How a role is filled, and what people are told of it. */
export type AgentKind = { readonly title: string; readonly does: string; readonly make: MakeAgent }

const builtIn: Readonly<Record<keyof typeof teamIds, AgentKind>> = {
  business_analyst: {
    title: 'Business analyst',
    does: 'Turns a requirement into user stories with acceptance criteria, and judges what is feasible.',
    make: (id, workspace, config) => new BusinessAnalystAgent(id, 'business_analyst', workspace, config),
  },
  developer: {
    title: 'Developer',
    does: 'Designs, writes, mends and reviews code.',
    make: (id, workspace, config) => new DeveloperAgent(id, 'developer', workspace, config),
  },
  qa_engineer: {
    title: 'QA engineer',
    does: 'Plans and writes tests, and reports bugs.',
    make: (id, workspace, config) => new QAEngineerAgent(id, 'qa_engineer', workspace, config),
  },
  devops_engineer: {
    title: 'DevOps engineer',
    does: 'Writes what builds, checks and deploys the project.',
    make: (id, workspace, config) => new DevOpsEngineerAgent(id, 'devops_engineer', workspace, config),
  },
  technical_writer: {
    title: 'Technical writer',
    does: 'Writes guides, API documentation and release notes.',
    make: (id, workspace, config) => new TechnicalWriterAgent(id, 'technical_writer', workspace, config),
  },
}

/** The roles of the built-in team. */
export const knownRoles: ReadonlySet<string> = new Set(Object.keys(builtIn))

/** The roles that workflows may ask for: the built-in ones, and those that a program adds. */
export class AgentRegistry {
  readonly #kinds = new Map<string, AgentKind>(Object.entries(builtIn))

  /** Adds a role of one's own; throws `invalid` for a name that is none, and `conflict` for one that is taken. */
  register(role: string, kind: Pick<AgentKind, 'make'> & Partial<AgentKind>): void {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(role))
      throw new AppError('invalid', `"${role}" cannot be a role.`, {
        hint: 'A role is lower-case words joined by underscores.',
      })
    if (this.#kinds.has(role))
      throw new AppError('conflict', `There are agents of the role "${role}" already.`, {
        hint: `Taken roles: ${[...this.#kinds.keys()].join(', ')}.`,
      })
    this.#kinds.set(role, { title: role.replaceAll('_', ' '), does: 'An agent of your own.', ...kind })
  }

  get kinds(): ReadonlyMap<string, AgentKind> {
    return this.#kinds
  }

  get roles(): ReadonlySet<string> {
    return new Set(this.#kinds.keys())
  }

  /** An agent of a role; further ones are for when the others of that role are busy. Throws `not-found` for an unknown role. */
  create(role: string, ordinal: number, workspace: string, config: Settings): BaseAgent {
    const kind = this.#kinds.get(role)
    if (!kind)
      throw new AppError('not-found', `No agent has the role "${role}".`, {
        hint: `Roles: ${[...this.#kinds.keys()].join(', ')}`,
      })
    const id = agentIdOf(role).replace(/\d+$/, String(ordinal).padStart(3, '0'))
    return kind.make(id, workspace, config)
  }

  /** One agent of each role, with the role that it fills. */
  createTeam(workspace: string, config: Settings): { role: string; agent: BaseAgent }[] {
    return [...this.#kinds.keys()].map((role) => ({ role, agent: this.create(role, 1, workspace, config) }))
  }
}

/** Whether the person's settings let agents of this role work. */
export const isEnabled = (role: string, config: Settings): boolean =>
  !Object.hasOwn(config.agents, role) || config.agents[role as Exclude<AgentRole, 'custom'>].enabled
