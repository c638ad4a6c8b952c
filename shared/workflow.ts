import { z } from 'zod'
import { AppError } from './errors.ts'

export const WorkflowStep = z.strictObject({
  step: z.int().positive(),
  agent_role: z.string().min(1),
  task_type: z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case words joined by underscores'),
  description: z.string().min(1),
  depends_on: z.array(z.int().positive()).default([]),
  /** Among steps that are ready the larger number goes first. */
  priority: z.int().default(1),
  /** A gate: what depends on this step waits for a person's stored decision. */
  gate: z.boolean().default(false),
})
/** One step of a workflow, with the specification's own field names. */
export type WorkflowStep = z.infer<typeof WorkflowStep>

export const Workflow = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case words joined by underscores'),
  name: z.string().min(1),
  description: z.string().min(1),
  /** Whether its runs are given the code that is in the workspace. */
  reads_workspace: z.boolean().default(false),
  steps: z.array(WorkflowStep).min(1),
})
/** A graph of steps. */
export type Workflow = z.infer<typeof Workflow>

/** What is wrong with a graph of steps, and where in the list of steps. */
export type GraphProblem = { readonly path: readonly (string | number)[]; readonly message: string }

/** The most steps that a workflow may have. */
export const maximumSteps = 500

/** What is wrong with a graph of steps, in plain words and with its place; empty when it is sound. */
export function findGraphProblems(
  steps: readonly WorkflowStep[],
  roles: ReadonlySet<string>,
): GraphProblem[] {
  if (steps.length > maximumSteps)
    return [
      { path: [], message: `There are ${steps.length} steps, and at most ${maximumSteps} are possible.` },
    ]
  const problems: GraphProblem[] = []
  const known = new Map<number, WorkflowStep>()
  for (const [index, { step, agent_role }] of steps.entries()) {
    if (known.has(step)) problems.push({ path: [index, 'step'], message: `Step ${step} is there twice.` })
    known.set(step, steps[index]!)
    if (!roles.has(agent_role))
      problems.push({
        path: [index, 'agent_role'],
        message: `Step ${step} asks for the role "${agent_role}", which no agent has. Roles: ${[...roles].join(', ')}.`,
      })
  }
  for (const [index, { step, depends_on }] of steps.entries()) {
    for (const [position, need] of depends_on.entries()) {
      const path = [index, 'depends_on', position]
      if (need === step) problems.push({ path, message: `Step ${step} depends on itself.` })
      else if (!known.has(need))
        problems.push({ path, message: `Step ${step} depends on step ${need}, which is not there.` })
    }
  }
  const cycle = findCycle(known)
  if (cycle) {
    const index = steps.findLastIndex(({ step }) => step === cycle[0])
    const path = [index, 'depends_on', steps[index]!.depends_on.indexOf(cycle[1]!)]
    problems.push({ path, message: `Steps wait for each other: ${cycle.join(' -> ')}.` })
  }
  return problems
}

/** The same as sentences. */
export const graphProblems = (steps: readonly WorkflowStep[], roles: ReadonlySet<string>): string[] =>
  findGraphProblems(steps, roles).map(({ message }) => message)

/** Refuses a workflow that could not run to its end; throws `invalid` with every problem named. */
export function checkWorkflow(workflow: Workflow, roles: ReadonlySet<string>): void {
  const problems = graphProblems(workflow.steps, roles)
  if (problems.length === 0) return
  throw new AppError('invalid', `The workflow "${workflow.id}" cannot run. ${problems.join(' ')}`, {
    hint: 'Correct the steps and their depends_on, then start again.',
  })
}

/** The first cycle of two or more steps that a depth-first walk meets, its start repeated at its end. */
function findCycle(steps: ReadonlyMap<number, WorkflowStep>): number[] | null {
  const done = new Set<number>()
  for (const start of steps.keys()) {
    const path: { step: number; next: number }[] = [{ step: start, next: 0 }]
    const onPath = new Set([start])
    while (path.length > 0) {
      const top = path[path.length - 1]!
      const need = steps.get(top.step)?.depends_on[top.next++]
      if (need === undefined) {
        done.add(top.step)
        onPath.delete(top.step)
        path.pop()
      } else if (onPath.has(need) && need !== top.step) {
        const numbers = path.map((entry) => entry.step)
        return [...numbers.slice(numbers.indexOf(need)), need]
      } else if (!done.has(need) && !onPath.has(need) && steps.has(need)) {
        path.push({ step: need, next: 0 })
        onPath.add(need)
      }
    }
  }
  return null
}
