import type { ModelStatus, Usage } from '../../../shared/model.ts'
import type { Settings } from '../../../shared/settings.ts'
import { withStartHint } from '../llama/start-hint.ts'
import { createRedactor } from '../log/redactor.ts'
import { createChat } from './chat.ts'
import { checkEndpoint } from './endpoint.ts'
import { createJsonCall } from './json-call.ts'
import { ModelError, withoutSecrets, type ModelErrorKind } from './model-error.ts'
import { createStatusReader } from './server-status.ts'
import { sharedAnswer } from './shared-answer.ts'
import { countTokens, estimateTokens } from './tokens.ts'

/** One message of a conversation. */
export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string }

/** What is asked of a model. `maxTokens` bounds the answer. */
export type ModelRequest = {
  /** Where the last one is the assistant's, the answer goes on from it; the started text is not given back. */
  messages: readonly ChatMessage[]
  maxTokens: number
  temperature: number
  /** JSON schema that the answer must keep to. llama-server refuses it together with a started answer. */
  schema?: { name: string; schema: object } | undefined
  /** Seconds of silence that are borne; the setting `llm_timeout` where absent. */
  timeout?: number | undefined
}

/** What is heard while a model answers: pieces of its text and thoughts, and how much of the prompt it has read. */
export type ModelProgress =
  { kind: 'text' | 'thinking'; text: string } | { kind: 'prompt'; done: number; total: number }

/** How an answer ended. Its text has gone through `onProgress`; usage is 0 where the server does not count. */
export type ModelAnswer = {
  finish: 'stop' | 'length'
  usage: Usage
  firstTokenMs: number | null
  ms: number
}

/** Who may end an answer, and who hears of it while it comes. */
export type AnswerOptions = { signal: AbortSignal; onProgress: (progress: ModelProgress) => void }

/** A language model behind a server. Every call rejects with a ModelError, or with `cancelled` after an abort. */
export interface Model {
  /** Reads what the server says of itself; waits while it is loading, at most `llm_timeout`. */
  status(signal: AbortSignal): Promise<ModelStatus>
  /** Tokens as the server's own template and tokenizer count them; an estimate where it cannot, or is gone just now. */
  count(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
  ): Promise<{ tokens: number; by: 'server' | 'estimate' }>
  /** Asks for one answer. Resolves only for one that the server itself called finished or full. */
  answer(request: ModelRequest, options: AnswerOptions): Promise<ModelAnswer>
}

/** Failures after which another server may answer at the same address. */
const gone: readonly ModelErrorKind[] = ['refused', 'dropped', 'loading']

/** Makes the model that the settings name. Throws `invalid` at once when its address is neither on this machine nor permitted. */
export function createModel(settings: Settings): Model {
  const endpoint = checkEndpoint(settings.openai_api_base, settings.allowed_hosts)
  const call = createJsonCall(endpoint, settings.openai_api_key, settings.llm_timeout)
  const chat = createChat(endpoint, settings)
  const redact = createRedactor([settings.openai_api_key])
  let known: ModelStatus | undefined

  const readNow = sharedAnswer(createStatusReader(call, endpoint, settings))
  const status = (signal: AbortSignal): Promise<ModelStatus> =>
    forgetting(async () => {
      known = undefined
      return (known = await readNow(signal))
    })
  const lastStatus = async (signal: AbortSignal) => known ?? status(signal)

  async function forgetting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ModelError && gone.includes(error.kind)) known = undefined
      throw withStartHint(withoutSecrets(error, redact), settings)
    }
  }

  return {
    status,
    async count(messages, signal) {
      const estimated = { tokens: estimateTokens(messages), by: 'estimate' } as const
      try {
        if (!(await forgetting(() => lastStatus(signal))).can.count) return estimated
        return { tokens: await forgetting(() => countTokens(call, endpoint, messages, signal)), by: 'server' }
      } catch (error) {
        // The call that is being prepared has its own tries: its fault is told there.
        if (error instanceof ModelError) return estimated
        throw error
      }
    },
    answer: (request, options) =>
      forgetting(async () => await chat((await lastStatus(options.signal)).model, request, options)),
  }
}
