import { z } from 'zod'
import { findGraphProblems, Workflow, WorkflowStep } from '../../shared/workflow.ts'
import { closestWord } from './closest-word.ts'

/** What is wrong with a workflow, the place in it, and what to do about it. */
export type WorkflowFault = {
  readonly path: readonly PropertyKey[]
  /** The key at the path that is meant, where it is the key that is wrong. */
  readonly key?: string
  readonly message: string
  readonly hint?: string
}

/** What each key of a workflow and of its steps has to be. */
const meanings: Readonly<Record<keyof Workflow | keyof WorkflowStep, string>> = {
  id: 'lower-case words joined by underscores, such as my_workflow',
  name: 'a text',
  description: 'a text',
  reads_workspace: 'true or false',
  steps: 'a list of at least one step',
  step: 'a whole number from 1 on',
  agent_role: 'the role of an agent, such as developer',
  task_type: 'lower-case words joined by underscores, such as code_review',
  depends_on: 'a list of step numbers, such as [1, 2]',
  priority: 'a whole number',
  gate: 'true or false',
}

/** Faults that one workflow is told to have. */
const mostTold = 50

/** Reads a workflow from plain data; null with what is wrong with it, the first 50 faults. `file` is the name that its id has to have. */
export function checkDefinition(
  definition: unknown,
  roles: ReadonlySet<string>,
  file: string | null = null,
): { workflow: Workflow | null; faults: WorkflowFault[] } {
  const parsed = Workflow.safeParse(definition)
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.slice(0, mostTold)).flatMap((issue) =>
      explain(issue, definition),
    ),
    ...checkGraph(definition, roles),
    ...checkName(definition, file),
  ].slice(0, mostTold)
  return { workflow: faults.length === 0 ? (parsed.data ?? null) : null, faults }
}

/** The graph is looked at even where other keys are wrong, as long as each step says what it needs. */
function checkGraph(definition: unknown, roles: ReadonlySet<string>): WorkflowFault[] {
  const steps = z.array(WorkflowStep.loose()).safeParse(valueAt(definition, ['steps']))
  if (!steps.success) return []
  return findGraphProblems(steps.data, roles).map(({ path, message }) => {
    const role = path[1] === 'agent_role' ? steps.data[Number(path[0])]?.agent_role : undefined
    const meant = role === undefined ? null : closestWord(role, roles)
    return {
      path: ['steps', ...path],
      message,
      ...(meant === null ? {} : { hint: `Did you mean ${meant}?` }),
    }
  })
}

function checkName(definition: unknown, file: string | null): WorkflowFault[] {
  const id = valueAt(definition, ['id'])
  if (file === null || typeof id !== 'string' || id === file) return []
  const message = `The id is ${shown(id)}, and the file's name is ${shown(file)}.`
  return [{ path: ['id'], message, hint: 'Give both the same name.' }]
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, definition: unknown): WorkflowFault[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, mostTold).map((key) => unknownKey(path, key))
  // Whatever is wrong inside a list of numbers is said of the list.
  const name = path.findLast((part) => typeof part === 'string')
  if (name === undefined || !Object.hasOwn(meanings, name))
    return [notAMapping(path, definition, issue.message)]
  const meaning = meanings[name as keyof typeof meanings]
  const isEntry = name === 'steps' && typeof path.at(-1) === 'number'
  if (isEntry) return [notAMapping(path, definition, issue.message)]
  const owner = path.slice(0, path.lastIndexOf(name))
  const where = nameOf(owner, definition)
  if (valueAt(definition, [...owner, name]) === undefined)
    return [{ path, message: `${capitalized(where)} has no "${name}".`, hint: `It has to be ${meaning}.` }]
  const value = valueAt(definition, path)
  const is = typeof path.at(-1) === 'number' ? 'an entry is' : 'it is'
  return [{ path, message: `"${name}" of ${where} has to be ${meaning}; ${is} ${shown(value)}.` }]
}

function unknownKey(path: readonly PropertyKey[], key: string): WorkflowFault {
  const isStep = path.length > 0
  const known = Object.keys((isStep ? WorkflowStep : Workflow).shape)
  const meant = closestWord(key, known)
  const message = `${shown(key)} is no key of a ${isStep ? 'step' : 'workflow'}.`
  const hint = meant === null ? `Its keys: ${known.join(', ')}.` : `Did you mean ${meant}?`
  return { path, key, message, hint }
}

function notAMapping(path: readonly PropertyKey[], definition: unknown, otherwise: string): WorkflowFault {
  const value = valueAt(definition, path)
  if (path.length === 0 && (value === null || value === undefined))
    return { path, message: 'There is nothing in it.', hint: `A workflow has ${keysOf(Workflow)}.` }
  if (isObject(value) && !Array.isArray(value))
    return { path, message: `${capitalized(nameOf(path, definition))}: ${otherwise}.` }
  const message = `${capitalized(nameOf(path, definition))} has to be a mapping of keys to values; it is ${shown(value)}.`
  return { path, message, hint: `Its keys: ${keysOf(path.length === 0 ? Workflow : WorkflowStep)}.` }
}

const keysOf = ({ shape }: { shape: object }) => Object.keys(shape).join(', ')

/** `step 3` by its own number, else by where it stands. */
function nameOf(path: readonly PropertyKey[], definition: unknown): string {
  if (path.length < 2) return 'the workflow'
  const number = valueAt(definition, [...path.slice(0, 2), 'step'])
  return Number.isSafeInteger(number) ? `step ${number}` : `entry ${Number(path[1]) + 1} of "steps"`
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  )
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (isObject(value)) return 'a mapping'
  if (value === null || value === undefined) return 'empty'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
