import type { Omission } from '../../../shared/model.ts'
import type { ChatMessage, Model } from '../llm/model.ts'
import { estimateTokens, mostTokens } from '../llm/tokens.ts'
import { cutSections, promptBudget } from './budget.ts'
import type { Section } from './sections.ts'

/** Tokens of a prompt, and who counted them. */
export type PromptCount = { readonly tokens: number; readonly countedBy: 'server' | 'estimate' }
/** The two messages of every prompt. */
export type PromptMessages = readonly [system: ChatMessage, user: ChatMessage]
/** A prompt that fits; `budget` is null where the window of a slot is unknown. */
export type Prompt = PromptCount & {
  readonly messages: PromptMessages
  readonly budget: number | null
  readonly omissions: readonly Omission[]
}
/** What a prompt is put together from. */
export type Parts = {
  /** The one constant system message. */
  readonly system: string
  readonly sections: readonly Section[]
  /** Task and role: the end of the user message. */
  readonly closing: string
}

/** Puts a prompt together within the window of a slot (null: unknown, nothing is cut). Throws `invalid` when it cannot fit. */
export async function composePrompt(
  parts: Parts,
  model: Pick<Model, 'count'>,
  limits: { window: number | null; maxTokens: number },
  signal: AbortSignal,
): Promise<Prompt> {
  const { window, maxTokens } = limits
  const whole = messagesOf(parts, parts.sections)
  const counted = await countPrompt(whole, model, signal, window === null ? 0 : window - maxTokens)
  const budget = window === null ? null : promptBudget(window, maxTokens)
  if (budget === null || counted.tokens <= budget)
    return { messages: whole, ...counted, budget, omissions: [] }
  const count = async (text: string) => (await model.count([{ role: 'user', content: text }], signal)).tokens
  const { sections, omissions } = await cutSections(parts.sections, counted.tokens - budget, count)
  const messages = messagesOf(parts, sections)
  return { messages, ...(await countPrompt(messages, model, signal)), budget, omissions }
}

const messagesOf = ({ system, closing }: Parts, sections: readonly Section[]) =>
  promptMessages(system, [...sections.map(({ text }) => text), closing].join('\n\n'))

/** The two messages of every prompt. */
export const promptMessages = (system: string, user: string): PromptMessages => [
  { role: 'system', content: system },
  { role: 'user', content: user },
]

/**
 * Counts messages by the server, else by estimate. Where they have fewer than `enough` tokens whatever the tokenizer, their
 * number decides nothing, and the server is not asked.
 */
export async function countPrompt(
  messages: readonly ChatMessage[],
  model: Pick<Model, 'count'>,
  signal: AbortSignal,
  enough = 0,
): Promise<PromptCount> {
  if (mostTokens(messages) < enough) return { tokens: estimateTokens(messages), countedBy: 'estimate' }
  const { tokens, by } = await model.count(messages, signal)
  return { tokens, countedBy: by }
}
