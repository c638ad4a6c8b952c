import { count, counted } from '../../shared/counted.ts'
import { inWords } from '../../shared/duration.ts'
import { whyStopped } from '../../shared/fold-task.ts'
import type { Draft } from '../../shared/change.ts'
import type { RunEvent } from '../../shared/run-event.ts'
import type { Run } from '../../shared/run.ts'
import { standingIn } from '../../shared/standing.ts'
import { gateLine } from './gates.ts'
import { clip, errorText, partOf, printable } from './format.ts'
import { asTyped } from './program-name.ts'

/** Characters of a message between agents that are shown while a run goes on. */
const messageWidth = 300

/** What an event means to somebody who watches, as lines; none for what is not worth one. `run` has it folded in. */
export function eventLines(run: Run, event: RunEvent): string[] {
  const line = wordsOf(run, event)
  return [...(line === null ? [] : [line]), ...further(run, event)].map(printable)
}

function wordsOf(run: Run, event: RunEvent): string | null {
  switch (event.type) {
    case 'run-created':
      return `Run ${event.run}: ${event.workflow.name}${event.rehearsal ? ' (REHEARSAL: recorded answers, no model)' : ''}`
    case 'run-claimed':
      return `Model ${event.model}${event.window ? `, ${counted(event.window, 'token')} a slot` : ''}`
    case 'task-added':
      return `Added: ${event.task.description}`
    case 'task-started':
      return `[${event.agent}] Starting task: ${describe(run, event.task)}`
    case 'task-completed':
      return `[${agentOf(run, event.task)}] Done: ${describe(run, event.task)}. ${event.result.summary}`
    case 'task-failed':
      return `[${agentOf(run, event.task)}] Failed: ${describe(run, event.task)}. ${errorText(event.error)}`
    case 'task-blocked':
      return `Not run: ${describe(run, event.task)}, because ${describe(run, event.by)} ${whyStopped(run.tasks[event.by])}.`
    case 'task-restarted':
      return `Trying again: ${describe(run, event.task)}`
    case 'gate-decided':
      return `Gate after ${describe(run, event.task)} ${event.open ? 'opened' : 'closed'}${event.comment ? `: ${event.comment}` : '.'}`
    case 'call-started':
      return event.purpose === 'first'
        ? null
        : `[${agentOf(run, event.task)}] ${callWords(run, event.task, event.call)}: ${event.reason ?? ''}`
    case 'call-failed':
      return `[${agentOf(run, event.task)}] ${event.error.message}${event.retry_in === null ? '' : ` Trying again in ${inWords(event.retry_in)}.`}`
    case 'context-trimmed':
      return `[${agentOf(run, event.task)}] Left out of the prompt for ${event.part}: ${event.items.map(({ what, tokens, kept }) => `${what} (${count(kept)} of ${counted(tokens, 'token')} kept)`).join(', ')}`
    case 'plan-made':
      return `[${agentOf(run, event.task)}] Plan: ${event.files.map(({ path }) => path).join(', ')}`
    case 'file-drafted':
      return `[${agentOf(run, event.task)}] ${stateOfDraft(event.draft)}: ${event.draft.path} (${counted(event.draft.bytes, 'byte')})${event.draft.note ? `. ${event.draft.note}` : ''}`
    case 'block-unplaced':
      return `[${agentOf(run, event.task)}] A block without a sure name: ${event.block.reason}`
    case 'file-conflicted':
      return `[${agentOf(run, event.task)}] ${event.versions.length} versions claim ${event.path}`
    case 'message-sent':
      return `[${event.message.from_agent}] to ${event.message.to_agent}, ${event.message.kind}: ${clip(printable(event.message.content), messageWidth)}`
    case 'code-changed':
      return event.hash === null
        ? `${event.path} is gone since this run read it.`
        : `${event.path} has changed since this run read it.`
    case 'file-refused':
      return event.reason
    case 'file-written':
      return `Written to the workspace: ${event.path}`
    case 'file-edited':
      return `Edited by you: ${event.path}`
    case 'version-chosen':
      return `A version was chosen: ${event.path}`
    case 'block-placed':
      return `A block was named: ${event.draft.path}`
    case 'control-requested':
      return controlWords[event.action](event.run)
    case 'run-ended':
      return `Ended: ${standingIn(run, event.outcome)}`
    default:
      return null
  }
}

const controlWords = {
  cancel: () => 'Asked to cancel.',
  pause: (run: string) =>
    asTyped(
      `Paused. Calls under way come to their end, and no other is made. This process stays; to go on: paddock resume ${run}`,
    ),
  continue: () => 'Going on.',
  remove: () => 'Taken off the list.',
}

/** What is told after an event: what came in with a run, and what a person has to do next. */
function further(run: Run, event: RunEvent): string[] {
  if (event.type === 'run-created') {
    const { files, left_out } = event.code
    return [
      ...event.documents.flatMap(({ name, warnings }) => warnings.map((warning) => `${name}: ${warning}`)),
      ...(files.length + left_out.length > 0
        ? [
            `Code of the workspace: ${counted(files.length, 'file')} given, ${count(left_out.length)} left out`,
          ]
        : []),
    ]
  }
  const state = event.type === 'task-completed' ? run.tasks[event.task] : undefined
  return state?.status === 'gated' ? [gateLine(run, state)] : []
}

const stateOfDraft = ({ complete, elided }: Draft): string =>
  complete ? 'File' : elided ? 'File with lines left out' : 'Incomplete file'

const agentOf = (run: Run, task: string) => run.tasks[task]?.agent ?? task
const describe = (run: Run, task: string) => run.tasks[task]?.task.description ?? task

function callWords(run: Run, task: string, id: string): string {
  const call = run.tasks[task]?.calls.find((one) => one.id === id)
  return call ? partOf(call) : id
}
