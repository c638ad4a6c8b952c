import { createWorkflow } from '../electron/core/workflow-templates.ts'
import type { Workflow } from '../shared/workflow.ts'

/** What each of the six steps needs: two arms between a first and a last step. */
export const needs: Readonly<Record<number, readonly number[]>> = {
  1: [],
  2: [1],
  3: [1],
  4: [2],
  5: [3],
  6: [4, 5],
}

export const steps: readonly number[] = Object.keys(needs).map(Number)

/** The six steps as a workflow of developers that each answer freely. */
export const sixSteps: Workflow = workflowOf(needs)

/** One such step alone. */
export const oneStep: Workflow = workflowOf({ 1: [] })

function workflowOf(graph: typeof needs): Workflow {
  return createWorkflow({
    id: 'bench',
    name: 'Bench',
    description: 'What the bench measures',
    steps: Object.entries(graph).map(([step, depends_on]) => ({
      step: Number(step),
      agent_role: 'developer',
      task_type: 'note',
      description: `step ${step}`,
      depends_on,
    })),
  })
}
