import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import type { JsonCall } from './json-call.ts'
import type { ChatMessage } from './model.ts'

const Rendered = z.object({ prompt: z.string() })
const Tokens = z.object({ tokens: z.array(z.unknown()) })

/** The prompt that the server makes of messages, by the template of its model. */
export async function renderPrompt(
  call: JsonCall,
  endpoint: Endpoint,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<string> {
  return (await call(`${endpoint.root}/apply-template`, Rendered, signal, { messages })).prompt
}

/** Tokens of messages by the server's own template and tokenizer: what its usage says of the prompt later. */
export async function countTokens(
  call: JsonCall,
  endpoint: Endpoint,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<number> {
  const content = await renderPrompt(call, endpoint, messages, signal)
  // The template's text comes without the token that begins each prompt.
  return (await call(`${endpoint.root}/tokenize`, Tokens, signal, { content, add_special: true })).tokens
    .length
}

/** Tokens of messages where the server cannot count: a third of their bytes, which is rather too many. */
export const estimateTokens = (messages: readonly ChatMessage[]): number => Math.ceil(bytesOf(messages) / 3)

/** What a template may add around messages, with plenty to spare. */
const ofTemplate = 512

/** More tokens than messages can have: each has at least one byte. */
export const mostTokens = (messages: readonly ChatMessage[]): number => bytesOf(messages) + ofTemplate

const bytesOf = (messages: readonly ChatMessage[]): number =>
  messages.reduce((bytes, { content }) => bytes + Buffer.byteLength(content), 0)
