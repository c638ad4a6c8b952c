import { agentIdOf, type AgentMessage } from './agent.ts'
import type { Run } from './run.ts'
import { ancestors } from './run-graph.ts'

/** Whether a message is for an agent; its own broadcasts do not come back to it. */
export const isFor = ({ from_agent, to_agent }: AgentMessage, agent: string): boolean =>
  to_agent === agent || (to_agent === 'all' && from_agent !== agent)

/** What other agents told the agent of a task, in tasks that it rests on; word from outside is for everyone. */
export function messagesTo(run: Run, taskId: string): AgentMessage[] {
  const own = agentIdOf(run.tasks[taskId]?.task.context.agent_role ?? '')
  const above = ancestors(run, taskId)
  return run.messages.filter(
    (message) => isFor(message, own) && (message.task_id === null || above.has(message.task_id)),
  )
}
