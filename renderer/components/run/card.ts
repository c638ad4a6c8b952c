import type { AgentRole, AgentStatus } from '../../../shared/agent.ts'

/** What a line of a card, or a step, is coloured by; the glyph beside it says the same. */
export type Tone = 'quiet' | 'good' | 'accent' | 'waiting' | 'error'

/** The one line below a card's text that says why it stands as it stands. */
export type CardNote = {
  readonly tone: Tone
  readonly text: string
  /** When what it tells of began: the time since is shown behind it. */
  readonly since: string | null
  /** When something is due: the time until then is shown behind it. */
  readonly until: string | null
  /** The reason, behind all of it: what has no room is in the log and in the step. */
  readonly detail: string
}

/** An agent as its card shows it. */
export type AgentCardData = {
  readonly id: string
  readonly role: AgentRole
  readonly name: string
  readonly status: AgentStatus
  /** The status in words, such as `Waiting for a slot`. */
  readonly word: string
  readonly task: string
  /** The id of the task that `task` tells of: the one at hand, else the last one, else the next. */
  readonly taskId: string | null
  /** The task at hand, by id; null while there is none. */
  readonly current: string | null
  /** How many tasks it has completed. */
  readonly completed: number
  /** How many messages wait for its next prompt. */
  readonly waiting: number
  /** The call whose text is shown, or opened where `lines` stand in its place. */
  readonly call: string | null
  readonly lines: readonly string[]
  readonly note: CardNote
  /** Answer tokens of the step's ended calls; those of the streaming one come on top. */
  readonly tokens: number
  readonly from: string | null
  readonly to: string | null
  readonly promptTokens: number
  /** Answer tokens of the shown call, once it has ended. */
  readonly answerTokens: number
  /** Tokens a second of the shown call, once it has ended. */
  readonly answerSpeed: number | null
  /** Tokens that a slot holds. */
  readonly window: number | null
  /** Whether its step can be run again now. */
  readonly canRetry: boolean
}
