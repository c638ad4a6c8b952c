import { z } from 'zod'
import { ErrorData } from './errors.ts'

export const TaskResult = z.object({
  /** One line for people: what came out. */
  summary: z.string(),
  /** Hash of the decisions in words that later steps are told; null where the files are the result. */
  text: z.string().nullable(),
  /** Paths of the drafts that this task made and that are whole. */
  files: z.array(z.string()),
  assumptions: z.array(z.string()),
})
/** What a task came to. */
export type TaskResult = z.infer<typeof TaskResult>

/** What a task knows of its step; further keys are for whoever makes tasks of their own. */
export const TaskContext = z.looseObject({
  step: z.int().nullable(),
  agent_role: z.string(),
  task_type: z.string(),
  /** Whether what depends on this task waits for a stored decision. */
  gate: z.boolean().default(false),
})

export const Task = z.object({
  task_id: z.string(),
  description: z.string(),
  context: TaskContext,
  /** Among ready tasks the larger number goes first. */
  priority: z.int().default(1),
  dependencies: z.array(z.string()).default([]),
  created_at: z.string(),
  completed_at: z.string().nullable().default(null),
  result: TaskResult.nullable().default(null),
  error: ErrorData.nullable().default(null),
})
/** A piece of work for one agent, with the specification's own field names. */
export type Task = z.infer<typeof Task>
