import { agentIdOf, type AgentMessage } from '../../../shared/agent.ts'
import type { Run } from '../../../shared/run.ts'
import type { Task, TaskResult } from '../../../shared/task.ts'
import { oneLine, shorten } from './markdown.ts'
import { plannedAbove } from './known-files.ts'
import { writesKind } from './task-forms.ts'

const mostPaths = 12
const mostAssumptions = 3
const longestLine = 400

/** What the agents of the tasks that rest directly on a task are told when it is done; one's own role needs no word. */
export function handOffs(run: Run, task: Task, result: TaskResult, from: string): AgentMessage[] {
  const own = agentIdOf(task.context.agent_role)
  const receivers = Object.values(run.tasks)
    .filter((other) => other.task.dependencies.includes(task.task_id))
    .map((other) => agentIdOf(other.task.context.agent_role))
  const content = renderHandOff(task, result, notMade(run, task))
  return [...new Set(receivers)]
    .filter((to) => to !== own)
    .map((to) => ({
      message_id: `${task.task_id}:hand-off:${to}`,
      from_agent: from,
      to_agent: to,
      kind: 'hand-off',
      content,
      task_id: task.task_id,
    }))
}

function renderHandOff({ description }: Task, result: TaskResult, missing: readonly string[]): string {
  const { summary, files, assumptions } = result
  return [
    `Done: ${description}. ${summary}`,
    ...(files.length > 0 ? [`Files: ${listed(files, mostPaths)}`] : []),
    ...(missing.length > 0 ? [`Not made: ${listed(missing, mostPaths)}`] : []),
    ...assumptions.slice(0, mostAssumptions).map((assumption) => `Assumed: ${assumption}`),
    ...(assumptions.length > mostAssumptions
      ? [`And ${assumptions.length - mostAssumptions} more assumptions.`]
      : []),
  ]
    .map((line) => shorten(oneLine(line), longestLine))
    .join('\n')
}

/** Planned files of a task that are not whole, and files of its own that several answers claim. */
function notMade(run: Run, { task_id, context }: Task): string[] {
  const kind = writesKind(context.agent_role, context.task_type)
  const own = kind === null ? null : (run.tasks[task_id]?.plan ?? plannedAbove(run, task_id, kind))
  const planned = own?.map(({ path }) => path) ?? []
  const drafted = Object.values(run.files)
    .filter(({ versions, conflict }) => [...versions, ...conflict].some(({ task }) => task === task_id))
    .map(({ path }) => path)
  return [...new Set([...planned, ...drafted])].filter((path) => {
    const file = Object.hasOwn(run.files, path) ? run.files[path] : undefined
    return !file || file.conflict.length > 0 || !file.versions.at(-1)?.complete
  })
}

function listed(paths: readonly string[], most: number): string {
  const more = paths.length > most ? ` and ${paths.length - most} more` : ''
  return `${paths.slice(0, most).join(', ')}${more}`
}
