import { counted } from '../../../shared/counted.ts'
import type { RunEvent } from '../../../shared/run-event.ts'
import type { LogFields } from './log.ts'

/** One line of the log before it is written. */
export type LogLine = {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: LogFields
}

type Type = RunEvent['type']
type Told = readonly [level: LogLine['level'], message: string, fields?: LogFields]
type Tellers = { readonly [T in Type]: (event: Extract<RunEvent, { type: T }>) => Told }

/**
 * What the log says of an event; `agent` is the one at work on its task, where that is known. No prompt, no answer and
 * nothing else that a person or a model wrote gets into it: figures, names of files, and what failed.
 */
export function logLineOf(event: RunEvent, agent?: string): LogLine {
  // TypeScript does not see that an event and the teller of its type belong together.
  const [level, message, more] = (tellers[event.type] as (event: RunEvent) => Told)(event)
  const fields = { run: event.run, seq: event.seq, ...('task' in event ? taskOf(event) : {}), ...more }
  const who = event.type === 'task-started' ? event.agent : agent
  return { level, message: who === undefined ? message : `[${who}] ${message}`, fields }
}

const taskOf = ({ task }: { task: unknown }) => (typeof task === 'string' ? { task } : {})

const tellers: Tellers = {
  'run-created': ({ run, workflow, tasks, documents, code, workspace, rehearsal }) => [
    'info',
    `Run ${run} created: ${workflow.id}, ${counted(tasks.length, 'task')}`,
    {
      workflow: workflow.id,
      documents: documents.length,
      code_files: code.files.length,
      workspace,
      rehearsal,
    },
  ],
  'run-claimed': ({ run, pid, model, window }) => [
    'info',
    `Run ${run} is led by process ${pid}`,
    { model, window },
  ],
  'task-added': ({ task }) => ['info', `Task added: ${task.task_id}`, { task: task.task_id }],
  'task-started': ({ task }) => ['info', `Starting task: ${task}`],
  'task-completed': ({ task, result }) => [
    'info',
    `Completed task: ${task}`,
    { files: result.files.length, assumptions: result.assumptions.length },
  ],
  'task-failed': ({ task, error, parts }) => [
    'error',
    `Failed task: ${task}: ${error.message}`,
    { code: error.code, hint: error.hint, parts },
  ],
  'task-blocked': ({ task, by }) => ['warn', `Blocked task: ${task}, by ${by}`, { by }],
  'task-restarted': ({ task, from }) => ['info', `Restarted task: ${task}`, { from }],
  'gate-decided': ({ task, open }) => ['info', `Gate after ${task}: ${open ? 'opened' : 'kept closed'}`],
  'call-queued': ({ call, part }) => ['debug', `Call ${call} queued`, { call, part }],
  'call-started': (event) => {
    const { call, purpose, prompt_tokens, counted_by, max_tokens, prefilled } = event
    const fields = { call, purpose, prompt_tokens, counted_by, max_tokens, prefilled }
    return purpose === 'again'
      ? ['warn', `Call ${call}: asked again, the answer before it was not usable`, fields]
      : ['debug', `Call ${call} started`, fields]
  },
  'call-failed': ({ call, error, retry_in }) => [
    'warn',
    `Call ${call} failed, ${retry_in === null ? 'and is not tried again' : `next try in ${retry_in} ms`}: ${error.message}`,
    { call, code: error.code, hint: error.hint, retry_in },
  ],
  'answer-ended': ({ call, bytes, finish, usage, ms, first_token_ms }) => [
    'debug',
    `Call ${call} ended`,
    { call, bytes, finish, usage, ms, first_token_ms },
  ],
  'context-trimmed': ({ part, budget, items }) => [
    'warn',
    `Context trimmed: ${counted(items.length, 'item')} did not fit whole`,
    { part, budget, tokens: sum(items, ({ tokens }) => tokens), kept: sum(items, ({ kept }) => kept) },
  ],
  'plan-made': ({ how, files, refused }) => [
    refused.length > 0 ? 'warn' : 'info',
    `Planned ${counted(files.length, 'file')}${refused.length > 0 ? `, ${counted(refused.length, 'entry', 'entries')} refused` : ''}`,
    { how },
  ],
  'file-drafted': ({ draft: { path, hash, bytes, complete, how } }) => [
    complete ? 'debug' : 'warn',
    complete ? `Drafted ${path}` : `Held ${path}: it is incomplete`,
    { path, hash, bytes, how },
  ],
  'block-unplaced': ({ block: { hash, bytes, call, line } }) => [
    'warn',
    'A block of code has no sure name',
    { hash, bytes, call, line },
  ],
  'file-conflicted': ({ path, versions }) => [
    'warn',
    `${versions.length} versions claim ${path}`,
    { path, hashes: versions.map(({ hash }) => hash) },
  ],
  'message-sent': ({ message: { from_agent, to_agent, kind, task_id, content } }) => [
    'debug',
    `Message from ${from_agent} to ${to_agent}`,
    { kind, task: task_id, characters: content.length },
  ],
  'code-changed': ({ path, hash }) => [
    'warn',
    `${path} ${hash === null ? 'is gone' : 'has changed'} since it was read`,
    { path, hash },
  ],
  'file-decided': ({ path, decision, hash }) => [
    'info',
    decision === null ? `The decision on ${path} was taken back` : `${path} was ${decision}`,
    { path, hash },
  ],
  'file-edited': ({ path, draft: { hash, bytes } }) => ['info', `${path} was edited`, { path, hash, bytes }],
  'version-chosen': ({ path, hash }) => ['info', `A version of ${path} was chosen`, { path, hash }],
  'block-placed': ({ draft: { path, hash, call, line } }) => [
    'info',
    `A block was named ${path}`,
    { path, hash, call, line },
  ],
  'file-writing': ({ path, hash, previous }) => ['debug', `Writing ${path}`, { path, hash, previous }],
  'file-written': ({ path, hash }) => ['info', `Wrote ${path}`, { path, hash }],
  'file-refused': ({ path, reason }) => ['warn', reason, { path }],
  'control-requested': ({ run, action }) => ['info', `Run ${run}: asked to ${action}`],
  'run-ended': ({ run, outcome }) => ['info', `Run ${run} ended: ${outcome}`, { outcome }],
}

const sum = <T>(items: readonly T[], figure: (item: T) => number) =>
  items.reduce((total, item) => total + figure(item), 0)
