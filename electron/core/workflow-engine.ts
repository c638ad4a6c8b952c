import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { checkWorkflow, Workflow } from '../../shared/workflow.ts'
import { knownRoles } from './agents/registry.ts'
import type { AgentOrchestrator, RunInput } from './orchestrator.ts'
import type { WorkflowResult } from './outputs/workflow-result.ts'

/** Knows the workflow templates, makes workflows of one's own, and has them executed. */
export class WorkflowEngine {
  readonly #orchestrator: AgentOrchestrator
  readonly #templates: WorkflowTemplates

  constructor(orchestrator: AgentOrchestrator) {
    this.#orchestrator = orchestrator
    this.#templates = new WorkflowTemplates(join(orchestrator.core.resources, 'workflows'))
  }

  listWorkflowTypes(): string[] {
    return this.#templates.list().map(({ id }) => id)
  }

  getWorkflowTemplate(type: string): Workflow {
    return this.#templates.get(type)
  }

  /** Checks a workflow of one's own; throws `invalid` with everything that is wrong with it. */
  createWorkflow(definition: unknown): Workflow {
    return createWorkflow(definition)
  }

  /** Runs a template, or a workflow made with `createWorkflow`, to its end. */
  async executeWorkflow(
    workflow: string | Workflow,
    input: RunInput,
    signal?: AbortSignal,
  ): Promise<WorkflowResult> {
    const chosen = typeof workflow === 'string' ? this.getWorkflowTemplate(workflow) : workflow
    return this.#orchestrator.executeWorkflow(chosen, input, signal)
  }
}

/** Workflow files in a folder, read when first asked for. */
export class WorkflowTemplates {
  readonly #folder: string
  #known: ReadonlyMap<string, Workflow> | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  list(): Workflow[] {
    return [...this.#templates().values()]
  }

  get(type: string): Workflow {
    const workflow = this.#templates().get(type)
    if (workflow) return workflow
    throw new AppError('not-found', `There is no workflow "${type}".`, {
      hint: `Workflows: ${[...this.#templates().keys()].join(', ')}`,
    })
  }

  #templates(): ReadonlyMap<string, Workflow> {
    this.#known ??= new Map(
      readdirSync(this.#folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => {
          const workflow = createWorkflow(parse(readFileSync(join(this.#folder, name), 'utf8')))
          if (workflow.id !== basename(name, '.yaml'))
            throw new AppError('invalid', `${name} has another id: ${workflow.id}.`)
          return [workflow.id, workflow]
        }),
    )
    return this.#known
  }
}

function createWorkflow(definition: unknown): Workflow {
  const parsed = Workflow.safeParse(definition)
  if (!parsed.success)
    throw new AppError('invalid', `The workflow is not valid. ${z.prettifyError(parsed.error)}`)
  checkWorkflow(parsed.data, knownRoles)
  return parsed.data
}
