import { z } from 'zod'
import { AgentMessage } from '../../../shared/agent.ts'
import { CodeInput } from '../../../shared/code.ts'
import { Decision, Hash } from '../../../shared/change.ts'
import { ErrorData } from '../../../shared/errors.ts'
import { Omission, Usage } from '../../../shared/model.ts'
import { CallPurpose, Outcome, RunDocument } from '../../../shared/run-event.ts'

/** Verdicts come from a runner of tests alone, never from a model's words; there is no runner yet. */
const Verdict = z.object({ state: z.literal('not run'), reason: z.string() })
/** The verdict on everything, until there is a runner. */
export const notRun = {
  state: 'not run',
  reason: 'Paddock does not execute generated code yet.',
} as const satisfies z.infer<typeof Verdict>

const Call = z.object({
  id: z.string(),
  part: z.string(),
  purpose: CallPurpose,
  status: z.enum(['queued', 'streaming', 'ended', 'failed', 'void']),
  finish: z.string().nullable(),
  tokens: Usage.nullable(),
  duration_ms: z.int().nullable(),
  error: ErrorData.nullable(),
})

const StepResult = z.object({
  step: z.int().nullable(),
  task_id: z.string(),
  agent_id: z.string().nullable(),
  agent_role: z.string(),
  task_type: z.string(),
  description: z.string(),
  depends_on: z.array(z.string()),
  status: z.enum(['pending', 'running', 'gated', 'completed', 'failed', 'blocked']),
  stale: z.string().nullable(),
  attempts: z.int(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  duration_ms: z.int().nullable(),
  tokens: Usage,
  calls: z.array(Call),
  summary: z.string().nullable(),
  created_files: z.array(z.string()),
  error: ErrorData.nullable(),
})

const FileResult = z.object({
  path: z.string(),
  hash: Hash,
  bytes: z.int(),
  language: z.string().nullable(),
  agent_id: z.string(),
  task_id: z.string(),
  /** The call whose raw answer holds it, and the line there. */
  call: z.string(),
  line: z.int(),
  complete: z.boolean(),
  /** Whether a comment in it stands for lines left out. */
  elided: z.boolean(),
  /** How it was chosen, where that needs to be known. */
  note: z.string().nullable(),
  conflict: z.boolean(),
  decision: Decision.nullable(),
  written: z.boolean(),
  held: z.string().nullable(),
  /** Why the workspace would not take it. */
  refused: z.string().nullable(),
  verdict: Verdict,
})

/** The whole of a run, as `output/workflow_<id>.json` holds it. Durations are milliseconds, times ISO 8601 in UTC. */
export const WorkflowResult = z.object({
  schema_version: z.literal(1),
  workflow_id: z.string(),
  workflow_type: z.string(),
  requirement: z.string(),
  documents: z.array(RunDocument),
  /** What of the workspace the run was given, and what was left out. */
  code: CodeInput,
  /** Files of `code` that have changed since; null where they are gone. */
  changed_code: z.record(z.string(), Hash.nullable()),
  workspace: z.string(),
  rehearsal: z.string().nullable(),
  model: z.string().nullable(),
  window: z.int().nullable(),
  status: Outcome,
  started_at: z.string(),
  completed_at: z.string(),
  duration_ms: z.int(),
  tokens: Usage,
  steps: z.array(StepResult),
  files: z.array(FileResult),
  not_made: z.array(z.object({ path: z.string(), reason: z.string() })),
  /** What the answers came to: only `whole` files, which no other version disputes, count as made. */
  extracted: z.object({
    whole: z.int(),
    incomplete: z.int(),
    elided: z.int(),
    conflicts: z.int(),
    unplaced: z.int(),
  }),
  /** Made, but not to be written below `output/generated`. */
  not_exported: z.array(z.object({ path: z.string(), reason: z.string() })),
  unplaced: z.array(
    z.object({
      task_id: z.string(),
      call: z.string(),
      line: z.int(),
      bytes: z.int(),
      hash: Hash,
      reason: z.string(),
    }),
  ),
  left_out: z.array(
    z.object({ task_id: z.string(), part: z.string(), budget: z.int(), items: z.array(Omission) }),
  ),
  assumptions: z.array(z.string()),
  messages: z.array(AgentMessage),
  verdict: Verdict,
})
export type WorkflowResult = z.infer<typeof WorkflowResult>
/** What became of one step. */
export type StepResult = z.infer<typeof StepResult>
