import type { AgentMessage } from '../../shared/agent.ts'
import { isFor } from '../../shared/inbox.ts'
import type { Journal } from './journal.ts'

/** Carries messages between the agents of one run; each is in the journal before anybody receives it. */
export class MessageBus {
  readonly #journal: Journal
  readonly #received = new Map<string, number>()

  constructor(journal: Journal) {
    this.#journal = journal
  }

  async send(message: AgentMessage): Promise<void> {
    await this.#journal.append([{ type: 'message-sent', message }])
  }

  /** The agent's next unread message, or null; its own broadcasts do not come back to it. */
  receive(agentId: string): AgentMessage | null {
    const inbox = this.#journal.run.messages.filter((message) => isFor(message, agentId))
    const read = this.#received.get(agentId) ?? 0
    const next = inbox[read]
    if (next) this.#received.set(agentId, read + 1)
    return next ?? null
  }
}
