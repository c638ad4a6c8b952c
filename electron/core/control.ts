import { AppError } from '../../shared/errors.ts'
import type { Journal } from './journal.ts'

/** Resolves at once, or when a person lets a paused run go on; rejects with `cancelled` when the signal fires first. */
export async function untilResumed(journal: Journal, signal: AbortSignal): Promise<void> {
  if (journal.run.control !== 'pause') return
  let stopListening = () => {}
  let onAbort = () => {}
  try {
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(new AppError('cancelled', 'The run was cancelled while it was paused.'))
      signal.addEventListener('abort', onAbort)
      stopListening = journal.listen(() => {
        if (journal.run.control !== 'pause') resolve()
      })
      if (signal.aborted) onAbort()
    })
  } finally {
    stopListening()
    signal.removeEventListener('abort', onAbort)
  }
}
