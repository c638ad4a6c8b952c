import type { FileState, Run } from '../../../shared/run.ts'
import { ancestors, dependents } from '../../../shared/run-graph.ts'
import type { PlannedFile } from '../../../shared/change.ts'
import { formOf, writesKind, type FileKind, type PlanForm } from './task-forms.ts'
import type { Known } from './own-plan.ts'

/** Paths of the files that the steps before a task made whole, other than the documents that hold their decisions. */
export function madeAbove(run: Run, taskId: string): string[] {
  const above = ancestors(run, taskId)
  return Object.values(run.files).flatMap((file) => {
    const last = lastAbove(file, above)
    return last && run.tasks[last.task]?.task.result?.text !== last.hash ? [file.path] : []
  })
}

/** The last whole version that some tasks made of a file; none of one that is disputed or rejected. */
function lastAbove({ versions, conflict, decision }: FileState, above: ReadonlySet<string>) {
  if (conflict.length > 0 || decision === 'rejected') return undefined
  return versions.findLast(({ task, complete }) => complete && above.has(task))
}

/** The files that there are for a task: those of the workspace that the run was given, and those made before it. */
export function knownFiles(run: Run, taskId: string): Known {
  const paths = [...new Set([...run.code.files.map(({ path }) => path), ...madeAbove(run, taskId)])]
  return { paths, hidden: run.code.left_out.map(({ path }) => path).filter((path) => !paths.includes(path)) }
}

/** A file as it was before a task; null where there was none, or where several answers claim it. */
export function contentNow(
  run: Run,
  taskId: string,
  path: string,
  read: (hash: string) => string,
): string | null {
  const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
  if (file && file.conflict.length > 0) return null
  const drafted = file && lastAbove(file, ancestors(run, taskId))
  const hash = drafted?.hash ?? run.code.files.find((one) => one.path === path)?.hash
  return hash === undefined ? null : read(hash)
}

/** What has been said of how a file is to be written: its purpose, the decisions before it, and code like it. */
export function saidOf(
  run: Run,
  taskId: string,
  { path, purpose }: Pick<PlannedFile, 'path' | 'purpose'>,
  read: (hash: string) => string,
): string[] {
  const texts = [...ancestors(run, taskId)].flatMap((id) => run.tasks[id]?.task.result?.text ?? [])
  const extension = path.slice(path.lastIndexOf('.'))
  const alike = run.code.files.filter((file) => file.path.endsWith(extension)).map(({ hash }) => hash)
  return [purpose, texts.map(read).join('\n'), alike.map(read).join('\n')]
}

/**
 * The files of a kind that the plans of the steps before a task list, in their order; null where no step made a plan for
 * that kind. A step's plan of its own work is no plan for others.
 */
export function plannedAbove(run: Run, taskId: string, kind: FileKind): PlannedFile[] | null {
  const plans = [...ancestors(run, taskId)].flatMap((id) => {
    const state = run.tasks[id]
    if (!state?.plan) return []
    const { agent_role, task_type } = state.task.context
    const form = formOf(agent_role, task_type)
    if (form?.form === 'files') return []
    const covers = form?.form !== 'plan' || Object.hasOwn(form.kinds, kind)
    return covers ? [state.plan.filter((file) => file.kind === kind)] : []
  })
  if (plans.length === 0) return null
  return [...new Map(plans.flat().map((file) => [file.path, file])).values()]
}

/** A plan's form with the kinds only that the steps after it write; all of them where none of those steps writes files. */
export function planFormFor(run: Run, taskId: string, form: PlanForm): PlanForm {
  const written = new Set(
    [...dependents(run, taskId)].map((id) => {
      const { agent_role, task_type } = run.tasks[id]!.task.context
      return writesKind(agent_role, task_type)
    }),
  )
  const kinds = Object.entries(form.kinds).filter(([kind]) => written.has(kind as FileKind))
  return kinds.length === 0 ? form : { ...form, kinds: Object.fromEntries(kinds) }
}
