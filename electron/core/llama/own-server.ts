import { addAbortListener } from 'node:events'
import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Log } from '../log/log.ts'
import type { RunningServer } from './start-server.ts'

/** The llama-server that Paddock started itself, if it did: one for all runs at its address, started once. */
export class OwnServer {
  /** As it runs, or is started next. */
  #settings: Settings
  readonly #log: Log
  #running: Promise<RunningServer> | null = null
  #end = new AbortController()
  #ending: Promise<void> = Promise.resolve()
  #users = 0

  constructor(settings: Settings, log: Log) {
    this.#settings = settings
    this.#log = log
  }

  /**
   * Counts in a run that wants the server as these settings say, until what it resolves with is called. A server that
   * runs otherwise is ended first, unless another run uses it.
   */
  async use(settings: Settings): Promise<() => void> {
    const ended = this.endOutdated(settings)
    if (!this.#running) this.#settings = settings
    this.#users++
    await ended
    let isCounted = true
    return () => {
      if (isCounted) this.#users--
      isCounted = false
    }
  }

  /** Whether the server runs otherwise than these settings say, and is left so because a run uses it. */
  isKept(settings: Settings): boolean {
    return this.#users > 0 && this.#isOutdated(settings)
  }

  /** Ends a server that runs otherwise than these settings say, or than none, unless a run uses it; resolves when it is gone. */
  async endOutdated(settings: Settings | null): Promise<void> {
    await (this.#users === 0 && this.#isOutdated(settings) ? this.stop() : this.#ending)
  }

  #isOutdated(settings: Settings | null): boolean {
    return this.#running !== null && (!settings || startOf(settings) !== startOf(this.#settings))
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
    const settings = this.#settings
    // Imported late: most runs find a server that is there.
    const running = import('./start-server.ts').then(({ startServer }) =>
      startServer(settings, this.#log, signal),
    )
    const forget = () => {
      if (this.#running === running) this.#running = null
    }
    void running.then(({ exited }) => exited).then(forget, forget)
    return running
  }

  /** Ends the server if it was started here; resolves when it is gone. */
  stop(): Promise<void> {
    this.#end.abort()
    this.#end = new AbortController()
    const running = this.#running
    this.#running = null
    const before = this.#ending
    const end = async () => {
      await before
      await (await running?.catch(() => null))?.stop()
    }
    return (this.#ending = end())
  }
}

/** What a server was started with: whatever has to be another start when it changes. */
function startOf({ llama_server, openai_api_key }: Settings): string {
  const { hf: _, start_timeout: __, ...started } = llama_server
  return JSON.stringify([started, openai_api_key])
}
