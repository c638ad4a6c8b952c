import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Settings } from '../../../shared/settings.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { createJsonCall } from '../llm/json-call.ts'
import type { Log } from '../log/log.ts'
import { createRedactor, noKey } from '../log/redactor.ts'
import { checkPort, checkProfile, serverEnvironment } from './check-start.ts'
import { explainExit, lastWords } from './explain-exit.ts'
import { findProgram } from './find-program.ts'
import { addressOf, serverArguments } from './profile.ts'
import { startProcess, type ServerProcess } from './server-process.ts'

/** A llama-server of our own that answers. */
export type RunningServer = Pick<ServerProcess, 'pid' | 'exited' | 'stop'>

type StartSettings = Pick<Settings, 'openai_api_base' | 'openai_api_key' | 'allowed_hosts' | 'llama_server'>

/**
 * Starts the llama-server that the settings describe, where they name a model file, and waits until it answers: nothing
 * is ever fetched from a network. Throws AppError, and leaves nothing running, when it cannot be started, ends, does not
 * answer in time or is no longer wanted.
 */
export async function startServer(
  settings: StartSettings,
  log: Log,
  signal: AbortSignal,
): Promise<RunningServer> {
  const { llama_server: profile, openai_api_key: key } = settings
  const endpoint = checkEndpoint(settings.openai_api_base, settings.allowed_hosts)
  const model = checkProfile(profile, endpoint)
  const program = findProgram(profile.binary)
  await checkPort(endpoint)
  const redact = createRedactor([key])
  const child = await startProcess(program, serverArguments(profile, endpoint), {
    env: { ...serverEnvironment(process.env), ...(key === noKey ? {} : { LLAMA_API_KEY: key }) },
    onLine: (line) => log.debug(`llama-server: ${redact(line)}`),
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', `The program ${program} could not be started.`, {
      hint: 'See whether it is a llama-server for this machine.',
      cause,
    })
  })
  const lines = () => child.tail().map(redact)
  log.info('llama-server started', { pid: child.pid, program, model })
  const settled = new AbortController()
  const healthy = untilHealthy(`${endpoint.root}/health`, profile.start_timeout, {
    call: createJsonCall(endpoint, key, longestSilence),
    signal: AbortSignal.any([signal, settled.signal]),
  })
  try {
    const ended = await Promise.race([healthy, child.exited])
    const { host, port } = addressOf(endpoint)
    if (ended) throw explainExit({ exit: ended, lines: lines(), model, address: `${host}:${port}` })
    if (!signal.aborted) return watched(child, lines, log)
    throw new AppError('cancelled', 'The start of the model server was cancelled.')
  } catch (error) {
    await child.stop()
    log.info('llama-server was not ready', { pid: child.pid })
    if (!(error instanceof NotReady)) throw error
    const message = `llama-server did not answer within ${profile.start_timeout} s.`
    const hint = `If the model is only large, set llama_server.start_timeout to ${profile.start_timeout * 2}.`
    throw new AppError('unavailable', message, { hint: hint + lastWords(lines()) })
  } finally {
    settled.abort()
  }
}

/** Tells the log how the server ends: that it is stopped is no news, that it ends by itself is an error. */
function watched(child: ServerProcess, lines: () => string[], log: Log): RunningServer {
  let isStopped = false
  void child.exited.then((exit) => {
    const fields = { pid: child.pid, ...exit }
    if (isStopped) log.info('llama-server ended', fields)
    else log.error('llama-server ended by itself', { ...fields, last: lines() })
  })
  return {
    pid: child.pid,
    exited: child.exited,
    stop() {
      isStopped = true
      return child.stop()
    },
  }
}

/** Seconds after which a server that takes a question and says nothing is asked again. */
const longestSilence = 5

const Health = z.object({ status: z.literal('ok') })

class NotReady extends Error {}

/** Resolves when the server says that it is well, or nobody wants to know any more; rejects with NotReady. */
async function untilHealthy(
  url: string,
  seconds: number,
  { call, signal }: { call: ReturnType<typeof createJsonCall>; signal: AbortSignal },
): Promise<void> {
  const end = performance.now() + seconds * 1000
  for (let pause = 20; !signal.aborted; pause = Math.min(pause * 1.5, 500)) {
    const isHealthy = await call(url, Health, signal).then(
      () => true,
      () => false,
    )
    if (isHealthy) return
    if (performance.now() + pause > end) throw new NotReady()
    await sleep(pause, undefined, { signal }).catch(() => {})
  }
}
