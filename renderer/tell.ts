import { toast } from 'sonner'
import { asButtons } from './as-buttons.ts'
import type { ErrorData } from '../shared/errors.ts'

/** One at a time: what failed before says nothing about what is done now. */
const failure = { id: 'failure', duration: Infinity }

/** Says that something was done. Never for something that needs a decision. */
export const tell = (message: string): void => void toast(message)

/** Says that something failed, until it is closed or the next thing is done. */
export const tellError = ({ message, hint }: ErrorData): void =>
  void toast.error(asButtons(message), { ...failure, description: hint && asButtons(hint) })

/** Takes back what was said of a failure. */
export const forgetError = (): void => void toast.dismiss(failure.id)
