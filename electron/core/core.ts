import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '../../shared/settings.ts'
import { AgentRegistry } from './agents/registry.ts'
import { configFolder } from './config/config-places.ts'
import { loadConfig, type ConfigSource } from './config/load-config.ts'
import { PromptFiles } from './context/prompt-files.ts'
import { installFolder } from './install-folder.ts'
import type { OwnServer } from './llama/own-server.ts'
import { createModel, type Model } from './llm/model.ts'
import { Slots } from './llm/slots.ts'
import { logEvents } from './log/log-events.ts'
import { logOptions } from './log/log-options.ts'
import { openLog, type Log } from './log/log.ts'
import { endOutdatedServers, serverOf, type Servers } from './model-servers.ts'
import { ForeignWrites } from './store/foreign-writes.ts'
import type { Ledger } from './store/ledger.ts'
import { openLedger } from './store/sqlite.ts'
import { WorkflowTemplates } from './workflow-templates.ts'

/** What the runs of one process share. */
export type Core = {
  /** Those that it was opened with; `settingsFor` has what is saved since. */
  readonly settings: Settings
  readonly dataFolder: string
  /** Prompts, workflows and rehearsals as they are installed. */
  readonly resources: string
  readonly ledger: Ledger
  /** Tells when other processes have asked something of a run. */
  readonly foreignWrites: ForeignWrites
  readonly prompts: PromptFiles
  readonly workflows: WorkflowTemplates
  readonly agents: AgentRegistry
  readonly log: Log
  /** Where the settings came from; absent where a program gave them. */
  readonly source?: ConfigSource
  /** The settings in force now: what the person set, and what the workspace may set. Throws `invalid` for files that cannot be used. */
  readonly settingsFor: (workspace?: string) => Settings
  /** Throws `invalid` when the configured endpoint is refused: only what needs a model finds out. */
  readonly model: () => Model
  readonly servers: Servers
  readonly slots: Slots
  /** How many runs are made at once, so that a crowd of them holds nothing up. */
  readonly beginning: Slots
  /** How many runs are under way at once; the others wait, older ones first. */
  readonly admission: Slots
  /** The llama-server that Paddock starts itself, where the settings let it. */
  readonly server: OwnServer
  /** Tells every listener of every transport. */
  readonly publish: (name: 'run' | 'delta', payload: unknown) => void
}

const runsMadeAtOnce = 8

const resourcesFolder = join(installFolder, 'resources')

/** Where the system keeps an application's data, or `PADDOCK_DATA_DIR`. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['PADDOCK_DATA_DIR']) return env['PADDOCK_DATA_DIR']
  const home = homedir()
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Paddock')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Paddock')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'paddock')
}

/** What a core is opened with, beside the settings. */
export type CoreOptions = {
  dataFolder?: string
  publish?: Core['publish']
  /** Where the settings came from: they are read anew for each run, with those of its workspace over them. */
  source?: ConfigSource
  /** With roles of one's own; the built-in team otherwise. */
  agents?: AgentRegistry
}

/** Opens what runs need; throws AppError for a data folder that cannot be used. */
export function openCore(settings: Settings, options: CoreOptions = {}): Core {
  const {
    dataFolder: folder = dataFolder(),
    publish = () => {},
    source,
    agents = new AgentRegistry(),
  } = options
  const ledger = openLedger(folder)
  const log = openLog({ ...logOptions(settings, folder), patience: 50 }, [settings.openai_api_key])
  const servers: Servers = new Map()
  const tell = logEvents(log)
  ledger.listen((events) => {
    for (const event of events) {
      tell(event)
      publish('run', event)
    }
  })
  return {
    settings,
    ...(source ? { source } : {}),
    settingsFor: (workspace) =>
      source ? loadConfig(workspace === undefined ? source : { ...source, workspace }).settings : settings,
    dataFolder: folder,
    resources: resourcesFolder,
    model: modelOf(settings),
    servers,
    ...serverOf(settings, { servers, log }),
    ledger,
    foreignWrites: new ForeignWrites(ledger),
    prompts: new PromptFiles(join(resourcesFolder, 'prompts')),
    workflows: new WorkflowTemplates(
      join(resourcesFolder, 'workflows'),
      source ? join(configFolder(source.env), 'workflows') : null,
    ),
    agents,
    log,
    beginning: new Slots(runsMadeAtOnce),
    admission: new Slots(settings.max_concurrent_runs),
    publish,
  }
}

/** Ends what `openCore` began; runs have to have ended before. */
export async function closeCore({ servers, ledger, log }: Core): Promise<void> {
  await Promise.all([...servers.values()].map(({ server }) => server.stop()))
  ledger.close()
  await log.close()
}

/** The same core with other settings; where these name another server, with its own slots. */
export function withSettings(core: Core, settings: Settings): Core {
  core.log.hide(settings.openai_api_key)
  return {
    ...core,
    settings,
    ...(isSameModel(core.settings, settings) ? {} : { model: modelOf(settings) }),
    ...serverOf(settings, core),
  }
}

/**
 * The settings in force now. What all runs share follows them at once: how many runs are under way, and which servers
 * of Paddock's own are kept.
 */
export async function takeUpSettings(
  { settingsFor, admission, servers }: Core,
  workspace?: string,
): Promise<Settings> {
  const settings = settingsFor(workspace)
  admission.resize(settings.max_concurrent_runs)
  await endOutdatedServers(settings, servers)
  return settings
}

const modelKeys = [
  'openai_api_base',
  'openai_api_key',
  'openai_api_model',
  'allowed_hosts',
  'llm_timeout',
] as const

const isSameModel = (one: Settings, other: Settings) =>
  modelKeys.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]))

function modelOf(settings: Settings): () => Model {
  let model: Model | undefined
  return () => (model ??= createModel(settings))
}
