import { inWords } from '../../shared/duration.ts'
import { agentStates } from '../../shared/agent-state.ts'
import type { TextDelta } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import { clip, partOf, printable, progressBar, statusWord } from './format.ts'

/** The lines below the log: one for each agent, then the progress. `last` holds each task's newest piece of text. */
export function liveView(
  run: Run,
  last: ReadonlyMap<string, TextDelta>,
  now: number,
  width: number,
): string[] {
  const agents = agentStates(run).map(({ agent_id, status, current_task }) => {
    const state = current_task === null ? undefined : run.tasks[current_task]
    const call = state?.calls.at(-1)
    const delta = current_task === null ? undefined : last.get(current_task)
    const own = delta && delta.call === call?.id ? delta : undefined
    const speed = own?.tokens_per_second == null ? '' : `${own.tokens_per_second} tok/s`
    const tokens = own ? `${own.tokens} tok` : ''
    const what = call ? partOf(call) : (state?.task.description ?? '')
    const row = [
      agent_id.padEnd(12),
      statusWord[status].padEnd(8),
      tokens.padStart(9),
      speed.padStart(11),
      '  ',
      what,
    ]
    return clip(printable(row.join('')), width)
  })
  const elapsed = inWords(now - Date.parse(run.createdAt))
  const label = run.rehearsal ? '  REHEARSAL' : ''
  return [...agents, clip(`${progressBar(run, 24)}  ${elapsed}${label}`, width)]
}
