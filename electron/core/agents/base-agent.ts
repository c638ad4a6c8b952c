import type { AgentMessage, AgentRole, AgentStatus } from '../../../shared/agent.ts'
import { agentStates } from '../../../shared/agent-state.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Task, TaskResult } from '../../../shared/task.ts'
import {
  composePrompt,
  countPrompt,
  promptMessages,
  type Prompt,
  type PromptCount,
} from '../context/compose.ts'
import type { PromptFiles } from '../context/prompt-files.ts'
import { always, gatherSections, type Section } from '../context/sections.ts'
import type { FileWriter } from '../files/file-writer.ts'
import { ask, type Answered, type AskContext } from '../llm/ask.ts'
import type { ModelRequest } from '../llm/model.ts'
import type { Log } from '../log/log.ts'
import type { MessageBus } from '../message-bus.ts'
import { LedgerError } from '../store/ledger.ts'
import type { TaskManager } from '../task-manager.ts'
import { FailedParts } from './failed-parts.ts'
import { handOffs } from './hand-off.ts'

/** What an agent gets when it joins the team of a run. */
export type Team = {
  readonly asking: AskContext
  readonly prompts: PromptFiles
  readonly tasks: TaskManager
  readonly bus: MessageBus
  readonly files: FileWriter
  readonly log: Log
}
/** How a question to the model is asked and judged. */
export type LlmOptions = {
  /** Names the question within its task; after a crash its answer is found again under this name. */
  readonly part?: string
  readonly schema?: ModelRequest['schema']
  /** What an answer lacks, as a sentence for the model; null when it will do. */
  readonly check?: (text: string) => string | null
  /** Whether a cut-off answer is worth going on with; any is where absent. */
  readonly isBegun?: (text: string) => boolean
  /** What is asked for, such as `the file src/app.py`: named where only the rest of it is asked for. */
  readonly subject?: string
  /** A file of which no line may be left out of the prompt: it is to be given again. */
  readonly whole?: string
  /** Is told of the answer before it is given: what it records is stored together with it. */
  readonly onReply?: (answer: LlmResult) => Promise<unknown>
  /** Whether the task ends with this answer: it is given at once then, and stored in one commit with that end. */
  readonly isLast?: boolean
}
/** The model's answer with the call that holds it; whether it is usable is for the asker to look at. */
export type LlmResult = Answered

/**
 * An agent of a run's team: it works on one task at a time. Subclass it with a system prompt and `processTask`
 * to add an agent of your own.
 */
export abstract class BaseAgent {
  readonly agentId: string
  readonly role: AgentRole
  readonly workspace: string
  readonly config: Settings
  #team: Team | null = null
  #currentTask: Task | null = null

  constructor(agentId: string, role: AgentRole, workspace: string, config: Settings) {
    this.agentId = agentId
    this.role = role
    this.workspace = workspace
    this.config = config
  }

  /** Does the task's work. Whatever it throws fails the task; AppError with a hint serves people best. */
  abstract processTask(task: Task): Promise<TaskResult>

  /** Who the agent is, for the model: the end of every prompt. */
  abstract getSystemPrompt(): string

  join(team: Team): void {
    this.#team = { ...team, asking: { ...team.asking, settings: withOwn(team.asking.settings, this.role) } }
  }

  /** Whether it has a task that is not settled yet. */
  get isBusy(): boolean {
    const task = this.#currentTask
    return task !== null && ['pending', 'running'].includes(this.team.tasks.getTaskStatus(task.task_id))
  }

  protected get team(): Team {
    if (this.#team) return this.#team
    throw new AppError(
      'internal',
      `${this.agentId} is in no team yet: an AgentOrchestrator has to take it in.`,
    )
  }

  /**
   * Sends a prompt with all that the current task rests on before it: documents, decisions, files. `files` are paths
   * of drafts that the prompt needs most; `timeout` is the silence in seconds that is borne.
   */
  async executeLlmTask(
    prompt: string,
    files: readonly string[] = [],
    timeout?: number,
    options: LlmOptions = {},
  ): Promise<LlmResult> {
    const { asking } = this.team
    const { journal, model, settings, status, signal } = asking
    const task = this.#taskAtHand()
    const { part = 'answer', whole } = options
    try {
      const gathered = gatherSections(journal.run, task.task_id, (hash) => journal.text(hash), files)
      const sections = whole === undefined ? gathered : keepWhole(gathered, whole)
      const parts = { system: this.team.prompts.fill('system.md'), sections, closing: prompt }
      const limits = { window: status.window, maxTokens: settings.openai_max_tokens }
      const composed = await composePrompt(parts, model, limits, signal)
      await this.#tellOmissions(task, part, composed)
      const [system, user] = composed.messages
      return await this.callLocalLlamaServer(system.content, user.content, timeout, {
        ...options,
        part,
        counted: composed,
      })
    } catch (error) {
      throw FailedParts.of(error, part, withoutSchema(part))
    }
  }

  async #tellOmissions(task: Task, part: string, { budget, omissions }: Prompt): Promise<void> {
    if (budget === null || omissions.length === 0) return
    const items = [...omissions]
    await this.team.asking.journal.note([
      { type: 'context-trimmed', task: task.task_id, part, budget, items },
    ])
  }

