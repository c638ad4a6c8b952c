import { closestWord } from '../closest-word.ts'
import { expectedEntryOf, expectedOf, quoted, shownValue } from './describe-setting.ts'
import { isSection, settingKeys, settingTree, type SettingKey, type SettingTree } from './setting-keys.ts'

/** What is wrong with one key or value. `key` is the one at fault below the path; null where the value itself is. */
export type Fault = {
  readonly path: readonly PropertyKey[]
  readonly key: string | null
  readonly message: string
}
/** The values that somebody gave, under dotted names, and what cannot be used. */
export type ReadValues = { readonly given: ReadonlyMap<string, unknown>; readonly faults: readonly Fault[] }
/** Why a setting or a section may not be set here; null where it may. */
export type Refuse = (key: string) => string | null

/** More than anybody reads: to place and explain each of thousands would take long. */
const mostFaults = 50

/** Reads nested settings of unknown origin, each by its own schema. Never throws; stops after 50 faults. */
export function readValues(value: unknown, refuse: Refuse = () => null): ReadValues {
  const given = new Map<string, unknown>()
  const faults: Fault[] = []

  function readSection(section: SettingTree, found: unknown, path: readonly string[]): void {
    if (found === null || found === undefined) return
    if (typeof found !== 'object' || Array.isArray(found)) {
      faults.push({ path, key: null, message: noSection(section, found, path) })
      return
    }
    for (const [name, inner] of Object.entries(found)) {
      if (faults.length >= mostFaults) return
      const own = [...path, name]
      const known = section.get(name)
      const refusal = known && refuse(own.join('.'))
      if (refusal) faults.push({ path, key: name, message: refusal })
      else if (known === undefined)
        faults.push({ path, key: name, message: unknownKey(section, path, name, inner) })
      else if (isSection(known)) readSection(known, inner, own)
      else if (inner !== undefined) readValue(known, inner)
    }
  }

  function readValue(setting: SettingKey, found: unknown): void {
    const faultsHere = faultsOf(setting, found)
    if (faultsHere.length === 0) given.set(setting.key, found)
    faults.push(...faultsHere)
  }

  readSection(settingTree, value, [])
  return { given, faults }
}

/** What is wrong with a value of a setting: of a list, each entry by itself. */
export function faultsOf(setting: SettingKey, value: unknown): Fault[] {
  const result = setting.schema.safeParse(value)
  if (result.success) return []
  const { key, path } = setting
  const entries = new Set(result.error.issues.map((issue) => issue.path[0]))
  return [...entries].map((entry) => {
    const isEntry = typeof entry === 'number' && Array.isArray(value)
    const found = shownValue(key, isEntry ? value[entry] : value)
    const expected = isEntry ? expectedEntryOf(setting) : expectedOf(setting)
    return {
      path: isEntry ? [...path, entry] : path,
      key: null,
      message: `${key}: found ${found}, expected ${expected}.`,
    }
  })
}

function noSection(section: SettingTree, found: unknown, path: readonly string[]): string {
  const [example = ''] = section.keys()
  const where = path.length === 0 ? 'At the top' : path.join('.')
  return `${where}: found ${shownValue('', found)}, expected settings below it, such as "${example}: ...".`
}

/** What to say of a key that nobody knows, with what was probably meant. */
function unknownKey(section: SettingTree, path: readonly string[], name: string, found: unknown): string {
  const key = quoted([...path, name].join('.'))
  const below = typeof found === 'object' && found !== null ? Object.keys(found) : []
  if (path.length > 0 && below.length > 0 && below.every((one) => section.has(one)))
    return `${key} is no setting: write what is below it directly under ${path.join('.')}.`
  const meant = closestWord(name, section.keys())
  if (meant !== null) return `${key} is no setting: did you mean ${[...path, meant].join('.')}?`
  const elsewhere = closestKey(name)
  if (elsewhere !== null) return `${key} is no setting: did you mean ${elsewhere}?`
  if (path.length > 0)
    return `${key} is no setting: under ${path.join('.')} there are ${[...section.keys()].join(', ')}.`
  return `${key} is no setting: \`paddock config\` lists them all.`
}

/** The setting that a name is most likely meant to be, wherever it is nested; null where none is near. */
export function closestKey(name: string): string | null {
  const last = name.split('.').at(-1)!.toLowerCase()
  const keys = [...settingKeys.values()]
  const [same] = [
    ...keys.filter(({ key }) => key.endsWith(`_${last}`)),
    ...keys.filter(({ path }) => path.at(-1) === last),
  ]
  return closestWord(name, settingKeys.keys()) ?? same?.key ?? null
}
