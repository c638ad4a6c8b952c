import { inWords } from '../../shared/duration.ts'
import type { RunEvent } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import { errorText, partOf, printable } from './format.ts'

/** What an event means to somebody who watches, as lines; none for what is not worth one. `run` has it folded in. */
export function eventLines(run: Run, event: RunEvent): string[] {
  const line = wordsOf(run, event)
  const documents = event.type === 'run-created' ? event.documents : []
  const warnings = documents.flatMap(({ name, warnings }) => warnings.map((warning) => `${name}: ${warning}`))
  return [...(line === null ? [] : [line]), ...warnings].map(printable)
}

function wordsOf(run: Run, event: RunEvent): string | null {
  switch (event.type) {
    case 'run-created':
      return `Run ${event.run}: ${event.workflow.name}${event.rehearsal ? ' (REHEARSAL: recorded answers, no model)' : ''}`
    case 'run-claimed':
      return `Model ${event.model}${event.window ? `, ${event.window.toLocaleString('en-US')} tokens a slot` : ''}`
    case 'task-started':
      return `[${event.agent}] Starting task: ${describe(run, event.task)}`
    case 'task-completed':
      return `[${agentOf(run, event.task)}] Done: ${describe(run, event.task)}. ${event.result.summary}`
    case 'task-failed':
      return `[${agentOf(run, event.task)}] Failed: ${describe(run, event.task)}. ${errorText(event.error)}`
    case 'task-blocked':
      return `Not run: ${describe(run, event.task)}, because ${describe(run, event.by)} failed.`
    case 'task-restarted':
      return `Trying again: ${describe(run, event.task)}`
    case 'call-started':
      return event.purpose === 'first'
        ? null
        : `[${agentOf(run, event.task)}] ${callWords(run, event.task, event.call)}: ${event.reason ?? ''}`
    case 'call-failed':
      return `[${agentOf(run, event.task)}] ${event.error.message}${event.retry_in === null ? '' : ` Trying again in ${inWords(event.retry_in)}.`}`
    case 'context-trimmed':
      return `[${agentOf(run, event.task)}] Left out of the prompt for ${event.part}: ${event.items.map(({ what, tokens, kept }) => `${what} (${kept} of ${tokens} tokens kept)`).join(', ')}`
    case 'plan-made':
      return `[${agentOf(run, event.task)}] Plan: ${event.files.map(({ path }) => path).join(', ')}`
    case 'file-drafted':
      return `[${agentOf(run, event.task)}] ${event.draft.complete ? 'File' : 'Incomplete file'}: ${event.draft.path} (${event.draft.bytes} bytes)`
    case 'block-unplaced':
      return `[${agentOf(run, event.task)}] A block without a sure name: ${event.block.reason}`
    case 'file-conflicted':
      return `[${agentOf(run, event.task)}] ${event.versions.length} versions claim ${event.path}`
    case 'message-sent':
      return `[${event.message.from_agent}] to ${event.message.to_agent}: ${event.message.content}`
    case 'file-written':
      return `Written to the workspace: ${event.path}`
    case 'control-requested':
      return `Asked to ${event.action}`
    case 'run-ended':
      return `Ended: ${event.outcome}`
    default:
      return null
  }
}

const agentOf = (run: Run, task: string) => run.tasks[task]?.agent ?? task
const describe = (run: Run, task: string) => run.tasks[task]?.task.description ?? task

function callWords(run: Run, task: string, id: string): string {
  const call = run.tasks[task]?.calls.find((one) => one.id === id)
  return call ? partOf(call) : id
}
