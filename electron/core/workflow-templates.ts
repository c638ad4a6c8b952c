import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { ListedWorkflow, WorkflowProblem } from '../../shared/reports.ts'
import type { Workflow } from '../../shared/workflow.ts'
import { knownRoles } from './agents/registry.ts'
import { closestWord } from './closest-word.ts'
import { idOf, readWorkflowFile, type WorkflowFile } from './workflow-file.ts'
import { WorkflowFolder } from './workflow-folder.ts'
import { checkDefinition } from './workflow-problems.ts'

/** Every workflow that can be chosen, and the files that cannot be used. */
export type WorkflowList = { workflows: ListedWorkflow[]; problems: WorkflowProblem[] }

/** Workspaces whose workflow files are remembered. */
const mostRemembered = 32

/**
 * The workflows that are built in, the person's own and those of a workspace, read when first asked for and again when
 * their files change. A file that cannot be used is a problem of its own; none takes the place of another.
 */
export class WorkflowTemplates {
  readonly #builtIn: WorkflowFolder
  readonly #user: WorkflowFolder | null
  readonly #workspaces = new Map<string, WorkflowFolder>()
  /** What is installed does not change under a running program. */
  readonly #installed = new Map<string, WorkflowList>()

  constructor(builtIn: string, user: string | null = null) {
    this.#builtIn = new WorkflowFolder(builtIn)
    this.#user = user === null ? null : new WorkflowFolder(user)
  }

  list(workspace?: string, roles: ReadonlySet<string> = knownRoles): WorkflowList {
    const installed = this.#builtInOnes(roles)
    const list = { workflows: [...installed.workflows], problems: [...installed.problems] }
    if (this.#user) addAll(list, this.#user, 'user', roles)
    if (workspace !== undefined) addAll(list, this.#workspace(workspace), 'workspace', roles)
    return list
  }

  /** Throws `not-found` with the known ids for an unknown one, `invalid` with its problems for one that cannot be used. */
  get(type: string, workspace?: string, roles: ReadonlySet<string> = knownRoles): Workflow {
    const isIt = ({ workflow }: ListedWorkflow) => workflow.id === type
    const installed = this.#builtInOnes(roles).workflows.find(isIt)
    if (installed) return installed.workflow
    const { workflows, problems } = this.list(workspace, roles)
    const found = workflows.find(isIt)
    if (found) return found.workflow
    const own = problems.filter(({ file }) => idOf(file) === type)
    if (own.length > 0) throw unusable(type, own)
    const ids = workflows.map(({ workflow }) => workflow.id)
    const meant = closestWord(type, ids)
    throw new AppError('not-found', `There is no workflow "${type}".`, {
      hint: `${meant === null ? '' : `Did you mean ${meant}? `}Workflows: ${ids.join(', ')}`,
    })
  }

  /** Reads a workflow file's text as it would be read from its place. */
  check(
    name: string,
    text: string,
    roles: ReadonlySet<string> = knownRoles,
  ): { workflow: Workflow | null; problems: WorkflowProblem[] } {
    const list = { workflows: [...this.#builtInOnes(roles).workflows], problems: [] }
    add(list, { ...readWorkflowFile(text, name, roles), file: name }, 'user')
    const workflow = list.workflows.find(({ file }) => file === name)?.workflow ?? null
    return { workflow, problems: list.problems }
  }

  #builtInOnes(roles: ReadonlySet<string>): WorkflowList {
    const key = [...roles].join(' ')
    const known = this.#installed.get(key)
    if (known) return known
    const list: WorkflowList = { workflows: [], problems: [] }
    addAll(list, this.#builtIn, 'built-in', roles)
    this.#installed.set(key, list)
    return list
  }

  #workspace(workspace: string): WorkflowFolder {
    const known = this.#workspaces.get(workspace)
    if (known) return known
    const folder = new WorkflowFolder(join(workspace, '.paddock', 'workflows'), workspace)
    const [oldest] = this.#workspaces.keys()
    if (oldest !== undefined && this.#workspaces.size >= mostRemembered) this.#workspaces.delete(oldest)
    this.#workspaces.set(workspace, folder)
    return folder
  }
}

/** Checks a workflow of one's own; throws `invalid` with everything that is wrong with it. */
export function createWorkflow(definition: unknown, roles: ReadonlySet<string> = knownRoles): Workflow {
  const { workflow, faults } = checkDefinition(definition, roles)
  if (workflow) return workflow
  throw new AppError('invalid', `The workflow is not valid. ${faults.map(inWords).join(' ')}`, {
    hint: 'Correct its definition, then start again.',
  })
}

type Origin = ListedWorkflow['origin']

function addAll(
  list: WorkflowList,
  folder: WorkflowFolder,
  origin: Origin,
  roles: ReadonlySet<string>,
): void {
  const { files, problems } = folder.read(roles)
  list.problems.push(...problems)
  for (const file of files) add(list, file, origin)
}

function add(list: WorkflowList, read: WorkflowFile & { file: string }, origin: Origin): void {
  const { workflow, problems, file, idAt } = read
  const taken = list.workflows.find((other) => other.workflow.id === workflow?.id)
  if (workflow && !taken) list.workflows.push({ workflow, origin, file })
  list.problems.push(...problems.map((problem) => ({ file, ...problem })))
  if (!taken) return
  const by = taken.origin === 'built-in' ? 'is built in' : `is there already, in ${taken.file}`
  const message = `A workflow "${taken.workflow.id}" ${by}: no other may take its place.`
  list.problems.push({ file, ...idAt, message, hint: 'Give it another id, and its file the same name.' })
}

function unusable(type: string, problems: readonly WorkflowProblem[]): AppError {
  const told = problems.map(
    ({ file, line, column, ...rest }) => `${file}:${line}:${column}: ${inWords(rest)}`,
  )
  return new AppError('invalid', `The workflow "${type}" cannot be used.\n${told.join('\n')}`, {
    hint: 'Correct the file, and try it with: paddock workflows check FILE',
  })
}

const inWords = ({ message, hint }: { message: string; hint?: string | undefined }) =>
  hint === undefined ? message : `${message} ${hint}`
