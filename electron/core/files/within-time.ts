import { createContext, Script } from 'node:vm'
import { AppError } from '../../../shared/errors.ts'

const script = new Script('work()')

/** What the work of a person's own module comes to; throws `invalid` where it is not done after so many milliseconds. */
export function withinTime<T>(work: () => T, ms: number): T {
  try {
    // Only this can end a loop within one thread, wherever the function came from.
    return script.runInContext(createContext({ work }), { timeout: ms }) as T
  } catch (error) {
    // It is no `Error` of ours: it comes from the context.
    const code = (error as { code?: unknown } | null)?.code
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? tookTooLong(ms) : error
  }
}

/** The same for work that may go on in a promise, which is left behind then. */
export async function settledWithinTime<T>(work: () => T, ms: number): Promise<Awaited<T>> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(tookTooLong(ms)), ms)
  try {
    return await Promise.race([withinTime(work, ms), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const tookTooLong = (ms: number) =>
  new AppError('invalid', `It was not done after ${ms / 1000} s and was stopped.`, {
    hint: 'Look in the module that `extractor` names for what never ends, or set it to null.',
  })
