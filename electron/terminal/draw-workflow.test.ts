import { expect, test } from 'vitest'
import { Workflow } from '../../shared/workflow.ts'
import { drawSteps, workflowLines } from './draw-workflow.ts'

const step = (step: number, depends_on: number[], more: object = {}) => ({
  step,
  agent_role: 'developer',
  task_type: 'work',
  description: `Do ${step}`,
  depends_on,
  ...more,
})
const workflow = (...steps: object[]) =>
  Workflow.parse({ id: 'w', name: 'W', description: 'For tests', steps })

test('a graph is drawn as what comes after what, and what can run at once', () => {
  const { steps } = workflow(step(1, []), step(2, [1]), step(3, [2]), step(4, [2]), step(5, [3, 4]))
  expect(drawSteps(steps)).toBe('1 > 2 > 3 + 4 > 5')
  expect(drawSteps(workflow(step(3, []), step(1, [3]), step(2, [])).steps)).toBe('3 + 2 > 1')
})

test('a graph that waits for itself is drawn, too', () => {
  expect(drawSteps(workflow(step(1, [2]), step(2, [1])).steps)).toMatch(/^[12] > [12]$/)
})

test('each step has its role, what it waits for, and whether a gate follows', () => {
  const gated = workflow(step(1, [], { gate: true }), step(2, [1], { description: 'Do\u001b[2J 2' }))
  expect(workflowLines(gated, 'workspace: a.yaml', 80)).toEqual([
    'w  (workspace: a.yaml)',
    '  For tests',
    '  1 > 2',
    '   1  developer  Do 1, then a gate',
    '   2  developer  Do [2J 2 (after 1)',
  ])
})
