import type { Workflow, WorkflowStep } from '../../shared/workflow.ts'
import { printable, tableLines, wrap } from './format.ts'

/** A graph of steps in one line: `1 > 2 > 3 + 4 > 5`. Steps that are joined by + can run at once. */
export function drawSteps(steps: readonly WorkflowStep[]): string {
  const byNumber = new Map(steps.map((step) => [step.step, step]))
  const levels = new Map<number, number>()
  const levelOf = (number: number): number => {
    const known = levels.get(number)
    if (known !== undefined) return known
    // A graph that is not sound may lead back here.
    levels.set(number, 0)
    const needs = byNumber.get(number)?.depends_on ?? []
    const level = needs.reduce((deepest, need) => Math.max(deepest, levelOf(need) + 1), 0)
    levels.set(number, level)
    return level
  }
  const rows = Map.groupBy(steps, ({ step }) => levelOf(step))
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([, row]) => row.map(({ step }) => step).join(' + '))
    .join(' > ')
}

/** A workflow as lines: what it is for, its graph, and each step with what it waits for. */
export function workflowLines(workflow: Workflow, origin: string, width: number): string[] {
  const rows = workflow.steps.map(({ step, agent_role, description, depends_on, gate }) => [
    `   ${step}`,
    printable(agent_role),
    `${printable(description)}${depends_on.length > 0 ? ` (after ${depends_on.join(', ')})` : ''}${gate ? ', then a gate' : ''}`,
  ])
  const about = `${printable(workflow.description)}${workflow.reads_workspace ? ' Reads the code of the workspace.' : ''}`
  return [
    `${workflow.id}  (${origin})`,
    ...wrap(about, width - 2).map((line) => `  ${line}`),
    `  ${drawSteps(workflow.steps)}`,
    ...tableLines(rows, width),
  ]
}
