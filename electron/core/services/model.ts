import type { calls } from '../../../shared/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ModelReport } from '../../../shared/reports.ts'
import type { Services } from '../../../shared/rpc.ts'
import type { Settings } from '../../../shared/settings.ts'
import { takeUpSettings, type Core } from '../core.ts'
import { startHint } from '../llama/start-hint.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { ModelError } from '../llm/model-error.ts'
import { createModel } from '../llm/model.ts'
import { isKept, keptWords } from '../model-servers.ts'

/** Seconds that a server may take to answer who it is. */
const patience = 3

const untilFree = 'A run that starts now uses it too. The new settings count once no run does.'

type ModelCalls = Services<typeof calls>['model']

/** Asks the configured model server how it does. */
export class ModelService implements ModelCalls {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  async status({ workspace }: { workspace?: string | undefined }): Promise<ModelReport> {
    const settings = await takeUpSettings(this.#core, workspace)
    const { openai_api_base: endpoint } = settings
    try {
      const model = createModel({ ...settings, llm_timeout: patience })
      const { model: name, slots, window } = await model.status(AbortSignal.timeout(patience * 1000))
      const ready = { endpoint, state: 'ready', model: name, slots, window } as const
      if (!isKept(settings, this.#core.servers)) return { ...ready, message: `${name} is ready.` }
      return { ...ready, message: `${name} is ready, ${keptWords}.`, hint: untilFree }
    } catch (error) {
      return { endpoint, model: null, slots: null, window: null, ...explain(error, settings) }
    }
  }
}

function explain(error: unknown, settings: Settings): Pick<ModelReport, 'state' | 'message' | 'hint'> {
  const { message, hint = 'Look at what the server wrote last.' } = AppError.from(error)
  const kind = error instanceof ModelError ? error.kind : null
  if (kind === 'loading') return { state: 'loading', message, hint: 'Wait until it has loaded its model.' }
  if (kind === null && !isPermitted(settings)) return { state: 'refused', message, hint }
  if (kind !== 'refused') return { state: 'unreachable', message, hint }
  if (settings.llama_server.model !== null)
    return { state: 'stopped', message: 'Paddock starts the model server with the next run.' }
  return { state: 'unreachable', message, hint: startHint(settings) }
}

function isPermitted({ openai_api_base, allowed_hosts }: Settings): boolean {
  try {
    checkEndpoint(openai_api_base, allowed_hosts)
    return true
  } catch {
    return false
  }
}
