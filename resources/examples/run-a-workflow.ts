// Runs a workflow on a requirements document, from a program.
//
//   npx node resources/examples/run-a-workflow.ts DOCUMENT [WORKSPACE] [WORKFLOW]
//
// It needs a model server, as `npx paddock run` does.

import { mkdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AgentOrchestrator, AppError, closeCore, loadConfig, WorkflowEngine } from '../../electron/api.ts'

const [document, workspace = 'my-project', workflow = 'feature_development'] = process.argv.slice(2)
if (document === undefined) throw new Error('Give a requirements document.')
await mkdir(workspace, { recursive: true })

// The same settings as those of the command line: defaults, your configuration file, the environment. What is given as
// `runtime` goes over all of them, for example { runtime: { openai_temperature: 0 } }.
const { settings } = loadConfig({ workspace })

// An orchestrator leads one team of agents through one run at a time; an engine knows the workflows.
const orchestrator = new AgentOrchestrator(workspace, settings)
const engine = new WorkflowEngine(orchestrator)
console.log(`Workflows: ${engine.listWorkflowTypes().join(', ')}`)

// Ctrl-C ends the run; what is done is kept, and `npx paddock resume` goes on with it.
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

try {
  const documents = [{ name: basename(document), bytes: await readFile(document) }]
  const result = await engine.executeWorkflow(workflow, { documents }, stop.signal)

  for (const { step, agent_id, status, summary, error } of result.steps)
    console.log(`Step ${step} (${agent_id}): ${status}. ${error?.message ?? summary ?? ''}`)
  for (const { path, bytes } of result.files) console.log(`  ${path} (${bytes} bytes)`)

  // Nothing has been written to the project itself yet: that needs `accept`, or { accept: true } above.
  console.log(`Run ${result.workflow_id}: ${result.status}`)
  process.exitCode = result.status === 'completed' ? 0 : 1
} catch (error) {
  // Whatever Paddock refuses is an AppError, with what to do about it.
  if (!(error instanceof AppError)) throw error
  console.error(`${error.message} ${error.hint ?? ''}`)
  process.exitCode = 2
} finally {
  await closeCore(orchestrator.core)
}