  /** Asks the server as it is told; where it gives no answer at all under a schema, once more without it. */
  protected async callLocalLlamaServer(
    systemPrompt: string,
    userPrompt: string,
    timeout?: number,
    {
      part = 'answer',
      schema,
      check = () => null,
      isBegun,
      subject,
      onReply,
      isLast,
      counted,
    }: LlmOptions & { counted?: PromptCount } = {},
  ): Promise<LlmResult> {
    const { asking } = this.team
    const messages = promptMessages(systemPrompt, userPrompt)
    const { tokens, countedBy } = counted ?? (await countPrompt(messages, asking.model, asking.signal))
    const task = this.#taskAtHand().task_id
    const prompt = { messages, tokens, countedBy }
    const question = { task, prompt, check, isBegun, subject, timeout, onReply, isLast }
    try {
      return await ask({ ...question, part, schema }, asking)
    } catch (error) {
      const calls = asking.journal.run.tasks[task]?.calls ?? []
      const hasAnswered = calls.some((call) => call.part === part && call.status === 'ended')
      if (!schema || hasAnswered || AppError.from(error).code !== 'invalid') throw error
      return await ask({ ...question, part: withoutSchema(part) }, asking)
    }
  }

  /** Runs a task from its start to its end, good or bad; rejects only when the run is cancelled or the ledger fails. */
  async runTask(task: Task): Promise<Task> {
    const { tasks } = this.team
    this.#currentTask = task
    try {
      // Not waited for: it is in the ledger's queue before all that follows.
      void tasks.markStarted(task.task_id, this.agentId)
      const result = await this.processTask(task)
      // Messages go in the same turn as the end of the task, and share its sync.
      const told = handOffs(this.team.asking.journal.ahead, task, result, this.agentId)
      const sent = told.map((message) => this.sendMessage(message))
      const [settled] = await Promise.all([tasks.markCompleted(task.task_id, result), ...sent])
      return settled
    } catch (error) {
      const failure = FailedParts.of(error)
      // A ledger that refuses is no fault of the task: the run stops, and a resume takes up every answer that ended.
      const isStopped = failure.cause.code === 'cancelled' || failure.cause instanceof LedgerError
      if (isStopped || this.team.asking.signal.aborted) throw failure.cause
      this.team.log.error(`[${this.agentId}] Error: ${failure.cause.message}`, {
        task: task.task_id,
        err: failure.cause,
      })
      return await tasks.markFailed(task.task_id, failure.cause, failure.parts)
    } finally {
      // The next task may have been handed over as soon as this one was settled.
      if (this.#currentTask === task) this.#currentTask = null
    }
  }

  async sendMessage(message: AgentMessage): Promise<void> {
    await this.team.bus.send(message)
  }

  /** The next message that nobody has read yet, or null. */
  receiveMessage(): AgentMessage | null {
    return this.team.bus.receive(this.agentId)
  }

  getStatus(): {
    agent_id: string
    role: AgentRole
    status: AgentStatus
    current_task: string | null
    completed_tasks: number
  } {
    const state =
      this.#team && agentStates(this.team.asking.journal.run).find((one) => one.agent_id === this.agentId)
    return (
      state ?? {
        agent_id: this.agentId,
        role: this.role,
        status: 'idle',
        current_task: null,
        completed_tasks: 0,
      }
    )
  }

  #taskAtHand(): Task {
    if (this.#currentTask) return this.#currentTask
    throw new AppError('conflict', `${this.agentId} has no task: a model is asked within runTask only.`)
  }
}

const withoutSchema = (part: string) => `${part} without schema`

/** The settings with what is set for one agent in place of what is set for all. */
function withOwn(settings: Settings, role: AgentRole): Settings {
  const own = role === 'custom' ? undefined : settings.agents[role]
  return {
    ...settings,
    openai_temperature: own?.temperature ?? settings.openai_temperature,
    openai_max_tokens: own?.max_tokens ?? settings.openai_max_tokens,
  }
}

/** The latest form of a file, of which nothing may be cut. */
function keepWhole(sections: readonly Section[], path: string): Section[] {
  const index = sections.findLastIndex(({ label }) =>
    [`file ${path}`, `existing file ${path}`].includes(label),
  )
  return sections.map((section, at) => (at === index ? { ...section, rank: always } : section))
}
