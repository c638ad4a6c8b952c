import type { Run } from '../../../shared/run.ts'
import type { ShownMessage } from '../../components/run/message-list.tsx'
import { runStrings } from '../../strings-run.ts'

/** The messages of a run with names, roles and times, in the order in which they were sent. */
export function shownMessages(
  run: Pick<Run, 'messages' | 'agents'>,
  times: Readonly<Record<string, string>>,
  names: (role: string) => string,
): ShownMessage[] {
  const roles = new Map(run.agents.map(({ agent_id, role }) => [agent_id, role as string]))
  const nameOf = (agent: string) =>
    agent === 'all' ? runStrings.messages.everyone : names(roles.get(agent) ?? agent)
  return run.messages.map(({ message_id, from_agent, to_agent, kind, content }) => ({
    id: message_id,
    fromRole: roles.get(from_agent) ?? from_agent,
    toRole: roles.get(to_agent) ?? to_agent,
    from: nameOf(from_agent),
    to: nameOf(to_agent),
    kind,
    content,
    at: times[message_id] ?? null,
  }))
}
