import { counted } from '../../../shared/counted.ts'
import { describeError } from './describe-error.ts'
import { hidden, type Redact } from './redactor.ts'

/** Names of fields whose values are secrets whatever they look like; figures such as `tokens` are none. */
const secretName =
  /(?:authorization|cookies?|headers|pass(?:word|wd|phrase)|pwd|secrets?|token|api[-_]?key|(?:access|private)[-_]?key|credentials?)$/i

const deepest = 6

/** The same fields without secrets, at whatever depth: by the name of a field, and by what a text looks like. */
export function redactFields(fields: object, redact: Redact): object {
  return redactValue(fields, redact, 0) as object
}

function redactValue(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint' || typeof value === 'symbol') return redact(String(value))
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '...'
  if (ArrayBuffer.isView(value)) return counted(value.byteLength, 'byte')
  if (value instanceof Error) return redactValue(describeError(value), redact, depth + 1)
  if (Array.isArray(value)) return value.map((one) => redactValue(one, redact, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isSecret(name, one) ? hidden : redactValue(one, redact, depth + 1),
    ]),
  )
}

const isSecret = (name: string, value: unknown) =>
  secretName.test(name) && (typeof value === 'string' || (typeof value === 'object' && value !== null))
