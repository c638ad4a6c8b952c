import { expect, test } from 'vitest'
import type { ListedWorkflow } from '../../shared/reports.ts'
import { orderWorkflows } from './order-workflows.ts'

const listed = (id: string, origin: ListedWorkflow['origin'] = 'built-in'): ListedWorkflow => ({
  workflow: { id, name: id, description: id, reads_workspace: false, steps: [] },
  origin,
  file: `/${id}.yaml`,
})
const order = (...workflows: ListedWorkflow[]) => orderWorkflows(workflows).map(({ workflow }) => workflow.id)

test('what most people come for stands first; their own come behind, as they came', () =>
  expect(
    order(
      listed('mine', 'user'),
      listed('analysis'),
      listed('theirs', 'workspace'),
      listed('feature_development'),
    ),
  ).toEqual(['feature_development', 'analysis', 'mine', 'theirs']))

test('a workflow of their own under a known name is still theirs', () =>
  expect(order(listed('feature_development', 'workspace'), listed('testing'))).toEqual([
    'testing',
    'feature_development',
  ]))

test('the list that was given stays as it was', () => {
  const given = [listed('testing'), listed('bug_fix')]
  orderWorkflows(given)
  expect(given.map(({ workflow }) => workflow.id)).toEqual(['testing', 'bug_fix'])
})
