import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '../../shared/settings.ts'
import { PromptFiles } from './context/prompt-files.ts'
import { createModel, type Model } from './llm/model.ts'
import { Slots } from './llm/slots.ts'
import type { Ledger } from './store/ledger.ts'
import { openLedger } from './store/sqlite.ts'
import { WorkflowTemplates } from './workflow-templates.ts'

/** What the runs of one process share. */
export type Core = {
  readonly settings: Settings
  readonly dataFolder: string
  /** Prompts, workflows and rehearsals as they are installed. */
  readonly resources: string
  readonly ledger: Ledger
  readonly prompts: PromptFiles
  readonly workflows: WorkflowTemplates
  /** Throws `invalid` when the configured endpoint is refused: only what needs a model finds out. */
  readonly model: () => Model
  readonly slots: Slots
  /** Tells every listener of every transport. */
  readonly publish: (name: 'run' | 'delta', payload: unknown) => void
}

const resourcesFolder = join(import.meta.dirname, '../../resources')

/** Where the system keeps an application's data, or `PADDOCK_DATA_DIR`. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env['PADDOCK_DATA_DIR']) return env['PADDOCK_DATA_DIR']
  const home = homedir()
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Paddock')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Paddock')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'paddock')
}

/** Opens what runs need; throws AppError for a data folder that cannot be used. */
export function openCore(
  settings: Settings,
  options: { dataFolder?: string; publish?: Core['publish'] } = {},
): Core {
  const { dataFolder: folder = dataFolder(), publish = () => {} } = options
  const ledger = openLedger(folder)
  ledger.listen((events) => {
    for (const event of events) publish('run', event)
  })
  return {
    settings,
    dataFolder: folder,
    resources: resourcesFolder,
    model: modelOnce(settings),
    ledger,
    prompts: new PromptFiles(join(resourcesFolder, 'prompts')),
    workflows: new WorkflowTemplates(join(resourcesFolder, 'workflows')),
    slots: new Slots(1),
    publish,
  }
}

/** The same core for another server: one with its own settings, model and slots. */
export const withSettings = (core: Core, settings: Settings): Core => ({
  ...core,
  settings,
  model: modelOnce(settings),
  slots: new Slots(1),
})

function modelOnce(settings: Settings): () => Model {
  let model: Model | undefined
  return () => (model ??= createModel(settings))
}
