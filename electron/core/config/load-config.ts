import { realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { Settings, type SomeSettings } from '../../../shared/settings.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { userConfigFile, workspaceConfigFile, type Environment } from './config-places.ts'
import { configError } from './config-error.ts'
import { isSecret } from './describe-setting.ts'
import {
  ownNamesIn,
  readEnvironmentLayer,
  readEnvLayer,
  readRuntimeLayer,
  readWorkspaceLayer,
  readYamlLayer,
  type GivenValue,
  type Layer,
  type Origin,
} from './layers.ts'
import { nestValues, settingKeys, valueOf } from './setting-keys.ts'
import { refuseToWorkspace } from './trust.ts'

/** A setting that is in force, for people: a secret is only said to be set. */
export type ConfigValue = {
  /** Dotted, such as `agents.developer.languages`. */
  readonly key: string
  readonly value: unknown
  readonly origin: Origin
  /** The file and line, or the variable; null for defaults and what was given at run time. */
  readonly where: string | null
}
/** The settings with where each comes from, and what a person should know of them. */
export type Config = {
  readonly settings: Settings
  readonly values: readonly ConfigValue[]
  readonly warnings: readonly string[]
}
/** Where to look for settings; all of it may be left out. */
export type ConfigSource = {
  /** Stands in for the person's own file; the `.env` beside it is read. */
  file?: string | undefined
  /** Instead of the `.env` beside the file. */
  envFile?: string | undefined
  /** The folder whose `.paddock/config.yaml` is read. */
  workspace?: string | undefined
  env?: Environment | undefined
  runtime?: SomeSettings | undefined
}

/**
 * Gathers the settings: defaults, over them the person's own file, the workspace's, the `.env` file beside the person's,
 * the environment, and what is given at run time. Throws `invalid` with everything that cannot be used.
 */
export function loadConfig(source: ConfigSource = {}): Config {
  const layers = readLayers(source)
  const problems = layers.flatMap((layer) => layer.problems)
  if (problems.length > 0) throw configError(problems)
  const given = new Map<string, GivenValue & { origin: Origin }>()
  for (const { origin, given: values } of layers)
    for (const [key, one] of values) given.set(key, { ...one, origin })
  const settings = Settings.parse(nestValues(new Map([...given].map(([key, { value }]) => [key, value]))))
  const values = [...settingKeys.values()].map((setting): ConfigValue => {
    const { origin, where } = given.get(setting.key) ?? { origin: 'default', where: null }
    const isHidden = isSecret(setting.key) && origin !== 'default'
    const value = isHidden ? '(set)' : (valueOf(settings, setting) ?? null)
    return { key: setting.key, value, origin, where }
  })
  const warnings = [...layers.flatMap((layer) => layer.warnings), ...unreadFiles(source), ...notes(settings)]
  const workspace = given.get('workspace')
  if (
    workspace?.origin === 'user file' &&
    source.file === undefined &&
    workspace.value === dirname(ownFileOf(source))
  )
    warnings.push(
      `${workspace.where}: workspace is the folder of the configuration itself. Leave it out to work in the current folder.`,
    )
  return { settings, values, warnings }
}

/** Settings of a nested object, as of a parsed file; throws `invalid` with everything that cannot be used. */
export function fromDict(config: SomeSettings): Settings {
  const { given, problems } = readRuntimeLayer(config)
  if (problems.length > 0) throw configError(problems)
  return Settings.parse(nestValues(new Map([...given].map(([key, { value }]) => [key, value]))))
}

/** The settings as a nested object that `fromDict` takes back. It holds the key of the model server. */
export const toDict = (settings: Settings): SomeSettings => structuredClone(settings)

function readLayers({ file, envFile, workspace, env = process.env, runtime = {} }: ConfigSource): Layer[] {
  const own = ownFileOf({ file, env })
  const ownLayer = readYamlLayer(own, 'user file')
  if (file !== undefined && !ownLayer)
    throw missing(own, 'Check the path, or leave it out to use the defaults.')
  const shared = workspace === undefined ? null : workspaceConfigFile(resolve(workspace))
  const isOwn = shared !== null && isSameFile(shared, own)
  const envLayer = readEnvLayer(envFileOf({ file, envFile, env }))
  if (envFile !== undefined && !envLayer)
    throw missing(
      resolve(envFile),
      'Write a file with lines such as OPENAI_API_BASE=http://127.0.0.1:8080/v1, or leave it out: nothing has to be set.',
    )
  const all = [
    ownLayer,
    shared === null || isOwn ? null : readWorkspaceLayer(resolve(workspace!), shared, refuseToWorkspace(own)),
    envLayer,
    readEnvironmentLayer(env),
    readRuntimeLayer(runtime),
  ]
  return all.filter((layer) => layer !== null)
}

const ownFileOf = ({ file, env }: ConfigSource) => resolve(file ?? userConfigFile(env))
const envFileOf = (source: ConfigSource) =>
  resolve(source.envFile ?? join(dirname(ownFileOf(source)), '.env'))

const missing = (path: string, hint: string) => new AppError('invalid', `There is no file ${path}.`, { hint })

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}

/** A `.env` of a project is for the project's own programs, and may be a stranger's. */
function unreadFiles(source: ConfigSource): string[] {
  const read = envFileOf(source)
  const folders = new Set([
    process.cwd(),
    ...(source.workspace === undefined ? [] : [resolve(source.workspace)]),
  ])
  return [...folders].flatMap((folder) => {
    const path = join(folder, '.env')
    const names = path === read ? [] : ownNamesIn(path)
    return names.length === 0
      ? []
      : [
          `${path} is not read, though it has ${names.slice(0, 5).join(', ')}. If they are meant for Paddock, put them into ${read}.`,
        ]
  })
}

/** What is allowed, and may still not be meant. */
function notes({ openai_api_base, allowed_hosts, openai_max_tokens, llama_server }: Settings): string[] {
  const found: string[] = []
  const host = remoteHost(openai_api_base, allowed_hosts)
  if (host !== null) {
    const open = /^http:/i.test(openai_api_base) ? ', and go there without encryption' : ''
    found.push(
      `Your documents leave this machine: the model server is ${host}, as allowed_hosts permits${open}.`,
    )
  }
  if (llama_server.model !== null && openai_max_tokens >= llama_server.ctx_size)
    found.push(
      `llama_server.ctx_size (${llama_server.ctx_size}) has no room for an answer of openai_max_tokens (${openai_max_tokens}): answers will be shorter.`,
    )
  return found
}

function remoteHost(address: string, allowedHosts: readonly string[]): string | null {
  try {
    const { isRemote, origin } = checkEndpoint(address, allowedHosts)
    return isRemote ? new URL(origin).host : null
  } catch {
    // Told where the server is needed: much can be done without one.
    return null
  }
}
