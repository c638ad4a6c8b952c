import type { Finish, Usage } from '../../../shared/model.ts'
import type { TextDelta } from '../../../shared/run-event.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Model, ModelRequest } from './model.ts'
import { RawAnswer } from './raw-answer.ts'
import { endsInLoop } from './repetition.ts'

/** Is told of text while it arrives, about every 50 ms. */
export type TellDelta = (delta: Omit<TextDelta, 'run'>) => void
/** A whole answer: its text, the bytes that have to go into the ledger with it, and what `answer-ended` says of it. */
export type StreamedAnswer = {
  readonly text: string
  readonly content: Uint8Array | null
  readonly bytes: number
  readonly hash: string
  readonly finish: Finish
  readonly usage: Usage
  readonly ms: number
  readonly first_token_ms: number | null
}
type Sending = { task: string; call: string; request: ModelRequest; promptTokens: number }
type Where = {
  model: Model
  answers: string
  tellDelta: TellDelta
  signal: AbortSignal
  /** Is told when the server has no more to say, before the answer is stored. */
  onSilence: () => void
}

/** Characters between two looks for a loop. */
const loopCheckEvery = 2000

/** Sends one request, and writes down its text as it comes. Throws AppError; what had come by then can still be looked at. */
export async function streamAnswer(
  { task, call, request, promptTokens }: Sending,
  where: Where,
): Promise<StreamedAnswer> {
  const began = performance.now()
  let tokens = 0
  let firstTokenAt: number | null = null
  const raw = new RawAnswer(where.answers, call, (offset, text) => {
    const seconds = firstTokenAt === null ? 0 : (performance.now() - firstTokenAt) / 1000
    const perSecond = seconds > 0.2 ? Math.round(tokens / seconds) : null
    where.tellDelta({ task, call, offset, text, tokens, tokens_per_second: perSecond })
  })
  const loop = new AbortController()
  const pieces: string[] = []
  let tail = ''
  let unchecked = 0
  const onText = (text: string) => {
    firstTokenAt ??= performance.now()
    tokens++
    pieces.push(text)
    raw.add(text)
    tail += text
    unchecked += text.length
    if (unchecked < loopCheckEvery) return
    unchecked = 0
    tail = tail.slice(-2 * loopCheckEvery)
    if (endsInLoop(tail)) loop.abort()
  }
  const signal = AbortSignal.any([where.signal, loop.signal])
  const onProgress: Parameters<Model['answer']>[1]['onProgress'] = (progress) => {
    if (progress.kind === 'text' && !signal.aborted) onText(progress.text)
  }
  let end: { finish: Finish; usage: Usage }
  try {
    end = await where.model.answer(request, { signal, onProgress })
  } catch (error) {
    if (!loop.signal.aborted || where.signal.aborted) {
      raw.leave()
      throw error
    }
    end = { finish: 'loop', usage: { prompt: promptTokens, completion: tokens, cached: 0 } }
  }
  where.onSilence()
  const written = await raw.end().catch((error: unknown) => {
    throw diskError(error, where.answers)
  })
  return {
    text: pieces.join(''),
    ...written,
    finish: end.finish,
    usage: end.usage,
    ms: Math.round(performance.now() - began),
    first_token_ms: firstTokenAt === null ? null : Math.round(firstTokenAt - began),
  }
}

const diskError = (cause: unknown, folder: string) =>
  new AppError('unavailable', `The answer could not be kept in ${folder}: ${(cause as Error).message}.`, {
    hint: 'Free space on the disk of the data folder, then: paddock resume',
    cause,
  })
