import { closestWord } from '../closest-word.ts'
import { expectedOf, shownValue } from './describe-setting.ts'
import { faultsOf } from './read-values.ts'
import { settingKeys, type SettingKey } from './setting-keys.ts'

const scalars = [...settingKeys.values()].filter(({ form }) => form !== 'list')
const lists = [...settingKeys.values()].filter(({ form }) => form === 'list')

/**
 * The variable of each setting that is no list. Names that begin with `openai_`, `llm_` or `task_` are their own in
 * upper case; the others, which could be anybody's, get `PADDOCK_` before them and `_` for the dots. The key is
 * LLAMA_API_KEY: OPENAI_API_KEY is often a real key for somebody else's server.
 */
export const variables: ReadonlyMap<string, SettingKey> = new Map(
  scalars.map((setting) => [variableOf(setting), setting]),
)

/** The same, and the specification's own name of the key: a `.env` file of ours is meant for nobody else. */
export const variablesOfFile: ReadonlyMap<string, SettingKey> = new Map([
  ['OPENAI_API_KEY', settingKeys.get('openai_api_key')!],
  ...variables,
])

/** What a variable's text says; null where it is empty, which counts as not set. */
export function readVariable(
  variable: string,
  setting: SettingKey,
  text: string,
): { value: unknown } | { fault: string } | null {
  const plain = text.trim()
  if (plain === '') return null
  const value = parse(setting, plain)
  if (value !== undefined && faultsOf(setting, value).length === 0) return { value }
  const found = shownValue(setting.key, plain)
  const written = value === undefined && setting.form === 'number' ? ', in plain digits' : ''
  return { fault: `${variable}: found ${found}, expected ${expectedOf(setting)}${written}.` }
}

/** What to say of a variable that is not read though it seems to be meant for us; null for any other. */
export function mistakenVariable(name: string, isOurFile: boolean): string | null {
  const [own, bare] = name.startsWith('PADDOCK_') ? [true, name.slice('PADDOCK_'.length)] : [isOurFile, name]
  if (!own || variablesOfFile.has(name) || toolsOfOurs.has(name)) return null
  const list = lists.find((setting) => variableOf(setting) === `PADDOCK_${bare}`)
  if (list) return `${name} is not read: set ${list.key} in config.yaml.`
  if (variables.has(`PADDOCK_${bare}`)) return `${name} is not read: its name here is PADDOCK_${bare}.`
  const meant = closestWord(bare, names.keys())
  return meant === null ? null : `${name} is not read: did you mean ${names.get(meant)}?`
}

/** Variables by what is left of their names without the prefix, so that it does not make all of them alike. */
const names = new Map([...variables.keys()].map((name) => [name.replace(/^PADDOCK_/, ''), name]))

/** What the set-up scripts read. */
const toolsOfOurs: ReadonlySet<string> = new Set(['PADDOCK_LLAMA_SERVER'])

function variableOf({ key }: SettingKey): string {
  if (key === 'openai_api_key') return 'LLAMA_API_KEY'
  const name = key.replaceAll('.', '_').toUpperCase()
  return /^(OPENAI|LLM|TASK)_/.test(name) ? name : `PADDOCK_${name}`
}

/** Numbers as people write them: `012`, `1e3` and `0x10` could each be meant in more than one way. */
function parse({ form }: SettingKey, text: string): unknown {
  if (form === 'number') return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (form === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined
  return text
}
