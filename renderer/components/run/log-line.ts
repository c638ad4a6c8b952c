/** How much a line matters: `debug` tells how a run goes in detail, `info` how far it is, the others what went wrong. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** A line of a run's log. `source` is an agent, as `[dev_001]`, `run`, or `you`. */
export type LogLine = {
  readonly seq: number
  readonly at: string
  readonly level: LogLevel
  readonly source: string
  readonly text: string
  /** What led to it, a line each: shown when it is asked for. */
  readonly cause: readonly string[]
}
