import type { Listener, Reply, Transport } from '../shared/rpc.ts'
import { readEventStream } from './event-stream.ts'
import type { Connection } from './connection.ts'

type Options = {
  readonly token: string
  readonly onConnection: (connection: Connection) => void
  readonly fetch?: typeof fetch
  /** Milliseconds before the first try to connect again; doubles up to 5 s. */
  readonly firstDelay?: number
}

const longestDelay = 5000
const lost = {
  code: 'unavailable',
  message: 'Paddock does not answer.',
  hint: 'It was ended, or is starting again. The window goes on by itself as soon as it answers.',
} as const
const refused = {
  code: 'unavailable',
  message: 'Paddock does not know this window.',
  hint: 'Open the address that `paddock serve` printed last.',
} as const

/** Reaches the core over HTTP, with a token in a header; goes on after a lost connection where it stopped. */
export function createHttpTransport({ token, onConnection, firstDelay = 250, ...rest }: Options): Transport {
  const fetch = rest.fetch ?? globalThis.fetch.bind(globalThis)
  const headers = { authorization: `Bearer ${token}` }
  const listeners = new Set<Listener>()
  let lastId: string | undefined
  let stop: AbortController | undefined
  // What is read before the events flow could miss one in between: calls wait until listening has begun, or failed.
  let listening = Promise.withResolvers<void>()
  listening.resolve()

  const tell = (batch: readonly (readonly [string, unknown])[]) => {
    for (const [name, payload] of batch) for (const listener of listeners) listener(name, payload)
  }

  async function follow(signal: AbortSignal): Promise<void> {
    for (let delay = firstDelay; !signal.aborted;) {
      try {
        const resume: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId }
        const response = await fetch('/events', { headers: { ...headers, ...resume }, signal })
        if (isRefusal(response)) {
          listening.resolve()
          return onConnection('refused')
        }
        if (!response.ok || !response.body) throw new Error(`status ${response.status}`)
        onConnection('open')
        listening.resolve()
        delay = firstDelay
        for await (const { id, data } of readEventStream(response.body)) {
          if (id !== undefined) lastId = id
          tell(JSON.parse(data) as [string, unknown][])
        }
      } catch {
        if (signal.aborted) return
      }
      onConnection('lost')
      listening.resolve()
      await new Promise((resolve) => setTimeout(resolve, delay))
      delay = Math.min(delay * 2, longestDelay)
    }
  }

  return {
    async call(name, input): Promise<Reply> {
      await listening.promise
      try {
        const response = await fetch(`/call/${name}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ input }),
        })
        if (isRefusal(response)) return { ok: false, error: refused }
        return (await response.json()) as Reply
      } catch {
        return { ok: false, error: lost }
      }
    },
    listen(listener) {
      listeners.add(listener)
      if (!stop) {
        stop = new AbortController()
        listening = Promise.withResolvers()
        void follow(stop.signal)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.abort()
        stop = undefined
      }
    },
  }
}

const isRefusal = ({ status }: Response) => status === 401 || status === 403
