import { AgentRole, type AgentMessage } from './agent.ts'
import { isSamePlace, type Decision, type Draft, type PlannedFile, type Unplaced } from './change.ts'
import type { ErrorData } from './errors.ts'
import type { Finish, Omission, Usage } from './model.ts'
import type { CallPurpose, Outcome, RunDocument, RunEvent } from './run-event.ts'
import { foldCode, staleByCode } from './fold-code.ts'
import type { CodeInput } from './code.ts'
import { foldFile } from './fold-file.ts'
import { foldReview } from './fold-review.ts'
import { inOneGo, withEntry, withItem } from './in-one-go.ts'
import { restart } from './fold-restart.ts'
import { foldTask, newTask, settleOpen } from './fold-task.ts'
import type { Task } from './task.ts'
import type { Workflow } from './workflow.ts'

/** One request to the server. */
export type CallState = {
  readonly id: string
  /** The question within its task, such as `plan` or `file src/app.py`. */
  readonly part: string
  /** `void`: a crash or a restart made it not count; kept to be looked at. */
  readonly status: 'queued' | 'streaming' | 'ended' | 'failed' | 'void'
  readonly purpose: CallPurpose
  readonly prompt: string | null
  readonly promptTokens: number
  readonly answer: { hash: string; bytes: number; finish: Finish; usage: Usage; ms: number } | null
  readonly error: ErrorData | null
  /** A failed call after which another try was due. */
  readonly retried: boolean
  /** Whether it was sent a started answer to go on with. */
  readonly prefilled: boolean
}

/** Where a task stands: `gated` waits for a person, `blocked` rests on one that failed. */
export type TaskStatus = 'pending' | 'running' | 'gated' | 'completed' | 'failed' | 'blocked'

/** A task with all that happened to it. */
export type TaskState = {
  readonly task: Task
  readonly status: TaskStatus
  /** 1 for the first time; each restart adds one. */
  readonly attempt: number
  readonly agent: string | null
  readonly startedAt: string | null
  readonly calls: readonly CallState[]
  readonly plan: readonly PlannedFile[] | null
  readonly failedParts: readonly string[]
  /** Why what it made no longer rests on what is there now; null when it does. */
  readonly stale: string | null
}

/** A draft and who made it. */
export type FileVersion = Draft & { readonly task: string; readonly agent: string }
/** A proposed file over its versions and decisions. */
export type FileState = {
  readonly path: string
  /** The last one counts. */
  readonly versions: readonly FileVersion[]
  /** Versions that claim this path and that nothing decides between; empty when there is no dispute. */
  readonly conflict: readonly FileVersion[]
  readonly decision: Decision | null
  readonly decidedHash: string | null
  readonly writing: { hash: string; previous: string | null } | null
  readonly written: string | null
  /** Why the workspace would not take it, when that was tried last. */
  readonly refused: string | null
}

/** The state of a run: the fold of its events. */
export type Run = {
  readonly id: string
  readonly seq: number
  readonly createdAt: string
  readonly endedAt: string | null
  readonly workflow: Workflow
  readonly requirement: string
  readonly documents: readonly RunDocument[]
  readonly code: CodeInput
  /** Files of `code` that are others now than when they were read; null: gone. */
  readonly changedCode: Readonly<Record<string, string | null>>
  readonly workspace: string
  readonly accept: boolean
  readonly rehearsal: string | null
  readonly model: string | null
  readonly window: number | null
  readonly agents: readonly { agent_id: string; role: AgentRole }[]
  readonly tasks: Readonly<Record<string, TaskState>>
  readonly files: Readonly<Record<string, FileState>>
  readonly unplaced: readonly (Unplaced & { task: string })[]
  readonly omissions: readonly { task: string; part: string; budget: number; items: readonly Omission[] }[]
  readonly messages: readonly AgentMessage[]
  readonly control: 'run' | 'pause' | 'cancel'
  readonly outcome: Outcome | null
}

