import type { AgentRole, AgentStatus } from './agent.ts'
import type { SystemStatus } from './contract.ts'
import type { Run, TaskState } from './run.ts'

/** An agent as its card shows it. */
export type AgentState = {
  readonly agent_id: string
  readonly role: AgentRole
  readonly status: AgentStatus
  readonly current_task: string | null
  readonly completed_tasks: number
}

/** What each agent of a run is doing, read from the run's tasks. */
export function agentStates(run: Run): AgentState[] {
  return run.agents.map(({ agent_id, role }) => {
    const own = Object.values(run.tasks).filter(({ agent }) => agent === agent_id)
    const current = own.find(({ status }) => status === 'running')
    return {
      agent_id,
      role,
      status: current ? statusWithin(current) : statusAfter(historyOf(run, agent_id).at(-1)),
      current_task: current?.task.task_id ?? null,
      completed_tasks: own.filter(({ status }) => isDone(status)).length,
    }
  })
}

/** Between calls an agent works; with a call in the queue, or a failed one that will be tried again, it waits. */
function statusWithin({ calls }: TaskState): AgentStatus {
  const last = calls.at(-1)
  return last?.status === 'queued' || (last?.status === 'failed' && last.retried) ? 'waiting' : 'working'
}

/** The tasks of an agent that have ended, well or not, in that order. */
export const historyOf = (run: Run, agent: string): TaskState[] =>
  Object.values(run.tasks)
    .filter((state) => state.agent === agent && state.task.completed_at !== null)
    .sort((one, other) => one.task.completed_at!.localeCompare(other.task.completed_at!))

function statusAfter(last: TaskState | undefined): AgentStatus {
  if (!last) return 'idle'
  return isDone(last.status) ? 'completed' : 'error'
}

const isDone = (status: TaskState['status']) => status === 'completed' || status === 'gated'

/** The run's status in the specification's shape. */
export function systemStatus(run: Run, now: Date): SystemStatus {
  const states = agentStates(run)
  return {
    total_agents: states.length,
    agents: Object.fromEntries(states.map(({ agent_id, ...rest }) => [agent_id, rest])),
    total_tasks_completed: states.reduce((sum, { completed_tasks }) => sum + completed_tasks, 0),
    timestamp: now.toISOString(),
  }
}
