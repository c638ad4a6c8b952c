import type { Task, TaskResult } from '../../../shared/task.ts'
import { wholeDocument } from '../files/parse.ts'
import { Design, listFiles, LooseDesign, renderDesign, renderPlan } from './design.ts'
import { readJsonAnswer, schemaFor } from './json-answer.ts'
import { checkPlan, type CheckedPlan } from './plan.ts'
import { planFromText } from './plan-from-text.ts'
import type { LlmOptions } from './base-agent.ts'
import { TeamAgent } from './team-agent.ts'
import { requireUsable } from './usable.ts'

/** Where the design lies among the outputs. */
const architecturePath = 'docs/architecture.md'

/** Designs the project, lists its files, and writes the code. */
export class DeveloperAgent extends TeamAgent {
  override async processTask(task: Task): Promise<TaskResult> {
    if (task.context.task_type !== 'architecture_design') return super.processTask(task)
    const options: LlmOptions = {
      part: 'plan',
      schema: schemaFor('design', Design),
      check: (text) => lackOfPlan(readPlan(text).plan),
    }
    const answer = requireUsable(await this.executeLlmTask(this.closing(task), [], undefined, options))
    const { how, plan, text } = readPlan(answer.text)
    const { files, refused } = plan
    await this.team.asking.journal.append([
      { type: 'plan-made', task: task.task_id, how, files: [...files], refused: [...refused] },
    ])
    const dropped = refused.length > 0 ? `, ${refused.length} refused` : ''
    const source = how === 'text' ? ' Read from free text: the server kept to no schema.' : ''
    const summary = `A plan of ${files.length} files${dropped}.${source}`
    return this.decide(task, architecturePath, text, { summary, assumptions: [] })
  }
}

type ReadPlan = { how: 'schema' | 'text'; plan: CheckedPlan; text: string }

function readPlan(answer: string): ReadPlan {
  const design = readJsonAnswer(answer, LooseDesign)
  if (design) {
    const plan = checkPlan(listFiles(design))
    return { how: 'schema', plan, text: renderDesign(design, plan.files) }
  }
  const document = wholeDocument(answer).trim()
  const plan = checkPlan(planFromText(document))
  return { how: 'text', plan, text: `${document}\n\n${renderPlan(plan.files)}` }
}

function lackOfPlan({ files, refused }: CheckedPlan): string | null {
  if (files.some(({ kind }) => kind === 'implementation')) return null
  const reasons = refused.length > 0 ? ` Refused: ${refused.slice(0, 5).join(' ')}` : ''
  return `Your answer lists no usable file to implement.${reasons}`
}
