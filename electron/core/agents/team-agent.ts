import type { PlannedFile } from '../../../shared/change.ts'
import { counted } from '../../../shared/counted.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Run } from '../../../shared/run.ts'
import type { Task, TaskResult } from '../../../shared/task.ts'
import { FileWriter } from '../files/file-writer.ts'
import { wholeDocument } from '../files/parse.ts'
import { blobOf } from '../store/ledger.ts'
import { Analysis, lackOfAnalysis, readAnalysis } from './analysis.ts'
import { BaseAgent, type LlmOptions, type LlmResult } from './base-agent.ts'
import { designSchema } from './design.ts'
import { lackOfDocument, readDocumentAnswer } from './document.ts'
import { guideFor } from './file-guides.ts'
import { filePrompt, lackOfFile, type WantedFile } from './file-question.ts'
import { schemaFor } from './json-answer.ts'
import { contentNow, knownFiles, madeAbove, plannedAbove, planFormFor, saidOf } from './known-files.ts'
import { lackOfOwnPlan, ownPlanSchema, readOwnPlan } from './own-plan.ts'
import type { CheckedPlan } from './plan.ts'
import { planValues } from './plan-prompt.ts'
import { writeEach } from './planned-files.ts'
import { preferencesOf } from './preferences.ts'
import { firstLine, firstSentence } from './prose.ts'
import { lackOfDesign, readDesign } from './read-design.ts'
import { lackOfReport, readReport, renderReport, reportSchema, summaryOf, type Report } from './report.ts'
import { reportMessages } from './report-messages.ts'
import {
  formOf,
  type DocumentForm,
  type FileForm,
  type FilesForm,
  type PlanForm,
  type ReportForm,
  type StoriesForm,
} from './task-forms.ts'
import { closeTaskPrompt } from './task-prompt.ts'
import { requireUsable, unusable } from './usable.ts'

/** How a question differs from a task's usual one: its text, the files that it needs most, and whether they are planned. */
type Asking = { readonly body?: string; readonly needs?: readonly string[]; readonly planned?: boolean }

/** What the five built-in agents share: their prompts, and the forms in which a task becomes files and decisions. */
export abstract class TeamAgent extends BaseAgent {
  getSystemPrompt(): string {
    return this.team.prompts.fill(`${this.role}/role.md`)
  }

  async processTask(task: Task): Promise<TaskResult> {
    const form = formOf(task.context.agent_role, task.context.task_type)
    switch (form?.form) {
      case 'stories':
        return this.#tellStories(task, form)
      case 'plan':
        return this.#plan(task, form)
      case 'report':
        return this.#report(task, form)
      case 'files':
        return this.#writeFiles(task, form)
      case 'file':
        return this.#writeNamedFile(task, form)
      case 'document':
        return this.#writeDocument(task, form)
      case undefined:
        return this.#answerFreely(task)
    }
  }

