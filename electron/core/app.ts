import { calls, events } from '../../shared/contract.ts'
import {
  answer,
  createClient,
  type Client,
  type Listener,
  type Services,
  type Transport,
} from '../../shared/rpc.ts'
import type { Settings } from '../../shared/settings.ts'
import { closeCore, openCore, takeUpSettings, type Core, type CoreOptions } from './core.ts'
import { RunService } from './runs.ts'
import { AgentService } from './services/agents.ts'
import { DocumentService } from './services/documents.ts'
import { hostWithoutDesktop, type HostServices } from './services/host.ts'
import { ModelService } from './services/model.ts'
import { SettingsService } from './services/settings.ts'
import { SystemService } from './services/system.ts'
import { WorkflowService } from './services/workflows.ts'

/** The typed client of the core, the same over every transport. */
export type App = Client<typeof calls, typeof events>

/** What an app is made with, beside its settings. */
export type AppOptions = Omit<CoreOptions, 'publish'> & {
  /** Who serves the window; a program without one where absent. */
  host?: (core: Core) => HostServices
}

/** The composition root: settings in, a transport and its client out. `publish` tells all listeners an event of the host's; `stop` ends what runs and closes the ledger, once. */
export function createApp(
  settings: Settings,
  options: AppOptions = {},
): { transport: Transport; app: App; publish: Listener; stop(): Promise<void> } {
  const listeners = new Set<Listener>()
  const publish: Listener = (name, payload) => {
    for (const listener of listeners) tell(listener, name, payload)
  }
  const core = openCore(settings, { ...options, publish })
  const run = new RunService(core)
  const services: Services<typeof calls> = {
    run,
    document: new DocumentService(),
    model: new ModelService(core),
    host: options.host?.(core) ?? hostWithoutDesktop('program'),
    workflow: new WorkflowService(core),
    agent: new AgentService(core),
    settings: new SettingsService(options.source ?? {}, () => takeUpSettings(core)),
    system: new SystemService(core, () => run.list()[0]?.id),
  }
  const transport: Transport = {
    call: (name, input) => answer(calls, services, name, input),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= run.stop().then(() => closeCore(core)))
  return { transport, app: createClient(calls, events, transport), publish, stop }
}

/** A listener's fault, such as a window that is gone, is its own: it must not reach the run. */
function tell(listener: Listener, name: string, payload: unknown): void {
  try {
    listener(name, payload)
  } catch (error) {
    process.emitWarning(`A listener failed: ${String(error)}`)
  }
}
