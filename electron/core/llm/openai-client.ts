import type { IncomingMessage } from 'node:http'
import { OpenAI } from 'openai'
import type { Endpoint } from './endpoint.ts'
import { longestMs } from './exchange.ts'
import { createGuardedRequest } from './guarded-request.ts'

/** What the SDK is given for a response: its bytes are read off the connection itself, past the costly web streams. */
export class GuardedResponse extends Response {
  readonly message: IncomingMessage

  constructor(message: IncomingMessage) {
    super(null)
    this.message = message
  }
}

/** `createGuardedRequest` as the SDK takes it. */
export function createGuardedFetch(
  ...given: Parameters<typeof createGuardedRequest>
): (input: string | URL | Request, init?: RequestInit) => Promise<GuardedResponse> {
  const request = createGuardedRequest(...given)
  return async (input, init = {}) =>
    new GuardedResponse(await request(new URL(input instanceof Request ? input.url : input), init))
}

/** The SDK, which builds the requests. Left alone it would also read the environment, try again, log and time out. */
export function createClient(endpoint: Endpoint, key: string): OpenAI {
  return new OpenAI({
    baseURL: endpoint.base,
    apiKey: key,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: longestMs,
    logLevel: 'off',
    fetch: createGuardedFetch(endpoint, key, 'text/event-stream'),
  })
}
