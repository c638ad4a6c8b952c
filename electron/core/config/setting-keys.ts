import { z } from 'zod'
import { Settings } from '../../../shared/settings.ts'

/** One setting: its dotted name, and what its values have to be. */
export type SettingKey = {
  readonly key: string
  readonly path: readonly string[]
  readonly schema: z.ZodType
  readonly form: 'number' | 'boolean' | 'text' | 'list'
}
/** Settings under their names, and sections of them. */
export type SettingTree = ReadonlyMap<string, SettingKey | SettingTree>

/** All settings, nested as in a file. */
export const settingTree: SettingTree = treeOf(Settings, [])

/** All settings under their dotted names, such as `agents.developer.languages`, in the order of the schema. */
export const settingKeys: ReadonlyMap<string, SettingKey> = new Map(
  leavesOf(settingTree).map((setting) => [setting.key, setting]),
)

/** The settings as a nested object, of values under dotted names. */
export function nestValues(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const nested: Record<string, unknown> = {}
  for (const [key, value] of values) {
    const path = settingKeys.get(key)!.path
    let section = nested
    for (const name of path.slice(0, -1)) section = (section[name] ??= {}) as Record<string, unknown>
    section[path.at(-1)!] = value
  }
  return nested
}

/** The value of a setting; undefined where there is none. */
export const valueOf = (settings: Settings, { path }: SettingKey): unknown =>
  path.reduce<unknown>((section, name) => (section as Record<string, unknown>)[name], settings)

function treeOf(section: z.ZodObject, above: readonly string[]): SettingTree {
  return new Map(
    Object.entries(section.shape as Record<string, z.ZodType>).map(
      ([name, schema]): [string, SettingKey | SettingTree] => {
        const path = [...above, name]
        const inner = innerOf(schema)
        if (inner instanceof z.ZodObject) return [name, treeOf(inner, path)]
        return [name, { key: path.join('.'), path, schema, form: formOf(inner) }]
      },
    ),
  )
}

function innerOf(schema: z.ZodType): z.ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  return isWrapped ? innerOf(schema.unwrap() as z.ZodType) : schema
}

function formOf(schema: z.ZodType): SettingKey['form'] {
  if (schema instanceof z.ZodNumber) return 'number'
  if (schema instanceof z.ZodBoolean) return 'boolean'
  return schema instanceof z.ZodArray ? 'list' : 'text'
}

function leavesOf(tree: SettingTree): SettingKey[] {
  return [...tree.values()].flatMap((one) => (isSection(one) ? leavesOf(one) : [one]))
}

/** Whether settings lie below a name, rather than a value. */
export function isSection(one: SettingKey | SettingTree): one is SettingTree {
  return one instanceof Map
}
