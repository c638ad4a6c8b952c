import type { Change, Draft } from './change.ts'
import type { NewRunEvent, RunEvent } from './run-event.ts'
import { applyEvent, emptyRun, type Run } from './run.ts'
import { Task } from './task.ts'
import { WorkflowStep } from './workflow.ts'

/** A hash for tests: 64 digits that stand for a number. */
export const hashOf = (number: number): string => number.toString(16).padStart(64, '0')

/** The time at which an event of a test happens: as many seconds after a fixed start as its number says. */
export const timeOf = (seq: number): string => new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString()

/** Numbers and dates events as a ledger does. */
export const stamped = (events: readonly NewRunEvent[], first = 1): RunEvent[] =>
  events.map((event, index) => ({
    ...event,
    seq: first + index,
    run: '20260101-000000-abcdef',
    at: timeOf(first + index),
  }))

/** Folds more events onto a run. */
export const foldOnto = (run: Run, ...events: NewRunEvent[]): Run =>
  stamped(events, run.seq + 1).reduce(applyEvent, run)

/** Folds a whole history. */
export const fold = (...events: NewRunEvent[]): Run => foldOnto(emptyRun, ...events)

export type TaskSketch = {
  needs?: string[]
  priority?: number
  gate?: boolean
  role?: string
  type?: string
  step?: number
}

/** A task with what a test cares about; the rest is the same for all. */
export const createTask = (
  task_id: string,
  { needs, priority, gate, role, type, step }: TaskSketch = {},
): Task =>
  Task.parse({
    task_id,
    description: `Do ${task_id}`,
    context: {
      step: step ?? null,
      agent_role: role ?? 'developer',
      task_type: type ?? 'implementation',
      gate,
    },
    priority,
    dependencies: needs ?? [],
    created_at: timeOf(0),
  })

/** The first event of a run with these tasks. */
export function created(tasks: Readonly<Record<string, TaskSketch>>): NewRunEvent {
  const step = WorkflowStep.parse({
    step: 1,
    agent_role: 'developer',
    task_type: 'work',
    description: 'Work',
  })
  return {
    type: 'run-created',
    workflow: {
      id: 'sketch',
      name: 'Sketch',
      description: 'For tests',
      reads_workspace: false,
      steps: [step],
    },
    requirement: 'A tool',
    documents: [],
    code: { files: [], left_out: [] },
    workspace: '/workspace',
    accept: false,
    rehearsal: null,
    agents: [
      { agent_id: 'dev_001', role: 'developer' },
      { agent_id: 'qa_001', role: 'qa_engineer' },
    ],
    tasks: Object.entries(tasks).map(([id, sketch]) => createTask(id, sketch)),
  }
}

export const claimed: NewRunEvent = { type: 'run-claimed', pid: 1, model: 'devstral', window: 4096 }

export const started = (task: string, agent = 'dev_001'): NewRunEvent => ({
  type: 'task-started',
  task,
  agent,
})

export const completed = (task: string, text: string | null = null, files: string[] = []): NewRunEvent => ({
  type: 'task-completed',
  task,
  result: { summary: `Did ${task}.`, text, files, assumptions: [] },
})

export const failed = (task: string, ...parts: string[]): NewRunEvent => ({
  type: 'task-failed',
  task,
  error: { code: 'invalid', message: `${task} went wrong.` },
  parts,
})

export const queued = (task: string, call: string, part = 'answer'): NewRunEvent => ({
  type: 'call-queued',
  task,
  call,
  part,
})

export const sent = (task: string, call: string): NewRunEvent => ({
  type: 'call-started',
  task,
  call,
  purpose: 'first',
  reason: null,
  prompt: hashOf(7),
  prompt_tokens: 100,
  counted_by: 'server',
  prefilled: false,
  max_tokens: 500,
})

export const answered = (task: string, call: string, hash = hashOf(1)): NewRunEvent => ({
  type: 'answer-ended',
  task,
  call,
  bytes: 12,
  hash,
  finish: 'stop',
  usage: { prompt: 100, completion: 3, cached: 50 },
  ms: 20,
  first_token_ms: 5,
})

export const callFailed = (task: string, call: string, retry_in: number | null): NewRunEvent => ({
  type: 'call-failed',
  task,
  call,
  error: { code: 'unavailable', message: 'No server answers.' },
  retry_in,
})

/** A draft of a file whose content is the number; by default the first lines of the task's first call. */
export const drafted = (
  task: string,
  path: string,
  content: number,
  more: Partial<Draft> = {},
): NewRunEvent => ({
  type: 'file-drafted',
  task,
  role: 'developer',
  draft: {
    path,
    hash: hashOf(content),
    bytes: 10,
    language: null,
    complete: true,
    elided: false,
    note: null,
    how: 'plan',
    call: `${task}.1`,
    line: 1,
    ...more,
  },
})

export const unplaced = (task: string, line: number, content = line): NewRunEvent => ({
  type: 'block-unplaced',
  task,
  block: {
    hash: hashOf(content),
    bytes: 3,
    language: null,
    call: `${task}.1`,
    line,
    reason: 'No name.',
    candidates: [],
  },
})

/** A draft seen against its workspace, with what a test cares about; the rest is that of a new file. */
export const changeOf = (path: string, more: Partial<Change> = {}): Change => ({
  path,
  task: 'code',
  agent: 'dev_001',
  hash: hashOf(1),
  disk: null,
  state: 'new',
  decision: null,
  written: false,
  held: null,
  control: null,
  refused: null,
  ...more,
})

/** a, then b and c side by side, then d on both. */
export const diamond = created({ a: {}, b: { needs: ['a'] }, c: { needs: ['a'] }, d: { needs: ['b', 'c'] } })

/** a, then b, then c. */
export const chain = created({ a: {}, b: { needs: ['a'] }, c: { needs: ['b'] } })

export const message = (id: string, task_id: string | null = null, content = id): NewRunEvent => ({
  type: 'message-sent',
  message: {
    message_id: id,
    from_agent: 'dev_001',
    to_agent: 'all',
    kind: 'note',
    content,
    task_id,
  },
})

export const trimmed = (part: string, tokens: number): NewRunEvent => ({
  type: 'context-trimmed',
  task: 'a',
  part,
  budget: 100,
  items: [{ what: 'file x', tokens, kept: 0 }],
})

export const restarted = (task: string, from: 'failed-parts' | 'beginning'): NewRunEvent => ({
  type: 'task-restarted',
  task,
  from,
})

export const decided = (path: string, decision: 'accepted' | 'rejected', hash: number): NewRunEvent => ({
  type: 'file-decided',
  path,
  decision,
  hash: hashOf(hash),
})

export const gateDecided = (open: boolean, comment = ''): NewRunEvent => ({
  type: 'gate-decided',
  task: 'a',
  open,
  comment,
})

/** How it stands with each task of a run. */
export const statuses = (run: Run) => Object.values(run.tasks).map(({ status }) => status)

/** The calls of a task, with how each stands. */
export const callsOf = (run: Run, task = 'a') =>
  run.tasks[task]!.calls.map(({ id, status }) => `${id} ${status}`)

/** The tasks whose work no longer fits, each with why. */
export const staleOf = (run: Run) =>
  Object.values(run.tasks).flatMap(({ task, stale }) => (stale ? [`${task.task_id}: ${stale}`] : []))
