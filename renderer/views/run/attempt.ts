import { AppError } from '../../../shared/errors.ts'
import { forgetError, tellError } from '../../tell.ts'

/** Does something; what went wrong is told, with what to do next. True when it was done. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    forgetError()
    return true
  } catch (error) {
    tellError(AppError.from(error).toJSON())
    return false
  }
}
