import type { ServerResponse } from 'node:http'
import { setInterval } from 'node:timers'
import type { Transport } from '../../shared/rpc.ts'
import { createBatcher } from './batch-events.ts'
import { pageHeaders } from './page-headers.ts'

/** What streams may cost. `kept`: characters of batches that are kept for pages which come back. */
export type StreamLimits = { readonly streams: number; readonly kept: number; readonly heartbeat: number }

/** The event streams of one host. `open` answers false where there are as many as may be. */
export type EventStreams = {
  open(response: ServerResponse, after: string | undefined): boolean
  stop(): void
}

type Stream = {
  readonly response: ServerResponse
  /** The number of the last batch that was written to it. */
  sent: number
  /** Whether its socket takes no more for now, and since how many heartbeats. */
  full: number | null
}

/**
 * Sends the core's events to pages, batch by batch. Batches are numbered and the last ones kept, so that a page which
 * lost its connection goes on where it was; one that is too far behind is told to read anew. A page that does not read
 * costs nothing but its place among what is kept, and loses its stream after two heartbeats.
 */
export function createEventStreams(transport: Transport, limits: StreamLimits): EventStreams {
  const streams = new Set<Stream>()
  const kept: string[] = []
  let keptCharacters = 0
  let last = 0

  const batcher = createBatcher((batch) => {
    last += 1
    const text = messageOf(last, batch)
    kept.push(text)
    keptCharacters += text.length
    while (keptCharacters > limits.kept && kept.length > 1) keptCharacters -= kept.shift()!.length
    for (const stream of streams) advance(stream)
  })

  const advance = (stream: Stream) => {
    const first = last - kept.length + 1
    if (stream.full === null && stream.sent + 1 < first) {
      stream.sent = last
      write(stream, messageOf(last, [['reset', null]]))
    }
    while (stream.full === null && stream.sent < last) {
      stream.sent += 1
      write(stream, kept[stream.sent - first]!)
    }
  }
  const write = (stream: Stream, text: string) => {
    if (stream.response.write(text)) return
    stream.full = 0
    stream.response.once('drain', () => {
      stream.full = null
      advance(stream)
    })
  }
  const beat = setInterval(() => {
    for (const stream of streams) {
      if (stream.full === null) write(stream, ': still here\n\n')
      else if (++stream.full > 2) {
        streams.delete(stream)
        stream.response.destroy()
      }
    }
  }, limits.heartbeat)
  beat.unref()
  const unlisten = transport.listen(batcher.push)

  return {
    open(response, after) {
      if (streams.size >= limits.streams) return false
      // Without a number the page has read nothing yet, and reads all there is once it listens.
      const stream: Stream = {
        response,
        sent: after === undefined ? last : numberOf(after, last),
        full: null,
      }
      streams.add(stream)
      response.on('close', () => streams.delete(stream))
      response.writeHead(200, {
        ...pageHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      })
      write(stream, ': listening\n\n')
      advance(stream)
      return true
    },
    stop() {
      unlisten()
      batcher.stop()
      clearInterval(beat)
      for (const { response } of streams) response.end()
    },
  }
}

const messageOf = (id: number, batch: unknown): string => `id: ${id}\ndata: ${JSON.stringify(batch)}\n\n`

/** A number that was never given out is one that is too old. */
function numberOf(after: string, last: number): number {
  const number = /^[0-9]{1,15}$/.test(after) ? Number(after) : -1
  return number <= last ? number : -1
}
