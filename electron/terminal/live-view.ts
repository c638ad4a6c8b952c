import { inWords } from '../../shared/duration.ts'
import { agentStates, type AgentState } from '../../shared/agent-state.ts'
import type { TextDelta } from '../../shared/run-event.ts'
import type { CallState, Run } from '../../shared/run.ts'
import { stepName, waitingGates } from '../../shared/standing.ts'
import { clip, partOf, printable, progressBar, statusWord } from './format.ts'
import { asTyped } from './program-name.ts'

/**
 * The lines below the log: one for each agent, then the progress, then what waits for a person. `last` holds each
 * task's newest piece of text.
 */
export function liveView(
  run: Run,
  last: ReadonlyMap<string, TextDelta>,
  now: number,
  width: number,
): string[] {
  const elapsed = inWords(now - Date.parse(run.createdAt))
  const label = run.rehearsal ? '  REHEARSAL' : ''
  return [
    ...agentStates(run).map((agent) => agentRow(run, agent, last)),
    `${progressBar(run, 24)}  ${elapsed}${label}`,
    ...waitingRows(run),
  ].map((line) => clip(line, width))
}

function agentRow(run: Run, agent: AgentState, last: ReadonlyMap<string, TextDelta>): string {
  const { agent_id, status, current_task } = agent
  const state = current_task === null ? undefined : run.tasks[current_task]
  const call = state?.calls.at(-1)
  const delta = current_task === null ? undefined : last.get(current_task)
  const start = `${agent_id.padEnd(12)}${statusWord[status].padEnd(8)}`
  const why = call && reasonToWait(call)
  if (why) return printable(`${start}  ${why}`)
  const own = delta && delta.call === call?.id ? delta : undefined
  const speed = own?.tokens_per_second == null ? '' : `${own.tokens_per_second} tok/s`
  const tokens = own ? `${own.tokens} tok` : ''
  const what = call ? partOf(call) : (state?.task.description ?? '')
  return printable(`${start}${tokens.padStart(9)}${speed.padStart(11)}  ${what}`)
}

function reasonToWait(call: CallState): string | null {
  if (call.status === 'queued') return `${partOf(call)}: waits for a slot`
  if (call.status === 'failed' && call.retried)
    return `${call.part}: tries again soon. ${call.error?.message ?? ''}`
  return null
}

function waitingRows(run: Run): string[] {
  const gates = waitingGates(run).map((state) =>
    asTyped(`GATE    paddock gate ${run.id} ${stepName(state)} --open (or --close)`),
  )
  const pause = run.control === 'pause' ? [asTyped(`PAUSED  paddock resume ${run.id}`)] : []
  return [...gates, ...pause]
}
