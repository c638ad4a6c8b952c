import type { Task, TaskResult } from '../../../shared/task.ts'
import { Analysis, LooseAnalysis, renderAnalysis } from './analysis.ts'
import { readJsonAnswer, schemaFor } from './json-answer.ts'
import type { LlmOptions } from './base-agent.ts'
import { TeamAgent } from './team-agent.ts'
import { requireUsable } from './usable.ts'
import { wholeDocument } from '../files/parse.ts'

/** Where the analysis lies among the outputs. */
const requirementsPath = 'docs/requirements.md'
/** Shorter text than this, without the asked form, is no analysis. */
const leastText = 200

/** Turns a requirement into stories with acceptance criteria, assumptions and open questions. */
export class BusinessAnalystAgent extends TeamAgent {
  override async processTask(task: Task): Promise<TaskResult> {
    if (task.context.task_type !== 'requirements_analysis') return super.processTask(task)
    const options: LlmOptions = {
      part: 'analysis',
      schema: schemaFor('analysis', Analysis),
      check: (text) =>
        readJsonAnswer(text, LooseAnalysis) || isProse(text)
          ? null
          : 'Your answer was not the JSON object that was asked for, with a summary and at least one story.',
    }
    const answer = requireUsable(await this.executeLlmTask(this.closing(task), [], undefined, options))
    const analysis = readJsonAnswer(answer.text, LooseAnalysis)
    if (!analysis) {
      const rest = { summary: 'Analysis in free text: the server kept to no schema.', assumptions: [] }
      return this.decide(task, requirementsPath, `${wholeDocument(answer.text).trim()}\n`, rest)
    }
    const { stories, assumptions, questions } = analysis
    const criteria = stories.reduce((sum, story) => sum + story.criteria.length, 0)
    const summary = `${stories.length} stories, ${criteria} criteria, ${assumptions.length} assumptions, ${questions.length} open questions.`
    return this.decide(task, requirementsPath, renderAnalysis(analysis), { summary, assumptions })
  }
}

const isProse = (text: string) => {
  const document = wholeDocument(text).trim()
  return document.length >= leastText && !document.startsWith('{')
}
