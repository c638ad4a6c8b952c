import type { calls } from '../../../shared/contract.ts'
import type { WorkflowProblem } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import type { Workflow } from '../../../shared/workflow.ts'
import type { Core } from '../core.ts'
import type { WorkflowList } from '../workflow-templates.ts'

type WorkflowCalls = Services<typeof calls>['workflow']

/** Tells which workflows there are, and what is wrong with one. */
export class WorkflowService implements WorkflowCalls {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  list({ workspace }: { workspace?: string | undefined }): WorkflowList {
    const { workflows, agents } = this.#core
    return workflows.list(workspace, agents.roles)
  }

  check({ name, text }: { name: string; text: string }): {
    workflow: Workflow | null
    problems: WorkflowProblem[]
  } {
    const { workflows, agents } = this.#core
    return workflows.check(name, text, agents.roles)
  }
}
