import type { RunTally } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import { gatesOf } from '../../shared/standing.ts'

/** How far a run has come, as a list says it. */
export function tallyRun(run: Run): RunTally {
  const states = Object.values(run.tasks)
  const failed = states.find(({ status }) => status === 'failed')
  return {
    steps: states.length,
    steps_done: states.filter(({ status }) => status === 'completed').length,
    files: Object.keys(run.files).length,
    reason: failed?.task.error ? inFewWords(failed.task.error.message) : null,
    gates: gatesOf(run),
  }
}

/** The first sentence of a message, as short as a line of a list. */
export function inFewWords(message: string): string {
  const [line = ''] = message.trim().split('\n')
  const sentence = /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line
  return sentence.length <= 160 ? sentence : `${sentence.slice(0, 159)}…`
}
