import type { Workflow } from '../../shared/workflow.ts'
import type { AgentOrchestrator } from './orchestrator.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'
import type { RunInput } from './run-input.ts'
import { createWorkflow } from './workflow-templates.ts'

/** Knows the workflow templates, makes workflows of one's own, and has them executed. */
export class WorkflowEngine {
  readonly #orchestrator: AgentOrchestrator

  constructor(orchestrator: AgentOrchestrator) {
    this.#orchestrator = orchestrator
  }

  listWorkflowTypes(): string[] {
    const { core, workspace } = this.#orchestrator
    return core.workflows.list(workspace, core.agents.roles).workflows.map(({ workflow }) => workflow.id)
  }

  /** Throws `not-found` with the known types for any other. */
  getWorkflowTemplate(type: string): Workflow {
    const { core, workspace } = this.#orchestrator
    return core.workflows.get(type, workspace, core.agents.roles)
  }

  /** Checks a workflow of one's own; throws `invalid` with everything that is wrong with it. */
  createWorkflow(definition: unknown): Workflow {
    return createWorkflow(definition, this.#orchestrator.core.agents.roles)
  }

  /** Records a run of a template, or of a workflow made with `createWorkflow`; `finish` leads it to its end. */
  begin(
    workflow: string | Workflow,
    input: RunInput,
    signal?: AbortSignal,
  ): ReturnType<AgentOrchestrator['begin']> {
    return this.#orchestrator.begin(this.#chosen(workflow), input, signal)
  }

  /** Runs a template, or a workflow made with `createWorkflow`, to its end. */
  executeWorkflow(
    workflow: string | Workflow,
    input: RunInput,
    signal?: AbortSignal,
  ): Promise<WorkflowResult> {
    return this.#orchestrator.executeWorkflow(this.#chosen(workflow), input, signal)
  }

  #chosen(workflow: string | Workflow): Workflow {
    return typeof workflow === 'string' ? this.getWorkflowTemplate(workflow) : workflow
  }
}
