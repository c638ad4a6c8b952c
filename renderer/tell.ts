import { toast } from 'sonner'
import type { ErrorData } from '../shared/errors.ts'

/** Says that something was done. Never for something that needs a decision. */
export const tell = (message: string): void => void toast(message)

/** Says that something failed, until it is closed. */
export const tellError = ({ message, hint }: ErrorData): void =>
  void toast.error(message, { description: hint, duration: Infinity })
