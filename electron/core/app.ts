import { calls, events } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import {
  answer,
  createClient,
  type Client,
  type Listener,
  type Services,
  type Transport,
} from '../../shared/rpc.ts'
import { emptyRun } from '../../shared/run.ts'
import { settleOpen } from '../../shared/fold-task.ts'
import type { SystemStatus } from '../../shared/contract.ts'
import { readRun } from './journal.ts'
import { systemStatus } from '../../shared/agent-state.ts'
import type { Settings } from '../../shared/settings.ts'
import { openCore, type Core } from './core.ts'
import { RunService } from './runs.ts'

/** The typed client of the core, the same over every transport. */
export type App = Client<typeof calls, typeof events>

/** The composition root: settings in, a transport and its client out. `stop` ends what runs and closes the ledger. */
export function createApp(
  settings: Settings,
  options: { dataFolder?: string } = {},
): { transport: Transport; app: App; stop(): Promise<void> } {
  const listeners = new Set<Listener>()
  const publish: Listener = (name, payload) => {
    for (const listener of listeners) tell(listener, name, payload)
  }
  const core = openCore(settings, { ...options, publish })
  const run = new RunService(core)
  const services: Services<typeof calls> = {
    run,
    workflow: { list: () => core.workflows.list() },
    system: { status: ({ id }) => statusOf(core, id ?? run.list()[0]?.id) },
  }
  const transport: Transport = {
    call: (name, input) => answer(calls, services, name, input),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const stop = async () => {
    await run.stop()
    core.ledger.close()
  }
  return { transport, app: createClient(calls, events, transport), stop }
}

function statusOf({ ledger }: Core, id: string | undefined): SystemStatus {
  const run = id === undefined ? emptyRun : readRun(ledger, id)
  if (run.seq === 0)
    throw new AppError('not-found', id === undefined ? 'There is no run yet.' : `There is no run ${id}.`, {
      hint: 'Start one: paddock run DOCUMENT, or paddock rehearse',
    })
  // Where nobody leads the run any more, nobody works on it.
  const now = run.outcome || ledger.owner(run.id) ? run : { ...run, tasks: settleOpen(run) }
  return systemStatus(now, new Date())
}

/** A listener's fault, such as a window that is gone, is its own: it must not reach the run. */
function tell(listener: Listener, name: string, payload: unknown): void {
  try {
    listener(name, payload)
  } catch (error) {
    process.emitWarning(`A listener failed: ${String(error)}`)
  }
}
