import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../../shared/errors.ts'

/**
 * Does the same for each item, so many of them at once, and gives the results in the order of the items.
 * Throws AppError `cancelled` on the signal; what was begun by then is waited for.
 */
export async function inTurns<T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = []
  const turns = items.entries()
  const work = async () => {
    for (const [index, item] of turns) {
      throwIfCancelled(signal)
      results[index] = await act(item)
    }
  }
  const settled = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, work))
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  return results
}

/** Does the same for each of many items, and lets others work in between. Throws AppError `cancelled` on the signal. */
export async function inSlices<T, R>(
  items: readonly T[],
  act: (item: T) => R,
  signal: AbortSignal,
): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) {
    if (index % slice === slice - 1) await setImmediate()
    throwIfCancelled(signal)
    results.push(act(item))
  }
  return results
}
const slice = 200

/** Throws AppError `cancelled` when the signal says so. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new AppError('cancelled', 'The run was cancelled while the files of its workspace were read.')
}
