import type { ErrorData } from './errors.ts'
import { withItem } from './in-one-go.ts'
import type { CallState, Run, TaskState } from './run.ts'
import type { RunEvent } from './run-event.ts'
import { isRefusedStep } from './standing.ts'
import { mapTasks } from './run-graph.ts'
import type { Task } from './task.ts'

/** A task before anything happened to it. */
export const newTask = (task: Task): TaskState => ({
  task,
  status: 'pending',
  attempt: 1,
  agent: null,
  startedAt: null,
  calls: [],
  plan: null,
  failedParts: [],
  stale: null,
})

/**
 * What was left open did not happen: running tasks wait again, and of their calls those that were under way, or failed
 * for good, do not count. Calls that ended stay, and so do passing failures, so that tries are not given out anew.
 */
export function settleOpen(run: Run): Run['tasks'] {
  return mapTasks(run, (state) =>
    state.status === 'running' || state.status === 'pending'
      ? {
          ...state,
          status: 'pending',
          calls: state.calls.map((call) => (isOpen(call) ? { ...call, status: 'void' } : call)),
        }
      : state,
  )
}

const isOpen = ({ status, retried }: CallState) =>
  status === 'queued' || status === 'streaming' || (status === 'failed' && !retried)

/** The events that change one task and nothing else. */
export type TaskEvent = Extract<
  RunEvent,
  {
    type:
      | 'task-started'
      | 'task-completed'
      | 'task-failed'
      | 'task-blocked'
      | 'gate-decided'
      | 'call-queued'
      | 'call-started'
      | 'call-failed'
      | 'answer-ended'
      | 'plan-made'
  }
>

/** Folds what happened to a task. `stateOf` is another task's, where there is one. */
export function foldTask(
  state: TaskState,
  event: TaskEvent,
  stateOf: (task: string) => TaskState | undefined,
): TaskState {
  const { task } = state
  switch (event.type) {
    case 'task-started':
      return { ...state, status: 'running', agent: event.agent, startedAt: state.startedAt ?? event.at }
    case 'task-completed':
      return {
        ...state,
        status: task.context.gate ? 'gated' : 'completed',
        task: { ...task, result: event.result, completed_at: event.at, error: null },
      }
    case 'gate-decided':
      if (state.status !== 'gated') return state
      if (event.open) return { ...state, status: 'completed' }
      // What it made was not wanted: it is written only where a person names it.
      return {
        ...fail(state, closedGate(task.description, event), event.at),
        stale: 'its gate was closed',
      }
    case 'task-failed':
      return { ...fail(state, event.error, event.at), failedParts: event.parts }
    case 'task-blocked':
      return { ...fail(state, blockedBy(event.by, stateOf(event.by)), event.at), status: 'blocked' }
    case 'plan-made':
      return { ...state, plan: event.files }
    default:
      return { ...state, calls: applyToCalls(state.calls, event) }
  }
}

/** Why what rests on a task cannot run, as the end of a sentence that begins with that task. */
export function whyStopped(state: TaskState | undefined): string {
  if (state?.status === 'blocked') return 'was not run'
  return state && isRefusedStep(state) ? 'was refused at its gate' : 'failed'
}

const fail = (state: TaskState, error: ErrorData, at: string): TaskState => ({
  ...state,
  status: 'failed',
  task: { ...state.task, error, completed_at: at },
})
const closedGate = (title: string, { comment, run }: { comment: string; run: string }): ErrorData => ({
  code: 'cancelled',
  message: `A person refused "${title}" at its gate${comment ? `: ${comment}` : '.'}`,
  hint: `To have it done again: paddock resume ${run}`,
})
const blockedBy = (id: string, other: TaskState | undefined): ErrorData => ({
  code: 'unavailable',
  message: `It needs "${other?.task.description ?? id}", which ${whyStopped(other)}.`,
})

type CallEvent = Extract<TaskEvent, { type: 'call-queued' | 'call-started' | 'call-failed' | 'answer-ended' }>

function applyToCalls(calls: readonly CallState[], event: CallEvent): readonly CallState[] {
  if (event.type === 'call-queued') {
    const { call: id, part } = event
    const none = {
      prompt: null,
      promptTokens: 0,
      answer: null,
      error: null,
      retried: false,
      prefilled: false,
    }
    return withItem(calls, calls.length, { id, part, status: 'queued', purpose: 'first', ...none })
  }
  const index = calls.findLastIndex(({ id }) => id === event.call)
  return index === -1 ? calls : withItem(calls, index, { ...calls[index]!, ...afterCall(event) })
}

function afterCall(event: Exclude<CallEvent, { type: 'call-queued' }>): Partial<CallState> {
  switch (event.type) {
    case 'call-started':
      return {
        status: 'streaming',
        purpose: event.purpose,
        prompt: event.prompt,
        promptTokens: event.prompt_tokens,
        prefilled: event.prefilled,
      }
    case 'call-failed':
      return { status: 'failed', error: event.error, retried: event.retry_in !== null }
    case 'answer-ended': {
      const { hash, bytes, finish, usage, ms } = event
      return { status: 'ended', answer: { hash, bytes, finish, usage, ms } }
    }
  }
}

/** Marks finished work whose ground has moved. */
export const staleAfter = (state: TaskState, reason: string): TaskState =>
  state.status === 'completed' || state.status === 'gated' ? { ...state, stale: reason } : state
