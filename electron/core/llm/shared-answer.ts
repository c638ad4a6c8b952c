import { cancelled } from './exchange.ts'

/**
 * Lets those who ask the same at the same time share one answer. Each may stop waiting by a signal of its own; the work
 * is stopped when nobody waits any more.
 */
export function sharedAnswer<T>(
  work: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  let current: { answer: Promise<T>; stop: AbortController; waiting: number } | undefined
  return async (signal) => {
    if (signal.aborted) throw cancelled()
    if (!current) {
      const stop = new AbortController()
      const mine = { answer: work(stop.signal), stop, waiting: 0 }
      current = mine
      const forget = () => {
        if (current === mine) current = undefined
      }
      mine.answer.then(forget, forget)
    }
    const asked = current
    asked.waiting++
    let leave = () => {}
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(cancelled())
      signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return await Promise.race([asked.answer, left])
    } finally {
      signal.removeEventListener('abort', leave)
      if (--asked.waiting === 0) {
        if (current === asked) current = undefined
        asked.stop.abort()
      }
    }
  }
}
