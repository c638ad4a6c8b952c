/** Where a run's result and summary lie, relative to its workspace. */
export const outputPaths = (id: string) => ({
  result: `output/workflow_${id}.json`,
  summary: `output/workflow_summary_${id}.md`,
})
