import { z } from 'zod'

export const ErrorCode = z.enum(['invalid', 'not-found', 'conflict', 'cancelled', 'unavailable', 'internal'])
/** Why something failed, in words that a caller can branch on. */
export type ErrorCode = z.infer<typeof ErrorCode>

export const ErrorData = z.object({ code: ErrorCode, message: z.string(), hint: z.string().optional() })
/** An error as a value: what crosses a boundary and what events carry. */
export type ErrorData = z.infer<typeof ErrorData>

/** The only error that Paddock throws on purpose: the message says what happened, the hint what to do next. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }

  /** Turns anything that was thrown into an AppError; what Paddock did not throw itself is `internal`. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) return error
    const message = error instanceof Error ? error.message : String(error)
    return new AppError('internal', message, {
      hint: 'This is a fault of Paddock itself. What was done is kept: `paddock resume` goes on from there.',
      cause: error,
    })
  }

  toJSON(): ErrorData {
    return { code: this.code, message: this.message, ...(this.hint ? { hint: this.hint } : {}) }
  }
}
