import type { ModelStatus } from '../../shared/model.ts'
import type { Core } from './core.ts'
import { ModelError } from './llm/model-error.ts'

/**
 * What the model server says of itself. Where nothing listens at its address and the settings name a model on this
 * machine, the server is started first. Throws AppError.
 */
export async function readyModel(core: Core, signal: AbortSignal): Promise<ModelStatus> {
  const model = core.model()
  try {
    return await model.status(signal)
  } catch (error) {
    const isGone = error instanceof ModelError && error.kind === 'refused'
    if (!isGone || core.settings.llama_server.model === null) throw error
    await core.server.start(signal)
    return model.status(signal)
  }
}
