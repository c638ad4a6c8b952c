import type { Run, TaskState } from '../../../shared/run.ts'
import { ancestors } from '../../../shared/run-graph.ts'
import { openFence } from './fence.ts'

/** A piece of a prompt. The lower the rank the sooner it is cut when there is no room; rank `always` never is. */
export type Section = { readonly label: string; readonly text: string; readonly rank: number }

/** What is never cut: without it the task has no meaning. */
export const always = Number.POSITIVE_INFINITY
const rankOf = { file: 1, neededFile: 2, decision: 3 } as const

/**
 * What a task is told before its own words: requirement and documents, the decisions of every step that it rests on,
 * then files. The order is the same for every task, so that one prompt extends another and the server's cache serves it.
 */
export function gatherSections(
  run: Run,
  taskId: string,
  read: (hash: string) => string,
  needs: readonly string[] = [],
): Section[] {
  return [...sourceSections(run, read), ...decisions(run, taskId, read), ...files(run, taskId, read, needs)]
}

/** The requirement and the documents of a run: the start of every prompt. */
export function sourceSections(
  run: Pick<Run, 'requirement' | 'documents'>,
  read: (hash: string) => string,
): Section[] {
  const documents = run.documents.map(({ name, hash }) => ({
    label: `document ${name}`,
    text: `# Document: ${name}\n\n${read(hash).trim()}`,
    rank: always,
  }))
  if (!run.requirement) return documents
  return [
    { label: 'requirement', text: `# Requirement\n\n${run.requirement.trim()}`, rank: always },
    ...documents,
  ]
}

function decisions(run: Run, taskId: string, read: (hash: string) => string): Section[] {
  return tasksAbove(run, taskId).flatMap(({ task }) =>
    task.result?.text
      ? [
          {
            label: `decisions of ${task.task_id}`,
            text: headed(task, read(task.result.text)),
            rank: rankOf.decision,
          },
        ]
      : [],
  )
}

const headed = (task: TaskState['task'], text: string) =>
  `# Decided: ${task.context.task_type.replaceAll('_', ' ')} (${task.context.agent_role.replaceAll('_', ' ')})\n\n${text.trim()}`

/** Files of the steps that this one depends on; of its own step only those that it names as needed. */
function files(
  run: Run,
  taskId: string,
  read: (hash: string) => string,
  needs: readonly string[],
): Section[] {
  const direct = new Set(run.tasks[taskId]?.task.dependencies)
  return Object.values(run.files).flatMap(({ path, versions, conflict, decision }) => {
    const last = versions.at(-1)
    if (!last?.complete || conflict.length > 0 || decision === 'rejected') return []
    // Decisions that were kept as a file stand in the prompt already.
    if (run.tasks[last.task]?.task.result?.text === last.hash) return []
    const needed = needs.includes(path)
    if (!needed && !direct.has(last.task)) return []
    const text = `# File: ${path}\n\n${fenced(read(last.hash), last.language)}`
    return [{ label: `file ${path}`, text, rank: needed ? rankOf.neededFile : rankOf.file }]
  })
}

function fenced(content: string, language: string | null): string {
  const fence = openFence(content)
  return `${fence}${language ?? ''}\n${content}${content.endsWith('\n') ? '' : '\n'}${fence}`
}

const tasksAbove = (run: Run, taskId: string) => {
  const above = ancestors(run, taskId)
  return Object.values(run.tasks).filter(({ task }) => above.has(task.task_id))
}
