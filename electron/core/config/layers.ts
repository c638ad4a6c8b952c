import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import type { SomeSettings } from '../../../shared/settings.ts'
import { explainFileError } from '../files/file-errors.ts'
import { isInside } from '../files/folder.ts'
import { readYaml } from '../yaml-text.ts'
import type { Environment } from './config-places.ts'
import { readEnvFile } from './env-file.ts'
import { ParsedFiles } from './parsed-files.ts'
import { readValues, type Refuse } from './read-values.ts'
import { readYamlSettings } from './yaml-settings.ts'
import { mistakenVariable, readVariable, variables, variablesOfFile } from './variables.ts'

/** Where a value comes from; each goes over those before it. */
export type Origin = 'default' | 'user file' | 'workspace file' | '.env file' | 'environment' | 'run time'
/** A value with the file and line, or the variable, that it comes from. */
export type GivenValue = { readonly value: unknown; readonly where: string | null }
/** What one origin says: values under dotted names, and sentences about what cannot be used or should be known. */
export type Layer = {
  readonly origin: Origin
  readonly given: ReadonlyMap<string, GivenValue>
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

const yamlFiles = new ParsedFiles(readYaml)
const envFiles = new ParsedFiles(readEnvFile)

const layerOf = (origin: Origin, parts: Partial<Layer> = {}): Layer => ({
  origin,
  given: new Map(),
  problems: [],
  warnings: [],
  ...parts,
})

/** A YAML file; null where there is none. Its relative paths are meant from its own folder. */
export function readYamlLayer(path: string, origin: Origin, refuse?: Refuse): Layer | null {
  const file = yamlFiles.read(path)
  if (!file) return null
  if ('fault' in file) return layerOf(origin, { problems: [`${path}: ${file.fault}`] })
  const { given, problems } = readYamlSettings(path, file.value, refuse)
  const values = [...given].map(([key, { value, line }]) => {
    const resolved = resolvePath(key, value, dirname(path))
    return [key, { value: resolved, where: `${path}:${line}` }] as const
  })
  return layerOf(origin, { given: new Map(values), problems })
}

/** The file that a workspace brings along; null where there is none. A link that leads out of the workspace is not followed. */
export function readWorkspaceLayer(workspace: string, path: string, refuse: Refuse): Layer | null {
  const layer = readYamlLayer(path, 'workspace file', refuse)
  if (!layer) return null
  try {
    const real = realpathSync(path)
    if (isInside(realpathSync(workspace), real)) return layer
    const problem = `${path}: It leads out of the workspace, to ${real}. Put the file itself there.`
    return layerOf('workspace file', { problems: [problem] })
  } catch (error) {
    const { message } = explainFileError(error, `read ${path}`)
    return layerOf('workspace file', { problems: [`${path}: ${message}`] })
  }
}

/** A `.env` file; null where there is none. Its relative paths are meant from its own folder. */
export function readEnvLayer(path: string): Layer | null {
  const file = envFiles.read(path)
  if (!file) return null
  if ('fault' in file) return layerOf('.env file', { problems: [`${path}: ${file.fault}`] })
  const given = new Map<string, GivenValue>()
  const problems = file.value.faults.map(({ line, message }) => `${path}:${line}: ${message}`)
  const warnings = file.value.warnings.map(({ line, message }) => `${path}:${line}: ${message}`)
  for (const { name, line } of file.value.variables) {
    const mistake = mistakenVariable(name, true)
    if (mistake) warnings.push(`${path}:${line}: ${mistake}`)
  }
  const texts = new Map(file.value.variables.map((one) => [one.name, one]))
  for (const [name, setting] of variablesOfFile) {
    const one = texts.get(name)
    const read = one && readVariable(name, setting, one.text)
    if (!one || !read) continue
    if ('fault' in read) problems.push(`${path}:${one.line}: ${read.fault}`)
    else {
      const value = resolvePath(setting.key, read.value, dirname(path))
      given.set(setting.key, { value, where: `${path}:${one.line}` })
    }
  }
  return layerOf('.env file', { given, problems, warnings })
}

/** Names of ours that a `.env` file holds which is not read. */
export function ownNamesIn(path: string): string[] {
  const file = envFiles.read(path)
  if (!file || 'fault' in file) return []
  const names = file.value.variables.map(({ name }) => name)
  return names.filter((name) => variablesOfFile.has(name) || mistakenVariable(name, true) !== null)
}

/** The variables of the process. */
export function readEnvironmentLayer(env: Environment): Layer {
  const given = new Map<string, GivenValue>()
  const problems: string[] = []
  for (const [name, setting] of variables) {
    const read = readVariable(name, setting, env[name] ?? '')
    if (read && 'fault' in read) problems.push(`The variable ${read.fault}`)
    else if (read) given.set(setting.key, { value: read.value, where: name })
  }
  const warnings = Object.keys(env).flatMap((name) => {
    const mistake = mistakenVariable(name, false)
    return mistake ? [`The variable ${mistake}`] : []
  })
  return layerOf('environment', { given, problems, warnings })
}

/** What a program gives when it starts. */
export function readRuntimeLayer(runtime: SomeSettings): Layer {
  const { given, faults } = readValues(runtime)
  return layerOf('run time', {
    given: new Map([...given].map(([key, value]) => [key, { value, where: null }])),
    problems: faults.map(({ message }) => message),
  })
}

const paths = new Set([
  'workspace',
  'log_file',
  'backup_directory',
  'llama_server.model',
  'llama_server.binary',
])

/** A path of a file, from the folder of that file. */
function resolvePath(key: string, value: unknown, folder: string): unknown {
  if (!paths.has(key) || typeof value !== 'string' || isAbsolute(value)) return value
  if (value === '~' || value.startsWith('~/')) return join(homedir(), value.slice(1))
  // A bare name of a program is looked for on the search path.
  const isName = key === 'llama_server.binary' && !value.includes('/') && !value.includes(sep)
  return isName ? value : resolve(folder, value)
}
