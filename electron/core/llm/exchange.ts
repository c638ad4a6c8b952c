import { AppError } from '../../../shared/errors.ts'
import { ModelError, toModelError } from './model-error.ts'

/** The longest time that a Node timer can hold. */
export const longestMs = 2 ** 31 - 1

/** What one exchange is given: a signal that ends it, and `alive` to say that the server showed a sign of life. */
export type Watch = { signal: AbortSignal; alive: () => void }

/**
 * Runs one exchange with the server at `base`. Ends it when the caller aborts, or after so many seconds without a
 * sign of life. Every failure is turned into its AppError.
 */
export async function exchange<T>(
  base: string,
  seconds: number,
  caller: AbortSignal,
  work: (watch: Watch) => Promise<T>,
): Promise<T> {
  if (caller.aborted) throw cancelled()
  const stop = new AbortController()
  const onAbort = () => stop.abort(cancelled())
  caller.addEventListener('abort', onAbort, { once: true })
  const timer = setTimeout(() => stop.abort(stalled(base, seconds)), Math.min(seconds * 1000, longestMs))
  try {
    const result = await work({ signal: stop.signal, alive: () => void timer.refresh() })
    // A stream that was aborted may end like one that is complete.
    stop.signal.throwIfAborted()
    return result
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : toModelError(error, base)
  } finally {
    clearTimeout(timer)
    caller.removeEventListener('abort', onAbort)
  }
}

/** The error of a call that its caller no longer wants. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'The call to the model was cancelled.')
}

function stalled(base: string, seconds: number): ModelError {
  return new ModelError('stalled', `The server at ${base} said nothing for ${seconds} s.`, {
    hint: `If the machine is only slow, increase llm_timeout, to ${Math.ceil(seconds * 2)} for example; else restart the server.`,
  })
}
