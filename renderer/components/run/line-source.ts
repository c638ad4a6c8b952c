/** A text that may grow while it is looked at, line by line. */
export type LineSource = {
  readonly lineCount: number
  readonly tokens: number
  line(index: number): string
  isClosed(index: number): boolean
  /** Tokens a second; null while there is too little to tell. */
  speed(now: number): number | null
}

/** Reaches a text that may not be there yet, and tells when it has grown. */
export type Stream = {
  text(): LineSource | undefined
  subscribe(listener: () => void): () => void
}
