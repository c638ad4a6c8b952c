import { PlannedFile } from '../../../shared/change.ts'
import { AppError } from '../../../shared/errors.ts'
import { ancestors } from '../../../shared/run-graph.ts'
import type { Task, TaskResult } from '../../../shared/task.ts'
import { openFence } from '../context/fence.ts'
import { wholeDocument } from '../files/parse.ts'
import type { FileWriter } from '../files/file-writer.ts'
import { blobOf } from '../store/ledger.ts'
import { BaseAgent } from './base-agent.ts'
import { writeEach } from './planned-files.ts'
import { requireUsable, unusable } from './usable.ts'

/** What the five built-in agents share: their prompts, and the ways in which a task becomes files. */
export abstract class TeamAgent extends BaseAgent {
  getSystemPrompt(): string {
    return this.team.prompts.fill(`${this.role}/role.md`)
  }

  async processTask(task: Task): Promise<TaskResult> {
    const planned = this.#plannedFiles(task)
    return planned ? this.#writePlannedFiles(task, planned) : this.#answerFreely(task)
  }

  /** The end of a prompt: the task in the role's own words, then the role. */
  protected closing(task: Task, values: Record<string, string> = {}): string {
    const { agent_role, task_type } = task.context
    const own = `${agent_role}/${task_type}.md`
    const name = this.team.prompts.has(own) ? own : 'task.md'
    const text = this.team.prompts.fill(name, { description: task.description, ...values })
    return `# Your task: ${agent_role} / ${task_type}\n\n${text}\n\n${this.getSystemPrompt()}`
  }

  /** Keeps decisions as the file that people read, and as the text that later prompts carry. */
  protected async decide(
    task: Task,
    path: string,
    text: string,
    rest: Pick<TaskResult, 'summary' | 'assumptions'>,
  ): Promise<TaskResult> {
    const file = await this.team.files.writeFile(path, text, task.task_id, this.role)
    return { ...rest, text: blobOf(text).hash, files: [file] }
  }

  /** The planned files that this task writes; null where no step before it made a plan. */
  #plannedFiles(task: Task): PlannedFile[] | null {
    const { run } = this.team.asking.journal
    const kind = PlannedFile.shape.kind.safeParse(task.context.task_type).data
    const plans = [...ancestors(run, task.task_id)].flatMap((id) => run.tasks[id]?.plan ?? [])
    return kind === undefined || plans.length === 0 ? null : plans.filter((file) => file.kind === kind)
  }

  async #writePlannedFiles(task: Task, planned: readonly PlannedFile[]): Promise<TaskResult> {
    if (planned.length === 0 && task.context.task_type === 'implementation')
      throw new AppError('invalid', 'The plan has no file to implement.')
    await writeEach(planned, (file) => this.#writePlannedFile(task, file))
    const files = planned.map(({ path }) => path)
    const summary =
      files.length === 0
        ? 'The plan asks for no such file.'
        : `Wrote ${files.length} of ${files.length} planned files.`
    return { summary, text: null, files, assumptions: [] }
  }

  async #writePlannedFile(task: Task, { path, purpose, needs }: PlannedFile) {
    const part = `file ${path}`
    const { files, prompts } = this.team
    const format = prompts.fill('one-file.md', { path, purpose, fence: fenceFor(path) })
    const answer = await this.executeLlmTask(this.closing(task, { format }), needs, undefined, {
      part,
      subject: `the file ${path}`,
      check: (text) => lackOfFile(files, text, path),
      isBegun: (text) => files.parseCodeBlocks(text).length > 0,
    })
    const problem = unusable(answer)
    const source = { call: answer.call, complete: problem === null }
    await files.writePlannedFile(answer.text, path, task.task_id, this.role, source)
    return problem === null ? null : { problem, part }
  }

  /** A task without a plan: whatever files the answer names, and its words as the decision. */
  async #answerFreely(task: Task): Promise<TaskResult> {
    const format = this.team.prompts.fill('many-files.md')
    const answer = await this.executeLlmTask(this.closing(task, { format }))
    const files = await this.team.files.writeCodeBlocks(answer.text, task.task_id, this.role, answer.call)
    requireUsable(answer)
    if (files.length > 0)
      return { summary: `Wrote ${files.length} files.`, text: null, files, assumptions: [] }
    const text = wholeDocument(answer.text)
    // On disk with the task's end, at the latest.
    void this.team.asking.journal.note([], [blobOf(text)])
    return { summary: firstLine(text), text: blobOf(text).hash, files: [], assumptions: [] }
  }
}

/** Markdown holds fences of its own, so it is asked for in a longer one. */
const fenceFor = (path: string) => (/\.(md|markdown|mdx)$/i.test(path) ? openFence('```') : '```')

function lackOfFile(files: FileWriter, text: string, path: string): string | null {
  const problem = files.whatIsWrong(text, path)
  return problem === null ? null : `${problem} The file ${path} was asked for.`
}

const firstLine = (text: string) => (text.split('\n').find((line) => line.trim()) ?? '').slice(0, 200)
