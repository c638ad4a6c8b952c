import { messagesTo } from '../../../shared/inbox.ts'
import type { Run, TaskState } from '../../../shared/run.ts'
import { ancestors } from '../../../shared/run-graph.ts'
import { oneLine } from '../agents/markdown.ts'
import { closeFence, openFence } from './fence.ts'

/** A piece of a prompt. The lower the rank the sooner it is cut when there is no room; rank `always` never is. */
export type Section = { readonly label: string; readonly text: string; readonly rank: number }

/** What is never cut: without it the task has no meaning. */
export const always = Number.POSITIVE_INFINITY
const rankOf = { code: 1, file: 2, neededFile: 3, decision: 4, message: 5 } as const

/**
 * What a task is told before its own words: requirement and documents, the code that was there, the decisions of every
 * step that it rests on, the files that those made, and messages. What all tasks share comes first and in the same
 * order, so that one prompt extends another and the server's cache serves it.
 */
export function gatherSections(
  run: Run,
  taskId: string,
  read: (hash: string) => string,
  needs: readonly string[] = [],
): Section[] {
  return [
    ...sourceSections(run, read),
    ...code(run, read, needs),
    ...decisions(run, taskId, read),
    ...files(run, taskId, read, needs),
    ...messages(run, taskId),
  ]
}

/** What of the workspace the run was given, as it was then. */
function code(run: Run, read: (hash: string) => string, needs: readonly string[]): Section[] {
  return run.code.files.map(({ path, hash }) => ({
    label: `existing file ${path}`,
    text: `# Existing file: ${path}\n\n${fenced(read(hash), null)}`,
    rank: needs.includes(path) ? rankOf.neededFile : rankOf.code,
  }))
}

/** The requirement and the documents of a run: the start of every prompt. */
export function sourceSections(
  run: Pick<Run, 'requirement' | 'documents'>,
  read: (hash: string) => string,
): Section[] {
  const documents = run.documents.map(({ name, hash }) => ({
    label: `document ${name}`,
    text: `# Document: ${oneLine(name)}\n\n${setApart(read(hash))}`,
    rank: always,
  }))
  if (!run.requirement) return documents
  return [
    { label: 'requirement', text: `# Requirement\n\n${setApart(run.requirement)}`, rank: always },
    ...documents,
  ]
}

function decisions(run: Run, taskId: string, read: (hash: string) => string): Section[] {
  // A report that was sent to this task's agent stands in its message, and need not stand here as well; a plan does, whose
  // message tells only of the defects that it found.
  const told = new Set(
    messagesTo(run, taskId).flatMap(({ kind, task_id }) => (kind === 'hand-off' ? [] : [task_id])),
  )
  return tasksAbove(run, taskId).flatMap(({ task, plan }) =>
    task.result?.text && (plan !== null || !told.has(task.task_id))
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

/** What a review found is no decision: it is of files that may have been mended since. */
function headed({ context }: TaskState['task'], text: string): string {
  const isReview = context.task_type.endsWith('_review')
  const title = `${context.task_type.replaceAll('_', ' ')} (${context.agent_role.replaceAll('_', ' ')})`
  const lead = isReview ? `# Reviewed: ${title}\n\n${asTheyWere}` : `# Decided: ${title}`
  return `${lead}\n\n${setApart(text)}`
}
const asTheyWere =
  'These remarks are on the files as they were then. What stands below may have been mended since: its lines count.'

/** Files of the steps that this one depends on; of its own step only those that it names as needed. */
function files(
  run: Run,
  taskId: string,
  read: (hash: string) => string,
  needs: readonly string[],
): Section[] {
  const direct = new Set(run.tasks[taskId]?.task.dependencies)
  return Object.values(run.files).flatMap(({ path, versions, conflict, decision }) => {
    // What an attempt left cut off does not take the place of what was there before it.
    const last = versions.findLast(({ complete }) => complete)
    if (!last || conflict.length > 0 || decision === 'rejected') return []
    // Decisions that were kept as a file stand in the prompt already.
    if (run.tasks[last.task]?.task.result?.text === last.hash) return []
    const needed = needs.includes(path)
    if (!needed && !direct.has(last.task)) return []
    const replaces = run.code.files.some((file) => file.path === path) ? ' (instead of the existing one)' : ''
    const text = `# File: ${path}${replaces}\n\n${fenced(read(last.hash), last.language)}`
    return [{ label: `file ${path}`, text, rank: needed ? rankOf.neededFile : rankOf.file }]
  })
}

const messages = (run: Run, taskId: string): Section[] =>
  messagesTo(run, taskId).map(({ from_agent, kind, content }) => ({
    label: `message of ${from_agent}`,
    text: `# Message to you from ${from_agent} (${kind.replace('-', ' ')})\n\n${setApart(content)}`,
    rank: rankOf.message,
  }))

/** Lines that would pass for a section of the prompt itself. */
const ownHeading =
  /^([^\S\r\n]*)#(?=[^\S\r\n]*(?:Requirement[^\S\r\n]*$|Document:|Existing file:|File:|Decided:|Reviewed:|Message to you from|Your task\b))/gim

/** Somebody else's Markdown inside a section: such a heading goes one level down, and no fence is left open. */
const setApart = (text: string): string => closeFence(text.trim().replaceAll(ownHeading, '$1##'))

function fenced(content: string, language: string | null): string {
  const fence = openFence(content)
  return `${fence}${language ?? ''}\n${content}${content.endsWith('\n') ? '' : '\n'}${fence}`
}

const tasksAbove = (run: Run, taskId: string) => {
  const above = ancestors(run, taskId)
  return Object.values(run.tasks).filter(({ task }) => above.has(task.task_id))
}
