import { addAbortListener } from 'node:events'
import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Log } from '../log/log.ts'
import type { RunningServer } from './start-server.ts'

/** The llama-server that Paddock started itself, if it did: one for all runs, started once. */
export class OwnServer {
  readonly #settings: Settings
  readonly #log: Log
  #running: Promise<RunningServer> | null = null
  #end = new AbortController()

  constructor(settings: Settings, log: Log) {
    this.#settings = settings
    this.#log = log
  }

  /**
   * Resolves when the server answers; throws AppError where it does not come up. One that failed, or has ended since, is
   * started anew. Who no longer wants it waits no longer; for the others the start goes on.
   */
  async start(signal: AbortSignal): Promise<void> {
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    const cancelled = () =>
      reject(new AppError('cancelled', 'The run was cancelled while the model server was started.'))
    if (signal.aborted) cancelled()
    using _ = addAbortListener(signal, cancelled)
    await Promise.race([aborted, signal.aborted ? aborted : (this.#running ??= this.#begin())])
  }

  #begin(): Promise<RunningServer> {
    const { signal } = this.#end
    // Imported late: most runs find a server that is there.
    const running = import('./start-server.ts').then(({ startServer }) =>
      startServer(this.#settings, this.#log, signal),
    )
    const forget = () => {
      if (this.#running === running) this.#running = null
    }
    void running.then(({ exited }) => exited).then(forget, forget)
    return running
  }

  /** Ends the server if it was started here; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#end.abort()
    this.#end = new AbortController()
    const starting = this.#running
    const running = await starting?.catch(() => null)
    if (this.#running === starting) this.#running = null
    await running?.stop()
  }
}
