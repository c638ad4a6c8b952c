import { open } from 'node:fs/promises'
import { counted } from '../../../shared/counted.ts'
import type { ModelStatus } from '../../../shared/model.ts'
import type { Check } from '../../../shared/reports.ts'
import type { Settings } from '../../../shared/settings.ts'
import { ModelError } from '../llm/model-error.ts'
import { createModel } from '../llm/model.ts'
import { keptWords } from '../model-servers.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { findProgram } from '../llama/find-program.ts'
import { startCommand } from '../llama/profile.ts'
import { startHint } from '../llama/start-hint.ts'
import { ok, problem, problemOf, sizeOf, warning } from './check.ts'

const server = 'Model server'
/** Tokens a slot below which most documents and files do not fit. */
const leastWindow = 8192

/** Whether a model server answers, what it has, and whether a slot of it holds enough. */
export async function checkServer(
  settings: Settings,
  { seconds, signal, isKept }: { seconds: number; signal: AbortSignal; isKept: boolean },
): Promise<Check[]> {
  try {
    const status = await createModel({ ...settings, llm_timeout: seconds }).status(signal)
    const { endpoint, model, slots } = status
    const found = `${endpoint} has ${model}, ${counted(slots, 'slot')}`
    return [ok(server, isKept ? `${found}, ${keptWords}` : found), judgeWindow(status)]
  } catch (error) {
    return [unreachable(settings, error)]
  }
}

function unreachable(settings: Settings, error: unknown): Check {
  if (!(error instanceof ModelError) || error.kind !== 'refused')
    return problemOf(server, error, 'Look at what the server wrote last.')
  if (settings.llama_server.model !== null)
    return ok(server, `none runs at ${settings.openai_api_base}: the first run that needs it starts it`)
  const endpoint = checkEndpoint(settings.openai_api_base, settings.allowed_hosts)
  if (endpoint.isRemote) return problem(server, error.message, startHint(settings))
  return problem(
    server,
    error.message,
    // The command is a line of its own, so that it can be copied.
    `Set llama_server.model to a .gguf file, and Paddock starts it itself; or start it:\n${startCommand(settings.llama_server, endpoint)}`,
  )
}

/** Whether a slot holds enough, with the arithmetic where it does not. */
export function judgeWindow({ window, slots }: Pick<ModelStatus, 'window' | 'slots'>): Check {
  const name = 'Tokens a slot'
  if (window === null)
    return warning(
      name,
      'The server does not say how many tokens a slot holds.',
      'Use llama-server, or keep documents short: what does not fit cannot be seen before a run.',
    )
  const figure = window.toLocaleString('en-US')
  if (window >= leastWindow) return ok(name, figure)
  const whole = window * slots
  const needed = leastWindow * 2
  const arithmetic =
    slots === 1 ? `--ctx-size ${whole}` : `--ctx-size ${whole} / --parallel ${slots} = ${window}`
  const remedy = slots > 1 && whole >= leastWindow ? `--ctx-size ${whole} --parallel 1, or with ` : ''
  return warning(
    name,
    `${figure} (${arithmetic}): most documents and files do not fit.`,
    `Start the server with ${remedy}--ctx-size ${needed * slots} --parallel ${slots}.`,
  )
}

/** Whether the program is there that Paddock, or the person, starts as the model server. */
export function checkProgram({ llama_server: { binary, model } }: Settings): Check {
  const name = 'llama-server'
  try {
    return ok(name, findProgram(binary))
  } catch (error) {
    const check = problemOf(name, error, 'Install llama.cpp.')
    // A server that runs already is used without it.
    const hint = `Only Paddock's own start of a server needs it. ${check.hint}`
    return model === null ? { ...check, state: 'warning', hint } : check
  }
}

/** Whether the model file is there that Paddock starts a server with. */
export async function checkModelFile({ llama_server: { model } }: Settings): Promise<Check> {
  const name = 'Model file'
  const hint = 'Set llama_server.model to a .gguf file, or take the setting out and start a server yourself.'
  if (model === null) return ok(name, 'none is set: Paddock uses the server that runs')
  try {
    const file = await open(model)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
      if (bytesRead < 4 || buffer.toString('latin1') !== 'GGUF')
        return problem(name, `${model} is no GGUF file.`, hint)
      return ok(name, `${model}, ${sizeOf((await file.stat()).size)}`)
    } finally {
      await file.close()
    }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return problem(name, isMissing ? `There is no file ${model}.` : `${model} cannot be read.`, hint)
  }
}