  async #tellStories(task: Task, { path }: StoriesForm): Promise<TaskResult> {
    const schema = schemaFor('analysis', Analysis)
    const options = { part: 'analysis', schema, check: lackOfAnalysis, isLast: true }
    const { text, ...rest } = readAnalysis(requireUsable(await this.#ask(task, {}, options)).text)
    return this.#decide(task, path, text, rest)
  }

  async #plan(task: Task, general: PlanForm): Promise<TaskResult> {
    const form = planFormFor(this.#run, task.task_id, general)
    const { paths } = knownFiles(this.#run, task.task_id)
    const { agent_role: role, task_type: taskType } = task.context
    const values = planValues(form, { role, taskType, agents: this.config.agents }, this.team.prompts)
    const options: LlmOptions = {
      part: 'plan',
      schema: schemaFor('design', designSchema(form, paths)),
      check: (text) => lackOfDesign(text, form),
      isLast: true,
    }
    const answer = requireUsable(await this.#ask(task, values, options))
    const { how, plan, text, defects, summary } = readDesign(answer.text, form, paths, this.#contentFor(task))
    await this.#keepPlan(task, how, plan)
    await this.#tell(task, defects, { kind: 'bug-report', to: 'developer' })
    return this.#decide(task, form.path, text, { summary, assumptions: [] })
  }

  async #report(task: Task, form: ReportForm): Promise<TaskResult> {
    const { paths } = knownFiles(this.#run, task.task_id)
    const options: LlmOptions = {
      part: 'report',
      schema: schemaFor('report', reportSchema(form.kind, paths)),
      check: (text) => lackOfReport(text, form.kind),
      isLast: true,
    }
    const answer = requireUsable(await this.#ask(task, {}, options))
    // It lacks nothing, so it can be read.
    const report = readReport(answer.text, paths, this.#contentFor(task))!
    await this.#tell(task, report, form)
    const rest = { summary: summaryOf(report), assumptions: [] }
    return this.#decide(task, form.path, renderReport(form.title, report), rest)
  }

  /** Sends findings to those who have to act on them. */
  async #tell(task: Task, report: Report, form: Pick<ReportForm, 'kind' | 'to'>): Promise<void> {
    const told = { task: task.task_id, from: this.agentId, kind: form.kind, to: form.to }
    await Promise.all(reportMessages(report, told, this.#run).map((message) => this.sendMessage(message)))
  }

  async #writeFiles(task: Task, form: FilesForm): Promise<TaskResult> {
    const given = form.changes ? null : plannedAbove(this.#run, task.task_id, form.kind)
    const { files: planned, reason } = given ? { files: given, reason: '' } : await this.#planOwn(task, form)
    if (planned.length === 0 && form.none === 'never')
      throw new AppError(
        'invalid',
        `The plan has no file of the group ${form.kind}, which this step writes.`,
        { hint: 'Look at what the planning step answered; another run plans anew.' },
      )
    const files = planned.map(({ path }) => path)
    // Who changes several files has to see each change in the others.
    const beside = form.changes ? files : []
    await writeEach(planned, (file) => this.#writePlannedFile(task, file, form, { beside }))
    const nothing = given ? 'The plan asks for no such file.' : `Nothing to change. ${reason}`.trim()
    const summary =
      files.length === 0 ? nothing : `Wrote ${files.length} of ${counted(files.length, 'planned file')}.`
    return { summary, text: this.#keepText(reason), files, assumptions: [] }
  }

  /** Has a task list its own files, where no step before it did. */
  async #planOwn(task: Task, form: FilesForm): Promise<{ files: readonly PlannedFile[]; reason: string }> {
    const { prompts } = this.team
    const known = knownFiles(this.#run, task.task_id)
    const own = `plan/${task.context.agent_role}/${task.context.task_type}.md`
    const body = prompts.has(own) ? own : 'plan/files.md'
    const format = prompts.fill('plan/format.md')
    const options: LlmOptions = {
      part: 'plan',
      schema: schemaFor('files', ownPlanSchema(form, known)),
      check: (text) => lackOfOwnPlan(text, form, known),
    }
    const answer = requireUsable(await this.#ask(task, { format, kind: form.kind }, options, { body }))
    // It lacks nothing, so it can be read.
    const { how, reason, plan } = readOwnPlan(answer.text, form, known)!
    await this.#keepPlan(task, how, plan)
    return { files: plan.files, reason }
  }

  async #keepPlan(task: Task, how: 'schema' | 'text', { files, refused }: CheckedPlan): Promise<void> {
    await this.team.asking.journal.append([
      { type: 'plan-made', task: task.task_id, how, files: [...files], refused: [...refused] },
    ])
  }

  async #writePlannedFile(
    task: Task,
    { path, purpose, needs }: PlannedFile,
    form: FilesForm | FileForm,
    { beside = [], isAgain = false }: { beside?: readonly string[]; isAgain?: boolean } = {},
  ) {
    const part = `file ${path}`
    const { files, prompts } = this.team
    const file: WantedFile = { path, purpose, before: this.#contentFor(task)(path) }
    const changes = form.form === 'files' && form.changes
    const mustChange = changes && form.none === 'never'
    const lack = (text: string) => lackOfFile(text, file, files, mustChange)
    // A guide would have the rest of the file changed as well.
    const guide = changes && file.before !== null ? null : this.#guideFor(task, file)
    const format = filePrompt(file, guide, prompts)
    const options: LlmOptions = {
      part,
      subject: `the file ${path}`,
      // What is asked for again already is not asked for a third time.
      check: isAgain ? () => null : lack,
      isBegun: (text) => files.parseCodeBlocks(text).length > 0,
      ...(file.before === null ? {} : { whole: path }),
      onReply: (reply) => {
        const source = { call: reply.call, complete: unusable(reply) === null, before: file.before }
        return files.writePlannedFile(reply.text, path, task.task_id, this.role, source)
      },
    }
    const answer = await this.#ask(task, { format }, options, {
      needs: [path, ...needs, ...beside],
      planned: true,
    })
    const problem = unusable(answer) ?? (isAgain ? lack(answer.text) : null)
    return problem === null ? null : { problem, part }
  }

  async #writeNamedFile(task: Task, form: FileForm): Promise<TaskResult> {
    const { path, purpose } = form
    const needs = madeAbove(this.#run, task.task_id)
    await writeEach([{ path, purpose, kind: 'documentation', needs }], (file) =>
      this.#writePlannedFile(task, file, form),
    )
    return { summary: `Wrote ${path}.`, text: null, files: [path], assumptions: [] }
  }

  async #writeDocument(task: Task, { path }: DocumentForm): Promise<TaskResult> {
    const options = { part: 'document', check: lackOfDocument, isLast: true }
    const answer = requireUsable(await this.#ask(task, {}, options))
    // It lacks nothing, so it can be read.
    const text = readDocumentAnswer(answer.text)!
    return this.#decide(task, path, text, { summary: firstSentence(text), assumptions: [] })
  }

  /** A task of no known form: whatever files the answer names, and its words as the decision. */
  async #answerFreely(task: Task): Promise<TaskResult> {
    const format = this.team.prompts.fill('many-files.md')
    let files: readonly string[] = []
    const onReply = async ({ text, call }: LlmResult) => {
      files = await this.team.files.writeCodeBlocks(text, task.task_id, this.role, call)
    }
    const answer = requireUsable(await this.#ask(task, { format }, { onReply }, { needs: [] }))
    files = [...files, ...(await this.#finishFiles(task, answer.text))]
    if (files.length > 0)
      return {
        summary: `Wrote ${counted(files.length, 'file')}.`,
        text: null,
        files: [...files],
        assumptions: [],
      }
    const text = wholeDocument(answer.text)
    return { summary: firstLine(text), text: this.#keepText(text), files: [], assumptions: [] }
  }

  /** Asks for each file that an answer has a part of only, once and alone. */
  async #finishFiles(task: Task, text: string): Promise<string[]> {
    const paths = this.team.files.unfinishedFiles(text)
    const begun = paths.map((path) => ({ path, purpose: 'Your answer has a part of it only.', needs: [] }))
    await writeEach(
      begun.map((file) => ({ ...file, kind: 'implementation' })),
      (file) => this.#writePlannedFile(task, file, { form: 'file', ...file }, { isAgain: true }),
    )
    return paths
  }

  /** What later prompts are told, kept without a file; it is on disk with the task's end, at the latest. */
  #keepText(text: string): string | null {
    if (text === '') return null
    const blob = blobOf(text)
    void this.team.asking.journal.note([], [blob])
    return blob.hash
  }

  /** Asks with the task in the role's own words, then the person's preferences, then the role. */
  #ask(
    task: Task,
    values: Readonly<Record<string, string>>,
    options: LlmOptions,
    { body, needs = madeAbove(this.#run, task.task_id), planned = false }: Asking = {},
  ): Promise<LlmResult> {
    const { agents } = this.config
    const role = this.getSystemPrompt()
    const closing = closeTaskPrompt(task, { body, values, planned, agents, role }, this.team.prompts)
    return this.executeLlmTask(closing, needs, undefined, options)
  }

  #guideFor(task: Task, file: WantedFile): string | null {
    const preferred = preferencesOf(task.context.agent_role, this.config.agents).join('\n')
    const said = [...saidOf(this.#run, task.task_id, file, this.#read), preferred]
    return guideFor(file.path, said, this.team.prompts)
  }

  /** Keeps decisions as the file that people read, and as the text that later prompts carry. */
  async #decide(
    task: Task,
    path: string,
    text: string,
    rest: { readonly summary: string; readonly assumptions: readonly string[] },
  ): Promise<TaskResult> {
    const file = await this.#lastFiles.writeFile(path, text, task.task_id, this.role)
    return {
      summary: rest.summary,
      text: blobOf(text).hash,
      files: [file],
      assumptions: [...rest.assumptions],
    }
  }

  /** Drafts what a task ends with: nobody waits for it, as the end does. */
  get #lastFiles(): FileWriter {
    const { journal } = this.team.asking
    return new FileWriter(async (events, blobs) => void journal.record(events, blobs).catch(() => {}))
  }

  get #run(): Run {
    return this.team.asking.journal.run
  }

  /** Reads files as they are before a task. */
  readonly #contentFor = (task: Task) => (path: string) =>
    contentNow(this.#run, task.task_id, path, this.#read)

  readonly #read = (hash: string): string => this.team.asking.journal.text(hash)
}
