/** How far back the speed of a stream is looked at, in milliseconds. */
const span = 2000
/** Below this a speed would be a guess. */
const leastSpan = 400

/** The text of one call while it streams, as lines: closed lines never change, only the last one grows. */
export class StreamedText {
  readonly #closed: string[] = []
  #open = ''
  #length = 0
  #tokens = 0
  #samples: { at: number; tokens: number }[] = []

  /** UTF-16 code units so far: the offset at which the next piece is expected. */
  get length(): number {
    return this.#length
  }

  get tokens(): number {
    return this.#tokens
  }

  /** Lines, the growing one included. */
  get lineCount(): number {
    return this.#closed.length + 1
  }

  /** One line without its end; empty where there is none. */
  line(index: number): string {
    return this.#closed[index] ?? (index === this.#closed.length ? this.#open : '')
  }

  /** Whether a line is complete, and so stays what it is. */
  isClosed(index: number): boolean {
    return index < this.#closed.length
  }

  /**
   * Puts a piece at its offset: what is there already is skipped. False where something before it is missing, and then
   * nothing is taken.
   */
  add(offset: number, text: string): boolean {
    if (offset > this.#length) return false
    const fresh = text.slice(this.#length - offset)
    if (fresh === '') return true
    this.#length += fresh.length
    const lines = fresh.split('\n')
    lines[0] = this.#open + lines[0]!
    this.#open = lines.pop()!
    for (const line of lines) this.#closed.push(line.endsWith('\r') ? line.slice(0, -1) : line)
    return true
  }

  /** Takes the count of tokens that came with a piece. */
  count(tokens: number, now: number): void {
    this.#tokens = Math.max(this.#tokens, tokens)
    const from = this.#samples.findLastIndex(({ at }) => at <= now - span)
    if (from > 0) this.#samples.splice(0, from)
    this.#samples.push({ at: now, tokens: this.#tokens })
  }

  /** Tokens a second as a mean over the last two seconds; null while there is too little to tell. */
  speed(now: number): number | null {
    const base = this.#samples.findLast(({ at }) => at <= now - span) ?? this.#samples[0]
    if (!base || now - base.at < leastSpan) return null
    return ((this.#tokens - base.tokens) * 1000) / (now - base.at)
  }
}
