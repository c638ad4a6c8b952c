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

/** Reads the events of a response's body until `[DONE]`, its end, or an abort, and then closes the connection. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const parser = new EventParser()
  const reader = body.getReader()
  const close = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', close, { once: true })
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (const data of parser.push(next.value)) {
        if (signal.aborted || data === '[DONE]') return
        yield data
      }
    }
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}

function tooLong(what: string, limit: number): ModelError {
  return new ModelError('malformed', `The server sent ${what} of more than ${limit >> 20} MB.`, {
    hint: 'This is not what a model server sends: see what runs at OPENAI_API_BASE.',
    transient: false,
  })
}