/** A run before its first event. */
export const emptyRun: Run = {
  id: '',
  seq: 0,
  createdAt: '',
  endedAt: null,
  workflow: { id: '', name: '', description: '', reads_workspace: false, steps: [] },
  requirement: '',
  documents: [],
  code: { files: [], left_out: [] },
  changedCode: {},
  workspace: '',
  accept: false,
  rehearsal: null,
  model: null,
  window: null,
  agents: [],
  tasks: {},
  files: {},
  unplaced: [],
  omissions: [],
  messages: [],
  control: 'run',
  outcome: null,
}

/** Folds events into a run. Engine, ledger reader, window and command line all use this, or `applyEvent`, and nothing else. */
export const foldEvents = (run: Run, events: readonly RunEvent[]): Run =>
  inOneGo(() => events.reduce(applyEvent, run))

/** Folds one event into a run. */
export function applyEvent(run: Run, event: RunEvent): Run {
  const next = { ...run, seq: Math.max(run.seq, event.seq) }
  switch (event.type) {
    case 'run-created': {
      const { type: _type, seq, run: id, at, tasks, ...given } = event
      return { ...next, ...given, id, seq, createdAt: at, tasks: byId(tasks) }
    }
    case 'run-claimed':
      return {
        ...next,
        tasks: settleOpen(run),
        outcome: null,
        endedAt: null,
        control: 'run',
        model: event.model,
        window: event.window,
      }
    case 'control-requested':
      if (event.action === 'remove') return next
      return { ...next, control: event.action === 'continue' ? 'run' : event.action }
    case 'run-ended':
      return { ...next, tasks: settleOpen(run), outcome: event.outcome, endedAt: event.at }
    case 'message-sent':
      return run.messages.some(({ message_id }) => message_id === event.message.message_id)
        ? next
        : { ...next, messages: withItem(run.messages, run.messages.length, event.message) }
    case 'context-trimmed':
      return {
        ...next,
        omissions: [...run.omissions.filter((other) => !isSamePrompt(other, event)), pick(event)],
      }
    case 'block-unplaced':
      return run.unplaced.some((other) => isSamePlace(other, event.block))
        ? next
        : {
            ...next,
            unplaced: withItem(run.unplaced, run.unplaced.length, { ...event.block, task: event.task }),
          }
    case 'file-drafted':
    case 'file-conflicted':
    case 'file-writing':
    case 'file-written':
    case 'file-refused':
      return { ...next, ...foldFile(run, event) }
    case 'file-decided':
    case 'file-edited':
    case 'version-chosen':
    case 'block-placed':
      return { ...next, ...foldReview(run, event) }
    case 'code-changed':
      return { ...next, ...foldCode(run, event) }
    case 'task-added':
      return { ...next, tasks: { ...run.tasks, [event.task.task_id]: newTask(event.task) } }
    case 'task-restarted':
      return { ...next, ...restart(run, event) }
    case 'task-started':
      return { ...next, ...start(run, event) }
    default:
      return {
        ...next,
        tasks: withTask(run, event.task, (state) =>
          staleByCode(foldTask(state, event, stateIn(run)), run.changedCode),
        ),
      }
  }
}

/** Whoever starts a task belongs to the team: a further agent joins when the others of its role are busy. */
function start(run: Run, event: Extract<RunEvent, { type: 'task-started' }>): Partial<Run> {
  const tasks = withTask(run, event.task, (state) => foldTask(state, event, stateIn(run)))
  if (run.agents.some(({ agent_id }) => agent_id === event.agent)) return { tasks }
  const role = AgentRole.safeParse(run.tasks[event.task]?.task.context.agent_role).data ?? 'custom'
  return { tasks, agents: [...run.agents, { agent_id: event.agent, role }] }
}

const byId = (tasks: readonly Task[]) =>
  Object.fromEntries(tasks.map((task) => [task.task_id, newTask(task)]))

const pick = ({ task, part, budget, items }: Extract<RunEvent, { type: 'context-trimmed' }>) => ({
  task,
  part,
  budget,
  items,
})

const stateIn = (run: Run) => (task: string) => run.tasks[task]

function withTask(run: Run, id: string, change: (state: TaskState) => TaskState): Run['tasks'] {
  const state = run.tasks[id]
  return state ? withEntry(run.tasks, id, change(state)) : run.tasks
}

type PromptName = { task: string; part: string }
const isSamePrompt = (one: PromptName, other: PromptName) =>
  one.task === other.task && one.part === other.part
