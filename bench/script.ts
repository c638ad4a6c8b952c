/** How the server answers. */
export type Script = {
  /** Requests that are answered at once; others wait in the order in which they came. */
  readonly slots: number
  /** Tokens of each answer, or of each step's. */
  readonly tokens: number | Readonly<Record<number, number>>
  /** Null: without any pause. */
  readonly tokensPerSecond: number | null
  /** Whether tokens may go out many at once, instead of one by one as a model makes them. */
  readonly isFlood: boolean
  /** Milliseconds before the first token, by step. */
  readonly delays: Readonly<Record<number, number>>
}

/** Moments of `process.hrtime.bigint()`, a clock that all processes share. */
export type Seen = {
  /** When the first token of each answer went out. */
  readonly began: readonly bigint[]
  /** When clients went in the middle of an answer. */
  readonly closed: readonly bigint[]
  /** For how long slots were taken, all together. */
  readonly busyMs: number
}

export const defaultScript: Script = {
  slots: 8,
  tokens: 50,
  tokensPerSecond: null,
  isFlood: false,
  delays: {},
}
