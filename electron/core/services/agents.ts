import { agentIdOf } from '../../../shared/agent.ts'
import type { calls } from '../../../shared/contract.ts'
import type { ListedAgent } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import { isEnabled } from '../agents/registry.ts'
import type { Core } from '../core.ts'

/** Tells of the agents that a run's team has. */
export class AgentService implements AgentCalls {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  list({ workspace }: { workspace?: string | undefined }): ListedAgent[] {
    const { agents, prompts, settingsFor } = this.#core
    const settings = settingsFor(workspace)
    return [...agents.kinds].map(([role, { title, does }]) => ({
      agent_id: agentIdOf(role),
      role,
      title,
      does,
      enabled: isEnabled(role, settings),
      task_types: prompts.taskTypes(role),
    }))
  }
}

type AgentCalls = Services<typeof calls>['agent']
