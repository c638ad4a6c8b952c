import type { TextDelta } from '../../shared/run-event.ts'
import { StreamedText } from './deltas-text.ts'

/** Asks for a call's text from an offset on, as far as it has come. */
type ReadAnswer = (call: string, offset: number) => Promise<string>
type Piece = Pick<TextDelta, 'offset' | 'text'>

/**
 * The streaming texts of one run, outside of React: pieces are appended as they come, and whoever paints looks at the
 * text when a frame is due.
 */
export class Deltas {
  readonly #texts = new Map<string, StreamedText>()
  readonly #listeners = new Map<string, Set<() => void>>()
  /** Pieces behind a gap, by call, while what is missing is read. */
  readonly #behind = new Map<string, Piece[]>()
  readonly #readAnswer: ReadAnswer

  constructor(readAnswer: ReadAnswer) {
    this.#readAnswer = readAnswer
  }

  text(call: string): StreamedText | undefined {
    return this.#texts.get(call)
  }

  add(
    { call, offset, text, tokens }: Pick<TextDelta, 'call' | 'offset' | 'text' | 'tokens'>,
    now: number,
  ): void {
    const streamed = this.#textOf(call)
    streamed.count(tokens, now)
    if (!streamed.add(offset, text)) this.#keepBehind(call, { offset, text })
    this.#tell(call)
  }

  /** Reads what has come of a call so far, or since: for one that was under way, or ended, before we listened. */
  async fill(call: string): Promise<void> {
    const behind = this.#behind.get(call) ?? []
    this.#behind.set(call, behind)
    const streamed = this.#textOf(call)
    const from = streamed.length
    try {
      streamed.add(from, await this.#readAnswer(call, from))
      for (const piece of behind.sort((one, other) => one.offset - other.offset))
        streamed.add(piece.offset, piece.text)
    } catch {
      // An answer that cannot be read now shows what comes of it from here on, once the next piece asks again.
    } finally {
      this.#behind.delete(call)
    }
    this.#tell(call)
  }

  /** Lets go of every text but these. */
  keepOnly(calls: ReadonlySet<string>): void {
    for (const call of this.#texts.keys())
      if (!calls.has(call) && !this.#listeners.has(call)) this.#texts.delete(call)
  }

  /** Calls back whenever the call's text has grown; returns the function that ends it. */
  subscribe(call: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(call) ?? new Set()
    this.#listeners.set(call, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listeners.get(call) === listeners) this.#listeners.delete(call)
    }
  }

  #textOf(call: string): StreamedText {
    const text = this.#texts.get(call) ?? new StreamedText()
    this.#texts.set(call, text)
    return text
  }

  #keepBehind(call: string, piece: Piece): void {
    const waiting = this.#behind.get(call)
    if (waiting) waiting.push(piece)
    else {
      this.#behind.set(call, [piece])
      void this.fill(call)
    }
  }

  #tell(call: string): void {
    for (const listener of this.#listeners.get(call) ?? []) listener()
  }
}
