import type { Change } from '../../../shared/change.ts'
import type { Usage } from '../../../shared/model.ts'
import type { Outcome } from '../../../shared/run-event.ts'
import type { CallState, Run, TaskState } from '../../../shared/run.ts'
import { partFault } from '../files/changes.ts'
import { writesKind } from '../agents/task-forms.ts'
import { notRun, WorkflowResult, type StepResult } from './workflow-result.ts'

/** The result of a run from its state and its changes; checked against the schema, so a wrong one is never written. */
export function buildResult(
  run: Run,
  changes: readonly Change[],
  end: { outcome: Outcome; notExported: { path: string; reason: string }[]; now: Date },
): WorkflowResult {
  const { outcome, notExported, now } = end
  const tasks = Object.values(run.tasks)
  return WorkflowResult.parse({
    schema_version: 1,
    workflow_id: run.id,
    workflow_type: run.workflow.id,
    requirement: run.requirement,
    documents: run.documents,
    code: run.code,
    changed_code: run.changedCode,
    workspace: run.workspace,
    rehearsal: run.rehearsal,
    model: run.model,
    window: run.window,
    status: outcome,
    started_at: run.createdAt,
    completed_at: now.toISOString(),
    duration_ms: Math.max(0, now.getTime() - Date.parse(run.createdAt)),
    tokens: sum(tasks.flatMap(({ calls }) => calls)),
    steps: tasks.map((state) => stepResult(state)),
    files: changes.map((change) => fileResult(run, change)),
    not_made: notMade(run),
    extracted: countExtracted(run),
    not_exported: notExported,
    unplaced: run.unplaced.map(({ task, ...block }) => ({ ...block, task_id: task })),
    left_out: run.omissions.map(({ task, ...rest }) => ({ ...rest, task_id: task })),
    assumptions: tasks.flatMap(({ task }) => task.result?.assumptions ?? []),
    messages: run.messages,
    verdict: notRun,
  })
}

function stepResult({ task, status, attempt, agent, startedAt, calls, stale }: TaskState): StepResult {
  const ended = task.completed_at
  return {
    step: task.context.step,
    task_id: task.task_id,
    agent_id: agent,
    agent_role: task.context.agent_role,
    task_type: task.context.task_type,
    description: task.description,
    depends_on: task.dependencies,
    status,
    stale,
    attempts: startedAt === null ? 0 : attempt,
    started_at: startedAt,
    completed_at: ended,
    duration_ms: startedAt && ended ? Math.max(0, Date.parse(ended) - Date.parse(startedAt)) : null,
    tokens: sum(calls),
    calls: calls.map(({ id, part, purpose, status: callStatus, answer, error }) => ({
      id,
      part,
      purpose,
      status: callStatus,
      finish: answer?.finish ?? null,
      tokens: answer?.usage ?? null,
      duration_ms: answer?.ms ?? null,
      error,
    })),
    summary: task.result?.summary ?? null,
    created_files: task.result?.files ?? [],
    error: task.error,
  }
}

function fileResult(run: Run, { path, hash, task, agent, decision, written, held, refused }: Change) {
  const file = run.files[path]!
  const last = (file.conflict.at(-1) ?? file.versions.at(-1))!
  const { bytes, language, call, line, complete, elided, note } = last
  const draft = { bytes, language, call, line, complete, elided, note }
  const place = { path, hash, agent_id: agent, task_id: task, ...draft }
  return { ...place, conflict: file.conflict.length > 0, decision, written, held, refused, verdict: notRun }
}

/** What the answers came to: only whole, undisputed files count as made. */
export function countExtracted({
  files,
  unplaced,
}: Pick<Run, 'files' | 'unplaced'>): WorkflowResult['extracted'] {
  const all = Object.values(files)
  const settled = all
    .filter(({ conflict }) => conflict.length === 0)
    .flatMap(({ versions }) => versions.at(-1) ?? [])
  return {
    whole: settled.filter(({ complete }) => complete).length,
    incomplete: settled.filter(({ complete, elided }) => !complete && !elided).length,
    elided: settled.filter(({ complete, elided }) => !complete && elided).length,
    conflicts: all.length - settled.length,
    unplaced: unplaced.length,
  }
}

/** Planned files that no answer gave whole and undisputed, each with the reason as far as it is known. */
function notMade(run: Run): { path: string; reason: string }[] {
  return Object.values(run.tasks).flatMap((planner) =>
    (planner.plan ?? []).flatMap(({ path, kind }) => {
      const file = run.files[path]
      if (file && file.conflict.length === 0 && file.versions.at(-1)?.complete) return []
      if (file && file.conflict.length > 0) return [{ path, reason: 'Several answers claim this path.' }]
      if (file) return [{ path, reason: partFault(file.versions.at(-1)) ?? 'It was not made.' }]
      const isWriter = ({ task: { context } }: TaskState) =>
        writesKind(context.agent_role, context.task_type) === kind
      const writer = isWriter(planner) ? planner : Object.values(run.tasks).find(isWriter)
      return [{ path, reason: writer?.task.error?.message ?? 'No step wrote it.' }]
    }),
  )
}

function sum(calls: readonly CallState[]): Usage {
  const total = { prompt: 0, completion: 0, cached: 0 }
  for (const { answer } of calls) {
    total.prompt += answer?.usage.prompt ?? 0
    total.completion += answer?.usage.completion ?? 0
    total.cached += answer?.usage.cached ?? 0
  }
  return total
}
