import type { Settings } from '../../../shared/settings.ts'
import { checkEndpoint } from '../llm/endpoint.ts'
import { ModelError } from '../llm/model-error.ts'
import { startCommand } from './profile.ts'

type HintSettings = Pick<Settings, 'openai_api_base' | 'allowed_hosts' | 'llama_server'>

/** The same error; where it says that nothing listens, with how the configured server is started. */
export function withStartHint(error: unknown, settings: HintSettings): unknown {
  if (!(error instanceof ModelError) || error.kind !== 'refused') return error
  return new ModelError('refused', error.message, { hint: startHint(settings), cause: error.cause })
}

/** What to do when no server answers; the command is a line of its own, so that it can be copied. */
export function startHint({ openai_api_base, allowed_hosts, llama_server }: HintSettings): string {
  const endpoint = checkEndpoint(openai_api_base, allowed_hosts)
  if (endpoint.isRemote) return 'Start the server there, or set OPENAI_API_BASE to where it is.'
  const elsewhere = 'If it listens elsewhere, set OPENAI_API_BASE.'
  const itself = 'Paddock starts it itself where llama_server.model names a .gguf file.'
  const others = llama_server.model === null ? `${elsewhere} ${itself}` : elsewhere
  return `${others} Start it:\n${startCommand(llama_server, endpoint)}`
}
