import { lookup } from 'node:dns'
import type { Agent, IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { AppError } from '../../../shared/errors.ts'
import { isLoopback, type Endpoint } from './endpoint.ts'
import { ModelError } from './model-error.ts'
import { errorOfStatus } from './server-error.ts'

/** A request in the form of `fetch`, answered with the bytes as they come from the connection. */
export type GuardedRequest = (
  url: URL,
  init: { method?: string; body?: unknown; signal?: AbortSignal | null },
) => Promise<IncomingMessage>

const errorBytes = 64 * 1024

/**
 * Makes a request that reaches this one server and nothing else. It sends none of the caller's headers, follows no
 * redirect, goes through no proxy, has no time limits of its own, and resolves only for a plain 200 of the accepted
 * type; the rest rejects with a ModelError. Node's own fetch has proxies, and gives up after 300 s without headers.
 */
export function createGuardedRequest(
  endpoint: Endpoint,
  key: string,
  accept: 'application/json' | 'text/event-stream',
): GuardedRequest {
  const secure = endpoint.origin.startsWith('https:')
  // Not imported: an import of node:http loads the whole of fetch as well, which takes longer than all else at the start.
  const http = secure ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http')
  // Small calls share kept connections. A stream gets its own: a kept one may turn out closed when it is used, as
  // llama-server closes some without saying so, and whether it had begun to answer could not be told then.
  const pooled = new http.Agent({ keepAlive: accept === 'application/json' })
  const fresh = new http.Agent({ keepAlive: false })
  return async (url, init) => {
    if (url.origin !== endpoint.origin)
      throw new AppError('internal', `A call for ${url.origin} was stopped.`)
    const headers = {
      accept,
      'accept-encoding': 'identity',
      authorization: `Bearer ${key}`,
      'user-agent': 'paddock',
    }
    const body = typeof init.body === 'string' ? init.body : undefined
    const options = {
      // What the person permitted may be anywhere, but has to prove that it is what they named.
      ...(endpoint.isRemote ? { rejectUnauthorized: true } : { lookup: lookupLoopback }),
      method: init.method ?? 'GET',
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(init.signal ? { signal: init.signal } : {}),
    }
    const open = (agent: Agent) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const request = http.request(url, { ...options, agent })
        const fail = (error: Error) => reject(request.reusedSocket ? new StaleConnection(error) : error)
        request.once('response', resolve).on('error', fail).end(body)
      })
    const response = await open(pooled).catch((error: unknown) => {
      if (!(error instanceof StaleConnection)) throw error
      return open(fresh)
    })
    await check(response, endpoint.base, accept)
    return response
  }
}

/** A kept connection that the server had closed by the time it was used again. */
class StaleConnection extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause })
  }
}

async function check(response: IncomingMessage, base: string, accept: string): Promise<void> {
  const { statusCode = 0, headers } = response
  if (statusCode !== 200)
    throw errorOfStatus(base, statusCode, await readStart(response), headers['retry-after'])
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? 'nothing'
  const encoding = headers['content-encoding'] ?? 'identity'
  if (type === accept && encoding === 'identity') return
  response.destroy()
  throw new ModelError(
    'malformed',
    `The server at ${base} answered with ${type} (${encoding}), not with ${accept}.`,
    {
      hint: 'This is no model server: set OPENAI_API_BASE to where llama-server listens.',
      transient: false,
    },
  )
}

/** The start of an error's body; what the server did not say of it does not matter. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk)
    if ((bytes += chunk.length) > errorBytes) break
  }
  return Buffer.concat(chunks).toString()
}

/** Resolves `localhost`, and refuses what a changed hosts file may have made of it. */
const lookupLoopback: LookupFunction = (hostname, options, done) => {
  lookup(hostname, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found]
    const stranger = error ? undefined : addresses.find((address) => !isLoopback(address))
    if (stranger === undefined) return done(error, found, family)
    const message = `On this machine ${hostname} is ${stranger}, which is elsewhere.`
    done(new AppError('invalid', message, { hint: 'Write 127.0.0.1 in OPENAI_API_BASE.' }), found, family)
  })
}
