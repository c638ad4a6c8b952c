import type { Settings } from '../../../shared/settings.ts'
import type { Task } from '../../../shared/task.ts'
import type { PromptFiles } from '../context/prompt-files.ts'
import { preferencesOf } from './preferences.ts'
import { formOf } from './task-forms.ts'

/** What a task's part of its prompt is made of, beside the task. */
type Given = {
  /** The prompt file of its words; that of its role and type where undefined. */
  readonly body: string | undefined
  readonly values: Readonly<Record<string, string>>
  /** Whether the files that it writes are planned already. */
  readonly planned: boolean
  readonly agents: Settings['agents']
  /** The words of its role. */
  readonly role: string
}

/** The end of a prompt: the task in the role's own words, then the person's preferences, then the role. */
export function closeTaskPrompt(task: Task, given: Given, prompts: PromptFiles): string {
  const { agent_role, task_type } = task.context
  const { body = bodyOf(task, prompts), values, planned, agents, role } = given
  const preferences = preferencesFor(task, planned, agents).map((line) => `- ${line}`)
  return [
    `# Your task: ${agent_role} / ${task_type}`,
    prompts.fill(body, { description: task.description, ...values }),
    ...(preferences.length > 0 ? [`What the person prefers:\n\n${preferences.join('\n')}`] : []),
    role,
  ].join('\n\n')
}

function bodyOf({ context: { agent_role, task_type } }: Task, prompts: PromptFiles): string {
  const own = `${agent_role}/${task_type}.md`
  return prompts.has(own) ? own : 'task.md'
}

/** A report says what is, and a change keeps to what is there, whatever is preferred. */
function preferencesFor({ context }: Task, planned: boolean, agents: Settings['agents']): string[] {
  const form = formOf(context.agent_role, context.task_type)
  const isBound = form?.form === 'report' || (form?.form === 'files' && form.changes)
  return isBound ? [] : preferencesOf(context.agent_role, agents, planned)
}
