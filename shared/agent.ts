import { z } from 'zod'

export const AgentRole = z.enum([
  'business_analyst',
  'developer',
  'qa_engineer',
  'devops_engineer',
  'technical_writer',
  'custom',
])
/** What an agent is in a team. `custom` is for agents that a user adds. */
export type AgentRole = z.infer<typeof AgentRole>

export const AgentStatus = z.enum(['idle', 'working', 'waiting', 'completed', 'error'])
/** What an agent is doing: `waiting` means for a slot of the server, or for the next try. */
export type AgentStatus = z.infer<typeof AgentStatus>

export const AgentMessage = z.object({
  /** Made from task and purpose, so that a replayed task sends the same message again, not a second one. */
  message_id: z.string(),
  from_agent: z.string(),
  /** An agent's id, or `all`. */
  to_agent: z.string(),
  kind: z.enum(['hand-off', 'bug-report', 'remark', 'note']),
  content: z.string(),
  task_id: z.string().nullable(),
})
/** One agent tells another something. */
export type AgentMessage = z.infer<typeof AgentMessage>

/** The id of the first agent of a role, built in or added. */
export const agentIdOf = (role: string): string =>
  Object.hasOwn(teamIds, role) ? teamIds[role as keyof typeof teamIds] : `${role}_001`

/** The built-in team of a run: each role's agent id, as the specification names them. */
export const teamIds = {
  business_analyst: 'ba_001',
  developer: 'dev_001',
  qa_engineer: 'qa_001',
  devops_engineer: 'devops_001',
  technical_writer: 'writer_001',
} as const satisfies Partial<Record<AgentRole, string>>
