import type { AgentMessage } from '../../../shared/agent.ts'
import { isFor, messagesTo } from '../../../shared/inbox.ts'
import type { Run, TaskState } from '../../../shared/run.ts'
import type { RunNotes } from '../../stores/run-notes.ts'

/** The messages that wait for an agent: none of its prompts has had them yet. */
export function waitingMessages(run: Run, notes: RunNotes, agent: string): AgentMessage[] {
  const inbox = run.messages.filter((message) => isFor(message, agent))
  if (inbox.length === 0) return []
  const read = new Set(Object.values(run.tasks).flatMap((state) => readBy(run, notes, state)))
  return inbox.filter(({ message_id }) => !read.has(message_id))
}

/** What stood in the prompts of a step: those that were sent to its agent before it was asked last. */
function readBy(run: Run, notes: RunNotes, { task, calls }: TaskState): string[] {
  const asked = calls.findLast(({ status, prompt }) => prompt !== null && status !== 'void')
  const askedAt = asked && notes.calls[asked.id]?.startedAt
  if (!askedAt) return []
  return messagesTo(run, task.task_id).flatMap(({ message_id }) =>
    (notes.messages[message_id] ?? '') <= askedAt ? [message_id] : [],
  )
}
