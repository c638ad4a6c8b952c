import { z } from 'zod'
import { AgentMessage, AgentRole } from './agent.ts'
import { CodeInput } from './code.ts'
import { Decision, Draft, Hash, PlannedFile, Unplaced } from './change.ts'
import { ErrorData } from './errors.ts'
import { Finish, Omission, Usage } from './model.ts'
import { Task, TaskResult } from './task.ts'
import { Workflow } from './workflow.ts'

/** How a run ended: `partial` means that some steps were completed and others failed. */
export const Outcome = z.enum(['completed', 'partial', 'failed', 'cancelled'])
export type Outcome = z.infer<typeof Outcome>

export const RunGate = z.object({
  /** What a person calls the step: its number, or its id where it has none. */
  step: z.string(),
  title: z.string(),
  is: z.enum(['waiting', 'refused']),
})
/** A step at whose gate a run waits for a person, or that a person refused there. */
export type RunGate = z.infer<typeof RunGate>

export const RunTally = z.object({
  steps: z.int(),
  steps_done: z.int(),
  files: z.int(),
  /** Why it did not complete, in a few words. */
  reason: z.string().nullable(),
  /** None in runs of before there was this field. */
  gates: z.array(RunGate).optional(),
})
/** How far a run has come, as a list says it. */
export type RunTally = z.infer<typeof RunTally>

export const RunDocument = z.object({
  name: z.string(),
  hash: Hash,
  bytes: z.int(),
  encoding: z.string(),
  warnings: z.array(z.string()),
})
export type RunDocument = z.infer<typeof RunDocument>

export const CallPurpose = z.enum(['first', 'retry', 'continue', 'again'])
/** Why a call is made: `retry` after a fault of the way, `again` because the answer was not what was asked. */
export type CallPurpose = z.infer<typeof CallPurpose>

/** Numbered by the ledger; `seq` survives a restart. */
const stored = { seq: z.int().positive(), run: z.string(), at: z.string() }
const task = z.string()
const call = z.string()

