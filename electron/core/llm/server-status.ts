import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { ModelStatus } from '../../../shared/model.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Endpoint } from './endpoint.ts'
import { cancelled } from './exchange.ts'
import type { JsonCall } from './json-call.ts'
import { ModelError, type ModelErrorKind } from './model-error.ts'
import { countTokens, renderPrompt } from './tokens.ts'

const Models = z.object({ data: z.array(z.object({ id: z.string() })) })
const Size = z.int().positive().optional().catch(undefined)
const Props = z.looseObject({
  total_slots: Size,
  default_generation_settings: z.looseObject({ n_ctx: Size }).optional().catch(undefined),
})

/**
 * Makes the reader of what the server says of itself. It waits while the server is loading its model, at most
 * `llm_timeout`. What the server is able to do is tried out once, and again when it describes itself differently.
 */
export function createStatusReader(
  call: JsonCall,
  endpoint: Endpoint,
  settings: Settings,
): (signal: AbortSignal) => Promise<ModelStatus> {
  const { base, root } = endpoint
  let tried: { description: string; can: ModelStatus['can'] } | undefined
  return async (signal) => {
    const ask = () =>
      Promise.all([
        call(`${base}/models`, Models, signal),
        unlessUnable(call(`${root}/props`, Props, signal)),
      ])
    const [listed, props] = await untilLoaded(ask, settings.llm_timeout, signal)
    const ids = listed.data.map(({ id }) => id)
    const description = JSON.stringify([ids, props])
    if (!props) tried = undefined
    else if (tried?.description !== description)
      tried = { description, can: await readAbilities(call, endpoint, signal) }
    const wanted = settings.openai_api_model
    return {
      endpoint: base,
      model: ids.includes(wanted) ? wanted : (ids[0] ?? wanted),
      slots: props?.total_slots ?? 1,
      window: props?.default_generation_settings?.n_ctx ?? null,
      can: tried?.can ?? { count: false, prefill: false },
    }
  }
}

async function readAbilities(
  call: JsonCall,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<ModelStatus['can']> {
  const question = { role: 'user', content: 'Go on.' } as const
  // A started answer that a server takes up is the end of its prompt, to the last blank. It is so for streams; without
  // streaming llama-server gives the started text back as well.
  const started = 'One,\n  '
  const [tokens, prompt] = await Promise.all([
    unlessUnable(countTokens(call, endpoint, [question], signal)),
    unlessUnable(renderPrompt(call, endpoint, [question, { role: 'assistant', content: started }], signal)),
  ])
  return { count: tokens !== undefined, prefill: prompt?.endsWith(started) ?? false }
}

async function untilLoaded<T>(ask: () => Promise<T>, seconds: number, signal: AbortSignal): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 1000)) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof ModelError && error.kind === 'loading') || performance.now() + pause > end)
        throw error
    }
    await sleep(pause, undefined, { signal }).catch(() => {
      throw cancelled()
    })
  }
}

const unable: readonly ModelErrorKind[] = ['missing', 'server', 'malformed']

/** Undefined where the server does not know a call. That it is gone or busy says nothing about what it knows. */
async function unlessUnable<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ModelError && unable.includes(error.kind)) return undefined
    throw error
  }
}
