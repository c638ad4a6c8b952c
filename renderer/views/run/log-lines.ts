import { count, counted } from '../../../shared/counted.ts'
import { inWords } from '../../../shared/duration.ts'
import { whyStopped } from '../../../shared/fold-task.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import type { Run, TaskState } from '../../../shared/run.ts'
import { standingIn } from '../../../shared/standing.ts'
import type { RunEvent } from '../../../shared/run-event.ts'
import { asButtons } from '../../as-buttons.ts'
import type { LogLine } from '../../components/run/log-line.ts'
import { runStrings } from '../../strings-run.ts'
import { aboutOf } from './step-words.ts'

type Told = Pick<LogLine, 'level' | 'text'> & { source?: string | undefined; cause?: string[] }
const debug = (text: string): Told => ({ level: 'debug', text })
const info = (text: string, source?: string): Told => ({ level: 'info', text, source })
const warn = (text: string, source?: string): Told => ({ level: 'warn', text, source })
const error = (text: string, cause: string[] = []): Told => ({ level: 'error', text, cause })

/** What an event means to somebody who reads the log, as a line. `run` has it folded in. */
export function logLine(run: Run, event: RunEvent): LogLine {
  const { level, text, source, cause = [] } = tell(run, event)
  return { seq: event.seq, at: event.at, level, source: source ?? sourceOf(run, event), text, cause }
}

function sourceOf(run: Run, event: RunEvent): string {
  const agent = event.type === 'message-sent' ? event.message.from_agent : agentAt(run, event)
  return agent ? `[${agent}]` : 'run'
}

const agentAt = (run: Run, event: RunEvent) =>
  'task' in event && typeof event.task === 'string' ? run.tasks[event.task]?.agent : null

function tell(run: Run, event: RunEvent): Told {
  switch (event.type) {
    case 'run-created':
      return info(
        `${event.workflow.name}${event.rehearsal ? ', a rehearsal: recorded answers, no model' : ''}`,
      )
    case 'run-claimed':
      return info(`Model ${event.model}${event.window ? `, ${counted(event.window, 'token')} a slot` : ''}`)
    case 'task-added':
      return info(`Added: ${event.task.description}`)
    case 'task-started':
      return info(`Starting task: ${named(run, event.task)}`)
    case 'task-completed':
      return info(`Completed task: ${named(run, event.task)}. ${event.result.summary}`)
    case 'task-failed':
      return error(
        `Failed task: ${named(run, event.task)}. ${sentence(event.error)}`,
        causeOf(run.tasks[event.task], event),
      )
    case 'task-blocked':
      return warn(
        `Blocked task: ${named(run, event.task)}, because ${title(run, event.by)} ${whyStopped(run.tasks[event.by])}.`,
      )
    case 'task-restarted':
      return info(`Restarted task: ${named(run, event.task)}`)
    case 'gate-decided':
      return info(
        `Gate after ${title(run, event.task)} ${event.open ? 'opened' : 'closed'}${event.comment ? `: ${event.comment}` : ''}`,
        'you',
      )
    case 'call-queued':
      return debug(`Waits for a slot to ask for ${aboutOf(event.part) || 'the step'}`)
    case 'call-started': {
      const { purpose, reason, prompt_tokens } = event
      const about = partOf(run, event.task, event.call)
      const size = counted(prompt_tokens, 'token')
      return purpose === 'first'
        ? info(`Asks for ${about}, prompt of ${size}`)
        : warn(`${runStrings.purposes[purpose]}, ${about}: ${reason ?? ''}`)
    }
    case 'call-failed':
      return warn(
        `${sentence(event.error)}${event.retry_in === null ? '' : ` Tries again in ${inWords(event.retry_in)}.`}`,
      )
    case 'answer-ended': {
      const { finish, usage, ms } = event
      const about = partOf(run, event.task, event.call)
      const told = `Answer for ${about}: ${counted(usage.completion, 'token')} in ${inWords(ms)}, ${usage.cached.toLocaleString('en')} of the prompt from the cache`
      return finish === 'stop' ? info(told) : warn(`${told}; ${endings[finish]}`)
    }
    case 'context-trimmed':
      return warn(
        `Left out of the prompt for ${aboutOf(event.part)}: ${event.items.map(({ what, tokens, kept }) => `${what} (${count(kept)} of ${counted(tokens, 'token')} kept)`).join(', ')}`,
      )
    case 'plan-made':
      return info(
        `Plans ${counted(event.files.length, 'file')}: ${event.files.map(({ path }) => path).join(', ')}`,
      )
    case 'file-drafted':
      return event.draft.complete
        ? info(`File ${event.draft.path}, ${counted(event.draft.bytes, 'byte')}`)
        : warn(`Incomplete file ${event.draft.path}, ${counted(event.draft.bytes, 'byte')}`)
    case 'block-unplaced':
      return warn(`A block without a sure name: ${event.block.reason}`)
    case 'file-conflicted':
      return warn(`${event.versions.length} versions claim ${event.path}`)
    case 'message-sent':
      return info(`To ${event.message.to_agent}, ${event.message.kind}`)
    case 'code-changed':
      return warn(`${event.path} ${event.hash === null ? 'is gone' : 'has changed'} since this run read it.`)
    case 'file-decided':
      return info(`${event.path}: ${event.decision ?? 'decision taken back'}`, 'you')
    case 'file-edited':
      return info(`Edited ${event.path}`, 'you')
    case 'version-chosen':
      return info(`Chose a version of ${event.path}`, 'you')
    case 'block-placed':
      return info(`Named a block ${event.draft.path}`, 'you')
    case 'file-writing':
      return debug(`Writes ${event.path}`)
    case 'file-written':
      return info(`Written to the workspace: ${event.path}`)
    case 'file-refused':
      return error(event.reason)
    case 'control-requested':
      return info(controls[event.action], 'you')
    case 'run-ended': {
      const standing = standingIn(run, event.outcome)
      return standing === 'failed' ? error(ended(standing)) : info(ended(standing))
    }
  }
}

const endings = { length: 'it was cut off at its limit', loop: 'it repeated itself and was cut off' }
const controls = {
  cancel: 'Stop asked for.',
  pause: 'Paused. Calls under way come to their end, and no other is made.',
  continue: 'Goes on.',
  remove: 'Taken off the list.',
}
const ended = (outcome: keyof typeof runStrings.phases) =>
  `The run has ended: ${runStrings.phases[outcome].toLowerCase()}.`
const title = (run: Run, task: string) => run.tasks[task]?.task.description ?? task
const named = (run: Run, task: string) => `${task}, ${title(run, task)}`
const sentence = ({ message, hint }: ErrorData) =>
  hint ? `${message}${/[.!?]$/.test(message) ? '' : '.'} ${asButtons(hint)}` : message
const partOf = (run: Run, task: string, id: string) =>
  aboutOf(run.tasks[task]?.calls.find((call) => call.id === id)?.part ?? id) || 'the step'

/** What led to a failure: of what kind it was, which questions it left open, and what their calls met with. */
function causeOf(
  state: TaskState | undefined,
  { error, parts }: { error: ErrorData; parts: string[] },
): string[] {
  const calls = state?.calls.filter(({ part }) => parts.includes(part)) ?? []
  return [
    runStrings.log.kind(error.code),
    ...parts.map((part) => runStrings.log.open(aboutOf(part))),
    ...calls.flatMap(({ id, error: fault }) => (fault ? runStrings.log.call(id, sentence(fault)) : [])),
    runStrings.log.trace,
  ]
}
