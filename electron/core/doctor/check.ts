import type { Check } from '../../../shared/reports.ts'
import { AppError } from '../../../shared/errors.ts'

export const ok = (name: string, message: string): Check => ({ name, state: 'ok', message })
export const warning = (name: string, message: string, hint: string): Check => ({
  name,
  state: 'warning',
  message,
  hint,
})
export const problem = (name: string, message: string, hint: string): Check => ({
  name,
  state: 'problem',
  message,
  hint,
})

/** A failure as something to solve. */
export function problemOf(name: string, error: unknown, hint: string): Check {
  const { code, message, hint: own } = AppError.from(error)
  return problem(name, message, code === 'internal' ? hint : (own ?? hint))
}

/** A size for people. */
export function sizeOf(bytes: number): string {
  const gigabytes = bytes / 2 ** 30
  return gigabytes >= 1 ? `${gigabytes.toFixed(1)} GB` : `${Math.round(bytes / 2 ** 20)} MB`
}
