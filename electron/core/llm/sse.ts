import type { Readable } from 'node:stream'
import { ModelError } from './model-error.ts'

/** How large a line and a stream may be, in bytes. */
export type StreamLimits = {
  /** Characters that one line, or the data of one event, may have. */
  line: number
  /** Bytes that the whole stream may have. */
  total: number
}

const defaultLimits: StreamLimits = { line: 2 ** 20, total: 64 * 2 ** 20 }

/** Takes a `text/event-stream` apart as its bytes come, in linear time. Bytes that are not UTF-8 become U+FFFD. */
export class EventParser {
  readonly #limits: StreamLimits
  readonly #decoder = new TextDecoder()
  #bytes = 0
  #line = ''
  #data: string | undefined

  constructor(limits: StreamLimits = defaultLimits) {
    this.#limits = limits
  }

  /** Answers the data of the events that these bytes completed. An event that never ends never comes out. */
  push(chunk: Uint8Array): string[] {
    this.#bytes += chunk.length
    if (this.#bytes > this.#limits.total) throw tooLong('an answer', this.#limits.total)
    const text = this.#decoder.decode(chunk, { stream: true })
    if (this.#line === '' && this.#data === undefined && isOneEvent(text)) return [text.slice(6, -2)]
    const events: string[] = []
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#grow(text.slice(from, end))
      this.#endLine(events)
      from = end + 1
    }
    this.#grow(text.slice(from))
    return events
  }

  #grow(piece: string): void {
    if (this.#line.length + piece.length > this.#limits.line) throw tooLong('a line', this.#limits.line)
    this.#line += piece
  }

  #endLine(events: string[]): void {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line
    this.#line = ''
    if (line === '') {
      if (this.#data !== undefined) events.push(this.#data)
      this.#data = undefined
    } else if (line === 'data' || line.startsWith('data:')) {
      const value = line.startsWith('data: ') ? line.slice(6) : line.slice(5)
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`
      if (this.#data.length > this.#limits.line) throw tooLong('an event', this.#limits.line)
    }
  }
}

/** Whether a text is a single event of one line, as nearly all are: such a one need not be taken apart. */
const isOneEvent = (text: string) =>
  text.startsWith('data: ') &&
  text.indexOf('\n') === text.length - 2 &&
  text.endsWith('\n\n') &&
  text.at(-3) !== '\r'

/**
 * Reads the events of a response until `[DONE]`, its end, or an abort, and then closes the connection. Rejects with what
 * breaks the connection, or with what `onEvent` throws. No event is told of after an abort.
 */
export function readEvents(
  source: Readable,
  signal: AbortSignal,
  onEvent: (data: string) => void,
): Promise<void> {
  const parser = new EventParser()
  return new Promise<void>((resolve, reject) => {
    const end = () => {
      signal.removeEventListener('abort', end)
      source.off('data', read).destroy()
      resolve()
    }
    // The last bytes of the connection are on their way: nobody waits for them.
    const leave = () => {
      source.off('data', read)
      setImmediate(end)
      resolve()
    }
    const fail = (error: unknown) => {
      reject(error)
      end()
    }
    const read = (bytes: Uint8Array) => {
      try {
        for (const data of parser.push(bytes)) {
          if (signal.aborted) return
          if (data === '[DONE]') return leave()
          onEvent(data)
        }
      } catch (error) {
        fail(error)
      }
    }
    // An error after the end, such as that of the closing itself, settles nothing any more.
    source.on('error', fail).once('end', end).once('close', end).on('data', read)
    signal.addEventListener('abort', end, { once: true })
    if (source.errored) fail(source.errored)
    else if (signal.aborted || source.destroyed) end()
  })
}

function tooLong(what: string, limit: number): ModelError {
  return new ModelError('malformed', `The server sent ${what} of more than ${limit >> 20} MB.`, {
    hint: 'This is not what a model server sends: see what runs at OPENAI_API_BASE.',
    transient: false,
  })
}
