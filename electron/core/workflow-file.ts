import type { Workflow } from '../../shared/workflow.ts'
import { checkDefinition } from './workflow-problems.ts'
import { readYaml, type Place, type PlacedProblem } from './yaml-text.ts'

/** The largest workflow file that is read, in bytes. */
export const maximumWorkflowBytes = 256 * 1024

/** A workflow file as it was read: the workflow, or null and every problem at its place, in the order of the text. */
export type WorkflowFile = {
  readonly workflow: Workflow | null
  readonly problems: readonly PlacedProblem[]
  /** Where it says what it is called. */
  readonly idAt: Place
}

/**
 * Reads a workflow from the text of a YAML or JSON file of that name, which has to be its id; a text without a name, or
 * `-`, may have any id. Never throws.
 */
export function readWorkflowFile(text: string, name: string, roles: ReadonlySet<string>): WorkflowFile {
  const bytes = Buffer.byteLength(text)
  if (bytes > maximumWorkflowBytes) return withoutPlace(tooLarge(bytes))
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { workflow: null, problems: yaml.problems, idAt: yaml.placeOf([]) }
  const { workflow, faults } = checkDefinition(yaml.value, roles, idOf(name))
  const problems = faults
    .map(({ path, key, message, hint }) => ({
      ...(key === undefined ? yaml.placeOf(path) : yaml.placeOfKey(path, key)),
      message,
      ...(hint === undefined ? {} : { hint }),
    }))
    .sort((one, other) => one.line - other.line || one.column - other.column)
  return { workflow, problems, idAt: yaml.placeOf(['id']) }
}

/** A file that cannot be read as text at all. */
export const withoutPlace = (problem: { message: string; hint?: string }): WorkflowFile => ({
  workflow: null,
  problems: [{ line: 1, column: 1, ...problem }],
  idAt: { line: 1, column: 1 },
})

/** Why a file of that size is not read. */
export const tooLarge = (bytes: number): { message: string; hint: string } => ({
  message: `It has ${Math.ceil(bytes / 1024)} KB, and a workflow may have at most ${maximumWorkflowBytes / 1024} KB.`,
  hint: 'Shorten the descriptions, or make several workflows of it.',
})

/** The id that a file of that name has to have; null where it has no name. */
export function idOf(name: string): string | null {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  return file === '' || file === '-' ? null : file.replace(/\.(ya?ml|json)$/i, '')
}
