// An agent of your own: a security reviewer, who reads what the developer designed.
//
//   npx node resources/examples/custom-agent.ts DOCUMENT [WORKSPACE]
//
// It needs a model server, as `npx paddock run` does.

import { mkdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  AgentOrchestrator,
  AgentRegistry,
  BaseAgent,
  closeCore,
  loadConfig,
  openCore,
  requireUsable,
  WorkflowEngine,
  type Task,
  type TaskResult,
} from '../../electron/api.ts'

/** An agent is a subclass with two methods: who it is, and how it does a task. */
class SecurityReviewer extends BaseAgent {
  getSystemPrompt(): string {
    return 'You are a security reviewer. You name each risk, how bad it is, and what to do about it.'
  }

  async processTask(task: Task): Promise<TaskResult> {
    // The document and the decisions of the steps before come first in the prompt by themselves. The role goes last:
    // so the prompts of all steps begin alike, and the server need not read the beginning again.
    const prompt = `# Your task\n\n${task.description}\n\nAnswer in Markdown.\n\n${this.getSystemPrompt()}`
    const answer = requireUsable(await this.executeLlmTask(prompt))

    // This drafts a file: it is shown for review, and lies in the project only when it is accepted.
    const path = await this.team.files.writeFile(
      'docs/security-review.md',
      answer.text,
      task.task_id,
      this.role,
    )
    return { summary: 'Reviewed the design.', text: null, files: [path], assumptions: [] }
  }
}

const [document, workspace = 'my-project'] = process.argv.slice(2)
if (document === undefined) throw new Error('Give a requirements document.')
await mkdir(workspace, { recursive: true })

// A role of its own makes the agent part of every team of this program.
const agents = new AgentRegistry()
agents.register('security_reviewer', {
  title: 'Security reviewer',
  does: 'Looks for risks in a design.',
  make: (id, workspace, config) => new SecurityReviewer(id, 'custom', workspace, config),
})

const { settings } = loadConfig({ workspace })
const core = openCore(settings, { agents })
try {
  const engine = new WorkflowEngine(new AgentOrchestrator(workspace, settings, core))
  const workflow = engine.createWorkflow({
    id: 'reviewed_design',
    name: 'A reviewed design',
    description: 'An analysis of the requirements, and a look at their risks.',
    steps: [
      {
        step: 1,
        agent_role: 'business_analyst',
        task_type: 'requirements_analysis',
        description: 'Analyze the requirements',
      },
      {
        step: 2,
        agent_role: 'security_reviewer',
        task_type: 'security_review',
        description: 'Review the requirements for risks',
        depends_on: [1],
      },
    ],
  })

  const documents = [{ name: basename(document), bytes: await readFile(document) }]
  const result = await engine.executeWorkflow(workflow, { documents })
  for (const { agent_id, status, created_files } of result.steps)
    console.log(`${agent_id}: ${status} ${created_files.join(', ')}`)
  process.exitCode = result.status === 'completed' ? 0 : 1
} finally {
  await closeCore(core)
}
