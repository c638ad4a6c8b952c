import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import type { Redact } from '../log/redactor.ts'

/** What went wrong with a call, by what can be done about it. */
export type ModelErrorKind =
  | 'refused'
  | 'dropped'
  | 'stalled'
  | 'loading'
  | 'busy'
  | 'cut'
  | 'context'
  | 'key'
  | 'missing'
  | 'server'
  | 'malformed'

/** Tokens of a prompt that did not fit, and of the window it was meant for. */
export type Overflow = { prompt: number; window: number }

type Options = {
  hint: string
  cause?: unknown
  transient?: boolean
  retryAfterMs?: number | null
  overflow?: Overflow | null
}

const kinds: Record<ModelErrorKind, { code: ErrorCode; transient: boolean }> = {
  refused: { code: 'unavailable', transient: true },
  dropped: { code: 'unavailable', transient: true },
  stalled: { code: 'unavailable', transient: true },
  loading: { code: 'unavailable', transient: true },
  busy: { code: 'unavailable', transient: true },
  cut: { code: 'unavailable', transient: true },
  malformed: { code: 'unavailable', transient: true },
  server: { code: 'invalid', transient: false },
  context: { code: 'invalid', transient: false },
  key: { code: 'invalid', transient: false },
  missing: { code: 'not-found', transient: false },
}

/** A call to the model that came to nothing. */
export class ModelError extends AppError {
  readonly kind: ModelErrorKind
  /** Whether the same call may succeed when it is made again. */
  readonly transient: boolean
  /** How long the server asked to be left alone; null where it did not say. */
  readonly retryAfterMs: number | null
  /** The figures of a `context` error, where the server gave them. */
  readonly overflow: Overflow | null

  constructor(kind: ModelErrorKind, message: string, options: Options) {
    super(kinds[kind].code, message, options)
    this.kind = kind
    this.transient = options.transient ?? kinds[kind].transient
    this.retryAfterMs = options.retryAfterMs ?? null
    this.overflow = options.overflow ?? null
  }
}

/** The same failure without secrets in its words: a server may repeat what it was sent, or say what it was set to. */
export function withoutSecrets(error: unknown, redact: Redact): unknown {
  if (!(error instanceof ModelError)) return error
  const { kind, hint = '', transient, retryAfterMs, overflow } = error
  const message = redact(error.message)
  // The cause would have them still.
  return message === error.message
    ? error
    : new ModelError(kind, message, { hint, transient, retryAfterMs, overflow })
}

const unreachable = new Set(['ECONNREFUSED', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND'])
const broken = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ETIMEDOUT'])

/** Says what a failure between us and the server at `base` is; what Paddock threw itself stays what it is. */
export function toModelError(error: unknown, base: string): AppError {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof AppError) return at
    const code = 'code' in at && typeof at.code === 'string' ? at.code : ''
    if (unreachable.has(code)) return refused(base, error)
    if (broken.has(code)) return dropped(base, error)
    if (code.startsWith('HPE_') || code === 'EPROTO' || code.includes('SSL') || code.includes('CERT'))
      return notHttp(base, at.message, error)
  }
  return AppError.from(error)
}

function refused(base: string, cause: unknown): ModelError {
  const port = new URL(base).port || '80'
  return new ModelError('refused', `No server answers at ${base}.`, {
    hint: `Start it: llama-server -m MODEL.gguf --host 127.0.0.1 --port ${port}. Or set OPENAI_API_BASE to where it is, or llama_server.model to a model file, and Paddock starts it.`,
    cause,
  })
}

function dropped(base: string, cause: unknown): ModelError {
  return new ModelError('dropped', `The connection to ${base} broke before the answer was complete.`, {
    hint: 'See whether the server is still running, and what it wrote last: it may have run out of memory.',
    cause,
  })
}

function notHttp(base: string, what: string, cause: unknown): ModelError {
  return new ModelError('malformed', `What listens at ${base} does not speak as expected: ${what}`, {
    hint: 'Set OPENAI_API_BASE to the address of the model server, with http:// or https:// as it has it.',
    transient: false,
    cause,
  })
}
