import { AppError } from '../../shared/errors.ts'
import { api } from '../api.ts'
import { tellError } from '../components/toast.tsx'
import { useOpenRun } from './run.ts'

/** Does something to the open run; what went wrong is told, with what to do. True when it was done. */
async function act(work: (id: string) => Promise<unknown>): Promise<boolean> {
  const { id } = useOpenRun.getState()
  if (!id) return false
  try {
    await work(id)
    return true
  } catch (error) {
    tellError(AppError.from(error).toJSON())
    return false
  }
}

/** Asks for no further call of the model; what is under way is ended. */
export const pauseRun = (): Promise<boolean> => act((id) => api.run.pause({ id }))
/** Goes on with a run that was paused, interrupted, failed or stopped. */
export const resumeRun = (): Promise<boolean> => act((id) => api.run.resume({ id }))
/** Ends the run; everything completed is kept. */
export const stopRun = (): Promise<boolean> => act((id) => api.run.cancel({ id }))
/** Runs a step once more, with all its questions. */
export const retryStep = (task: string): Promise<boolean> => act((id) => api.run.retry({ id, task }))
/** Opens or closes the gate behind a step. */
export const decideGate = (task: string, open: boolean, comment: string): Promise<boolean> =>
  act((id) => api.run.gate({ id, task, open, comment }))
