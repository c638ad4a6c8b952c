import { teamIds } from '../../../shared/agent.ts'
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

const team: Record<keyof typeof teamIds, MakeAgent> = {
  business_analyst: (id, workspace, config) =>
    new BusinessAnalystAgent(id, 'business_analyst', workspace, config),
  developer: (id, workspace, config) => new DeveloperAgent(id, 'developer', workspace, config),
  qa_engineer: (id, workspace, config) => new QAEngineerAgent(id, 'qa_engineer', workspace, config),
  devops_engineer: (id, workspace, config) =>
    new DevOpsEngineerAgent(id, 'devops_engineer', workspace, config),
  technical_writer: (id, workspace, config) =>
    new TechnicalWriterAgent(id, 'technical_writer', workspace, config),
}

/** The roles that a workflow may ask for. */
export const knownRoles: ReadonlySet<string> = new Set(Object.keys(team))

/** One agent of each built-in role, under the ids that the specification gives them. */
export function createTeam(workspace: string, config: Settings): BaseAgent[] {
  return Object.entries(team).map(([role, make]) =>
    make(teamIds[role as keyof typeof teamIds], workspace, config),
  )
}

/** A further agent of a role, for when the others of that role are busy; throws `not-found` for an unknown one. */
export function createAgent(role: string, ordinal: number, workspace: string, config: Settings): BaseAgent {
  const known = Object.keys(team).find((one): one is keyof typeof team => one === role)
  if (!known)
    throw new AppError('not-found', `No agent has the role "${role}".`, {
      hint: `Roles: ${[...knownRoles].join(', ')}`,
    })
  return team[known](teamIds[known].replace(/\d+$/, String(ordinal).padStart(3, '0')), workspace, config)
}
