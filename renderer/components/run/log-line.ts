/** A line of a run's log. `source` is an agent's id, `run`, or `you`. */
export type LogLine = {
  readonly seq: number
  readonly at: string
  readonly level: 'info' | 'warn' | 'error'
  readonly source: string
  readonly text: string
}
