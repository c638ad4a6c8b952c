import { app } from 'electron'
import { AppError } from '../../shared/errors.ts'
import { ask } from './ask.ts'

/** Says why the app cannot start, and ends it. */
export async function giveUp(error: unknown): Promise<void> {
  const { message, hint } = AppError.from(error)
  const detail = hint === undefined ? message : `${message}\n\n${hint}`
  await ask({ type: 'error', message: 'Paddock cannot start.', detail })
  app.exit(1)
}
