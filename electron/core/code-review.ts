import { AppError } from '../../shared/errors.ts'
import type { Workflow, WorkflowStep } from '../../shared/workflow.ts'

/** Task types of the developer that write code. */
const writing: ReadonlySet<string> = new Set(['implementation', 'bug_fix', 'fix'])

const writesCode = ({ agent_role, task_type }: WorkflowStep) =>
  agent_role === 'developer' && writing.has(task_type)

/**
 * The same workflow with a review after each step that writes code, and a revision after the review; what came after the
 * step comes after the revision. Throws `invalid` where no step writes code, and where one is reviewed already.
 */
export function withCodeReview(workflow: Workflow): Workflow {
  const { id, steps } = workflow
  const written = steps.filter(writesCode)
  if (written.length === 0)
    throw new AppError(
      'invalid',
      `No step of the workflow "${id}" writes code, so there is none to review.`,
      {
        hint: `A code review comes after a step of the developer: ${[...writing].join(', ')}.`,
      },
    )
  if (steps.some(({ task_type }) => task_type === 'code_review'))
    throw new AppError('invalid', `The workflow "${id}" has a code review already.`, {
      hint: 'Run it without asking for another one.',
    })
  const first = Math.max(...steps.map(({ step }) => step)) + 1
  const revisions = new Map(written.map(({ step }, index) => [step, first + 2 * index + 1]))
  const reviewed = steps.flatMap((step) => {
    const waits = step.depends_on.flatMap((need) => [
      need,
      ...(revisions.has(need) ? [revisions.get(need)!] : []),
    ])
    const revision = revisions.get(step.step)
    const own = { ...step, depends_on: waits }
    // A gate is for what is passed on, and that is the revision.
    return revision === undefined ? [own] : [{ ...own, gate: false }, ...reviewOf(step, revision)]
  })
  return { ...workflow, steps: reviewed }
}

/** The review of a step and the revision that follows, which sees the code as well as the remarks. */
function reviewOf({ step, agent_role, priority, gate }: WorkflowStep, revision: number): WorkflowStep[] {
  const review = {
    step: revision - 1,
    agent_role,
    task_type: 'code_review',
    description: 'Review the code',
    depends_on: [step],
    priority,
    gate: false,
  }
  const revise = {
    ...review,
    step: revision,
    task_type: 'revision',
    description: 'Revise the code as the review asks',
    depends_on: [step, revision - 1],
    gate,
  }
  return [review, revise]
}
