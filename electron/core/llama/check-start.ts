import { accessSync, constants, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { AppError } from '../../../shared/errors.ts'
import { errorCode, explainFileError } from '../files/file-errors.ts'
import type { Endpoint } from '../llm/endpoint.ts'
import { portTaken } from './explain-exit.ts'
import { addressOf, isKeyArgument, startCommand, type ServerProfile } from './profile.ts'

/** Returns the model file of a server that may be started here; throws AppError where it may not, or there is none. */
export function checkProfile(profile: ServerProfile, endpoint: Endpoint): string {
  const { model, extra_args } = profile
  const byHand = `Start it yourself: ${startCommand({ ...profile, model: null }, endpoint)}`
  if (endpoint.isRemote || endpoint.origin.startsWith('https:'))
    throw new AppError('invalid', `Paddock cannot start a server at ${endpoint.origin}.`, {
      hint: 'It starts servers on this machine, at http://127.0.0.1 and a port.',
    })
  if (model === null)
    throw new AppError('invalid', 'The settings name no model file, so Paddock starts no server.', {
      hint: byHand,
    })
  if (extra_args.some(isKeyArgument))
    throw new AppError('invalid', 'llama_server.extra_args must not hold a key: everyone would see it.', {
      hint: 'Set openai_api_key, or the variable LLAMA_API_KEY: the server is told of it in secret.',
    })
  checkModel(model, byHand)
  return model
}

function checkModel(model: string, byHand: string): void {
  const hint = `Set llama_server.model to a .gguf file. ${byHand}`
  try {
    accessSync(model, constants.R_OK)
    if (statSync(model).isFile()) return
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw explainFileError(error, `read the model ${model}`)
    throw new AppError('not-found', `There is no model file ${model}.`, { hint })
  }
  throw new AppError('invalid', `The model ${model} is no file.`, { hint })
}

/** Rejects with `conflict` where a stranger listens, who would answer in the server's place. */
export async function checkPort(endpoint: Endpoint): Promise<void> {
  const { host, port } = addressOf(endpoint)
  const trial = createServer()
  try {
    await new Promise<void>((resolve, reject) => trial.once('error', reject).listen(port, host, resolve))
    await new Promise((resolve) => trial.close(resolve))
  } catch (cause) {
    const address = `${host}:${port}`
    const { code, message, hint } = portTaken
    if (errorCode(cause) === 'EADDRINUSE') throw new AppError(code, message({ address }), { hint, cause })
    throw new AppError('invalid', `No server can listen at ${address}.`, {
      hint: 'Set OPENAI_API_BASE to a port of this machine above 1024.',
      cause,
    })
  }
}

const wantedVariable =
  /^(?:PATH|HOME|LANG|LC_ALL|TMPDIR|TE?MP|(?:DY)?LD_LIBRARY_PATH|(?:CUDA|HIP|ROCR|HSA|GGML|OMP|VK)_\w+|SYSTEMROOT|WINDIR|USERPROFILE|(?:LOCAL)?APPDATA|PROGRAMDATA)$/i

/** What a model server needs of an environment: where things are, and which graphics cards to use. No keys. */
export function serverEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => wantedVariable.test(name)))
}
