import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { checkWorkflow, Workflow } from '../../shared/workflow.ts'
import { knownRoles } from './agents/registry.ts'

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

/** Checks a workflow of one's own; throws `invalid` with everything that is wrong with it. */
export function createWorkflow(definition: unknown): Workflow {
  const parsed = Workflow.safeParse(definition)
  if (!parsed.success)
    throw new AppError('invalid', `The workflow is not valid. ${z.prettifyError(parsed.error)}`)
  checkWorkflow(parsed.data, knownRoles)
  return parsed.data
}
