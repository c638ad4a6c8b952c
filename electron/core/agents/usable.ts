import { AppError } from '../../../shared/errors.ts'
import type { Reply } from '../llm/dialogue.ts'

/** Why a reply cannot be used, as a sentence for people; null when it can. */
export function unusable({ complete, lack }: Reply): string | null {
  if (lack !== null) return `The model's answer was not usable, twice. The last time: ${lack}`
  return complete ? null : 'The answer was cut off and could not be completed.'
}

/** Passes a whole and usable reply on; throws `invalid` for any other. */
export function requireUsable<R extends Reply>(reply: R): R {
  const problem = unusable(reply)
  if (problem === null) return reply
  throw new AppError('invalid', problem, {
    hint: 'Look at the raw answer. A larger model, or a shorter document, usually helps; then: paddock resume',
  })
}