export const RunEvent = z.discriminatedUnion('type', [
  z.object({
    ...stored,
    type: z.literal('run-created'),
    workflow: Workflow,
    requirement: z.string(),
    documents: z.array(RunDocument),
    /** What of the workspace the run works from; none in runs of version 0.1. */
    code: CodeInput.default(() => ({ files: [], left_out: [] })),
    workspace: z.string(),
    /** Whether whole, undisputed files are written to the workspace at the end without asking. */
    accept: z.boolean(),
    /** Id of the rehearsal that this run plays; null for a run on a model. */
    rehearsal: z.string().nullable(),
    agents: z.array(z.object({ agent_id: z.string(), role: AgentRole })),
    tasks: z.array(Task),
  }),
  /** A process became the run's owner: at its start, and at each resume. */
  z.object({
    ...stored,
    type: z.literal('run-claimed'),
    pid: z.int(),
    model: z.string(),
    window: z.int().nullable(),
  }),
  z.object({ ...stored, type: z.literal('task-added'), task: Task }),
  z.object({ ...stored, type: z.literal('task-started'), task, agent: z.string() }),
  z.object({ ...stored, type: z.literal('task-completed'), task, result: TaskResult }),
  /** `parts` names the questions that failed; on a restart only those are asked anew. */
  z.object({
    ...stored,
    type: z.literal('task-failed'),
    task,
    error: ErrorData,
    parts: z.array(z.string()),
  }),
  z.object({ ...stored, type: z.literal('task-blocked'), task, by: z.string() }),
  z.object({
    ...stored,
    type: z.literal('task-restarted'),
    task,
    from: z.enum(['failed-parts', 'beginning']),
  }),
  z.object({ ...stored, type: z.literal('gate-decided'), task, open: z.boolean(), comment: z.string() }),
  z.object({ ...stored, type: z.literal('call-queued'), task, call, part: z.string() }),
  z.object({
    ...stored,
    type: z.literal('call-started'),
    task,
    call,
    purpose: CallPurpose,
    /** What was wrong with the answer before this one; null for a first call. */
    reason: z.string().nullable(),
    /** Hash of the messages that were sent, as JSON. */
    prompt: Hash,
    prompt_tokens: z.int(),
    counted_by: z.enum(['server', 'estimate']),
    max_tokens: z.int(),
    /** Whether the answer so far was sent along to be gone on with. */
    prefilled: z.boolean(),
  }),
  z.object({
    ...stored,
    type: z.literal('call-failed'),
    task,
    call,
    error: ErrorData,
    /** Milliseconds until the next try; null when there is none. */
    retry_in: z.int().nullable(),
  }),
  /** The one commit after which this answer is never asked for again. */
  z.object({
    ...stored,
    type: z.literal('answer-ended'),
    task,
    call,
    bytes: z.int(),
    hash: Hash,
    finish: Finish,
    usage: Usage,
    ms: z.int(),
    first_token_ms: z.int().nullable(),
  }),
  z.object({
    ...stored,
    type: z.literal('context-trimmed'),
    task,
    part: z.string(),
    /** Tokens that the prompt may have: the slot's window less the room for the answer. */
    budget: z.int(),
    items: z.array(Omission),
  }),
  z.object({
    ...stored,
    type: z.literal('plan-made'),
    task,
    /** `text`: the server keeps to no schema, so the list was read from free text. */
    how: z.enum(['schema', 'text']),
    files: z.array(PlannedFile),
    /** Entries that were refused, with the reason. */
    refused: z.array(z.string()),
  }),
  z.object({ ...stored, type: z.literal('file-drafted'), task, role: z.string(), draft: Draft }),
  z.object({ ...stored, type: z.literal('block-unplaced'), task, block: Unplaced }),
  z.object({
    ...stored,
    type: z.literal('file-conflicted'),
    task,
    path: z.string(),
    versions: z.array(Draft),
  }),
  z.object({ ...stored, type: z.literal('message-sent'), message: AgentMessage }),
  /** A file that the run works from is another one now; null: it is gone. */
  z.object({ ...stored, type: z.literal('code-changed'), path: z.string(), hash: Hash.nullable() }),
  /** Null: a person took the decision back. */
  z.object({
    ...stored,
    type: z.literal('file-decided'),
    path: z.string(),
    decision: Decision.nullable(),
    hash: Hash,
  }),
  /** A person wrote a version of their own; it counts from now on. */
  z.object({ ...stored, type: z.literal('file-edited'), path: z.string(), draft: Draft }),
  /** A person settled which of the versions that claim a path counts. */
  z.object({ ...stored, type: z.literal('version-chosen'), path: z.string(), hash: Hash }),
  /** A person named an unplaced block; `draft` is that block as a file. */
  z.object({ ...stored, type: z.literal('block-placed'), task, draft: Draft }),
  /** Recorded before the write, so that a crash between the two never loses what stood there (`previous`). */
  z.object({
    ...stored,
    type: z.literal('file-writing'),
    path: z.string(),
    hash: Hash,
    previous: Hash.nullable(),
  }),
  z.object({ ...stored, type: z.literal('file-written'), path: z.string(), hash: Hash }),
  /** The workspace would not take the file, such as for want of permission or space. */
  z.object({ ...stored, type: z.literal('file-refused'), path: z.string(), reason: z.string() }),
  z.object({
    ...stored,
    type: z.literal('control-requested'),
    /** `remove`: a person took the ended run off the list. */
    action: z.enum(['cancel', 'pause', 'continue', 'remove']),
  }),
  /** `tally`: so that a list need not read the run; none in runs of version 0.1. */
  z.object({ ...stored, type: z.literal('run-ended'), outcome: Outcome, tally: RunTally.optional() }),
])
/** Everything that can happen in a run. Durable, in the order of `seq`. */
export type RunEvent = z.infer<typeof RunEvent>

type WithoutStamp<E> = E extends RunEvent ? Omit<E, 'seq' | 'run' | 'at'> : never
/** An event before the ledger has numbered it. */
export type NewRunEvent = WithoutStamp<RunEvent>

/** A piece of a streaming answer: never stored, placed by its offset in the raw answer (UTF-16 code units). */
export const TextDelta = z.object({
  run: z.string(),
  task: z.string(),
  call: z.string(),
  offset: z.int(),
  text: z.string(),
  /** Answer tokens so far, and how many came per second. */
  tokens: z.int(),
  tokens_per_second: z.number().nullable(),
})
export type TextDelta = z.infer<typeof TextDelta>
