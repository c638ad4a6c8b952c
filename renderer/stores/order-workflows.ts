import type { ListedWorkflow } from '../../shared/reports.ts'

/** What most people come for stands first. */
const first = ['feature_development', 'bug_fix', 'infrastructure', 'documentation', 'analysis', 'testing']

/** The workflows as they are offered: those of Paddock in a fixed order, behind them others as they came. */
export function orderWorkflows(workflows: readonly ListedWorkflow[]): ListedWorkflow[] {
  const rank = ({ workflow: { id }, origin }: ListedWorkflow) => {
    const at = origin === 'built-in' ? first.indexOf(id) : -1
    return at < 0 ? first.length : at
  }
  return [...workflows].sort((one, other) => rank(one) - rank(other))
}
