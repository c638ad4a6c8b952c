import type { Ledger } from './ledger.ts'

/** Milliseconds between two looks. */
const look = 200

/** Tells whoever wants to know that other processes have written to the ledger; looks only while somebody does. */
export class ForeignWrites {
  readonly #ledger: Ledger
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | null = null
  #seen = 0

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Returns the function that ends the listening. What was written before is for the listener to look at itself. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => this.#look(), look)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0 || !this.#timer) return
      clearInterval(this.#timer)
      this.#timer = null
    }
  }

  #look(): void {
    try {
      const version = this.#ledger.version()
      if (version === this.#seen) return
      for (const listener of this.#listeners) listener()
      this.#seen = version
    } catch {
      // A ledger that cannot be read just now is looked at again; a run that needs it fails by itself.
    }
  }
}
