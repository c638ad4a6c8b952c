import { agentIdOf, type AgentMessage } from '../../../shared/agent.ts'
import type { Run } from '../../../shared/run.ts'
import { renderFindings, type Report } from './report.ts'
import type { ReportForm } from './task-forms.ts'

type Told = {
  readonly task: string
  readonly from: string
  readonly kind: ReportForm['kind']
  /** The role that gets what belongs to no other. */
  readonly to: string
}

/** Tells each author the findings on their own files, and the given role the others; nothing where there are none. */
export function reportMessages(report: Report, { task, from, kind, to }: Told, run: Run): AgentMessage[] {
  const message = (agent: string, content: string): AgentMessage => ({
    message_id: `${task}:${kind}:${agent}`,
    from_agent: from,
    to_agent: agent,
    kind,
    content,
    task_id: task,
  })
  if ('prose' in report) return [message(agentIdOf(to), report.prose)]
  const byAgent = Map.groupBy(report.findings, ({ file }) => agentIdOf(authorOf(file, run) ?? to))
  return [...byAgent].map(([agent, findings]) => message(agent, renderFindings(report.summary, findings)))
}

/** The role of the task that wrote a file last. */
function authorOf(path: string, run: Run): string | undefined {
  const task = Object.hasOwn(run.files, path) ? run.files[path]!.versions.at(-1)?.task : undefined
  return task === undefined ? undefined : run.tasks[task]?.task.context.agent_role
}
