import { z } from 'zod'
import { Workflow } from './workflow.ts'

export const Figures = z.object({
  /** Of the process that answers. */
  memory_mb: z.number(),
  processor_seconds: z.number(),
  /** Of the data folder and of the disk that it lies on. */
  ledger_mb: z.number(),
  free_disk_mb: z.number().nullable(),
  slots: z.object({ capacity: z.int(), busy: z.int(), waiting: z.int() }),
  /** Of the run: ended calls, how long half of them took at most, and how fast answers came. */
  calls: z.int(),
  median_call_seconds: z.number().nullable(),
  tokens_per_second: z.number().nullable(),
  run_minutes: z.number().nullable(),
})
/** What the machine and the model were measured to do. */
export type Figures = z.infer<typeof Figures>

export const ConfigValue = z.object({
  /** Dotted, such as `agents.developer.languages`. */
  key: z.string(),
  value: z.unknown(),
  origin: z.string(),
  /** The file and line, or the variable, that it comes from. */
  where: z.string().nullable(),
})
export const ShownConfig = z.object({
  /** The person's own file, whether it is there or not. */
  file: z.string(),
  values: z.array(ConfigValue),
  warnings: z.array(z.string()),
  /** Earlier versions of the file, newest first. */
  versions: z.array(z.string()),
})
/** Every setting that is in force, with where it comes from. */
export type ShownConfig = z.infer<typeof ShownConfig>

export const WorkflowProblem = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  message: z.string(),
  hint: z.string().optional(),
})
/** What is wrong with a workflow file, and where. */
export type WorkflowProblem = z.infer<typeof WorkflowProblem>

export const ListedWorkflow = z.object({
  workflow: Workflow,
  origin: z.enum(['built-in', 'user', 'workspace']),
  file: z.string(),
})
/** A workflow with where it comes from. */
export type ListedWorkflow = z.infer<typeof ListedWorkflow>

export const ListedAgent = z.object({
  agent_id: z.string(),
  role: z.string(),
  title: z.string(),
  does: z.string(),
  enabled: z.boolean(),
  task_types: z.array(z.string()),
})
/** An agent of the team, as a person gets to know it. */
export type ListedAgent = z.infer<typeof ListedAgent>

export const Check = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  message: z.string(),
  hint: z.string().optional(),
})
/** One thing that `doctor` looked at. */
export type Check = z.infer<typeof Check>

export const ModelReport = z.object({
  endpoint: z.string(),
  /** `stopped`: Paddock starts this server itself when a run needs it. */
  state: z.enum(['ready', 'loading', 'stopped', 'unreachable', 'refused']),
  /** Null while the server cannot be asked. */
  model: z.string().nullable(),
  slots: z.int().nullable(),
  /** Tokens that one slot holds. */
  window: z.int().nullable(),
  /** What happened and what to do, where it is not ready. */
  message: z.string(),
  hint: z.string().optional(),
})
/** How the configured endpoint does. */
export type ModelReport = z.infer<typeof ModelReport>

export const FolderReport = z.object({
  /** Absolute, without links. */
  path: z.string(),
  /** Why it cannot serve as a workspace; null where it can. */
  problem: z.string().nullable(),
  hint: z.string().optional(),
  /** What to think of before it is taken all the same. */
  warning: z.string().optional(),
  /** Whether it will be made when the run begins. */
  is_new: z.boolean(),
  /** Entries at its top, hidden ones included; at most 1,000 are counted. */
  entries: z.int(),
  is_git: z.boolean(),
})
/** Whether a folder can serve as a workspace. */
export type FolderReport = z.infer<typeof FolderReport>

export const ListedRehearsal = z.object({
  workflow: z.string(),
  title: z.string(),
  document: z.object({ name: z.string(), base64: z.string() }),
})
/** A recorded run, with the only document that it plays. */
export type ListedRehearsal = z.infer<typeof ListedRehearsal>

const WrittenOutput = z.object({ path: z.string(), text: z.string() })
export const RunOutputs = z.object({
  /** Null where it was not written, or is gone. */
  result: WrittenOutput.nullable(),
  summary: WrittenOutput.nullable(),
})
/** What a run wrote about itself, with its absolute paths. */
export type RunOutputs = z.infer<typeof RunOutputs>
