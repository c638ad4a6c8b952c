import { AppError } from '../../../shared/errors.ts'

/** A failure together with the questions of the task that it concerns, so that a restart asks only those anew. */
export class FailedParts extends Error {
  override readonly cause: AppError
  readonly parts: readonly string[]

  constructor(cause: AppError, parts: readonly string[]) {
    super(cause.message, { cause })
    this.cause = cause
    this.parts = parts
  }

  /** Wraps what was thrown; what knows its parts already keeps them. */
  static of(error: unknown, ...parts: string[]): FailedParts {
    return error instanceof FailedParts ? error : new FailedParts(AppError.from(error), parts)
  }
}
