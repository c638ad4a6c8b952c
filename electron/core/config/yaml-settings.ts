import type { YamlText } from '../yaml-text.ts'
import { readValues, type Refuse } from './read-values.ts'

/** Values under dotted names, each with the line of its key, and what cannot be used, as sentences that begin with the place. */
export type YamlSettings = {
  readonly given: ReadonlyMap<string, { readonly value: unknown; readonly line: number }>
  readonly problems: readonly string[]
}

/** The settings of a YAML file that has been read; `path` is what messages call it. */
export function readYamlSettings(path: string, yaml: YamlText, refuse?: Refuse): YamlSettings {
  const { value, problems, placeOf, placeOfKey } = yaml
  if (problems.length > 0)
    return {
      given: new Map(),
      problems: problems.map(({ line, column, message, hint }) =>
        [`${path}:${line}:${column}: ${message}`, hint].filter(Boolean).join(' '),
      ),
    }
  const { given, faults } = readValues(value, refuse)
  return {
    given: new Map(
      [...given].map(([key, one]) => {
        const names = key.split('.')
        return [key, { value: one, line: placeOfKey(names.slice(0, -1), names.at(-1)!).line }]
      }),
    ),
    problems: faults.map(({ path: at, key, message }) => {
      const { line, column } = key === null ? placeOf(at) : placeOfKey(at, key)
      return `${path}:${line}:${column}: ${message}`
    }),
  }
}
