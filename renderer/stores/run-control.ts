import { api } from '../api.ts'
import { useOpenRun } from './run.ts'

const id = () => useOpenRun.getState().run.id

/** Asks for no further call of the model; what is under way is ended. */
export const pauseRun = (): Promise<unknown> => api.run.pause({ id: id() })
/** Goes on with a run that was paused, interrupted, failed or stopped. */
export const resumeRun = (): Promise<unknown> => api.run.resume({ id: id() })
/** Ends the run; everything completed is kept. */
export const stopRun = (): Promise<unknown> => api.run.cancel({ id: id() })
/** Runs a step once more, with all its questions. */
export const retryStep = (task: string): Promise<unknown> => api.run.retry({ id: id(), task })
/** Opens or closes the gate behind a step. */
export const decideGate = (task: string, open: boolean, comment: string): Promise<unknown> =>
  api.run.gate({ id: id(), task, open, comment })
