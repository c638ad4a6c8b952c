import { createRequire } from 'node:module'
import type * as Pino from 'pino'
import type { Settings } from '../../../shared/settings.ts'
import { explainFileError } from '../files/file-errors.ts'
import { redactFields } from './redact-fields.ts'
import { createRedactor } from './redactor.ts'
import { RotatingFile } from './rotating-file.ts'

/** DEBUG: each call, with figures. INFO: how far tasks are. WARNING: what needs no action. ERROR: what failed. */
type LogLevel = Settings['log_level']
/** Where the log is, and how much of it. */
export type LogOptions = {
  readonly level: LogLevel
  readonly file: string
  /** How large the file may grow before it is put aside. */
  readonly maxMegabytes: number
  /** How many files that were put aside are kept. */
  readonly filesKept: number
  /** Milliseconds that the first lines of all is well may wait, so that loading what writes them holds up no first call; 0 where absent. */
  readonly patience?: number
}
/** What a line carries beside its message; `err` is an error with its trace. */
export type LogFields = Readonly<Record<string, unknown>>

/** A log for people and their tools: JSON, a line each. Nothing here throws. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** Leaves one more secret out from now on. */
  hide(secret: string): void
  close(): Promise<void>
}

const names = { debug: 'DEBUG', info: 'INFO', warn: 'WARNING', error: 'ERROR' } as const
const order: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARNING', 'ERROR']

/**
 * Opens a log at its first line. No secret gets into it: the given ones, what looks like one, and fields of such names
 * are left out. A log that cannot be written says so once, as a warning of the process, and never fails its caller.
 */
export function openLog(options: LogOptions, secrets: readonly string[] = []): Log {
  const { level, file, maxMegabytes, filesKept, patience = 0 } = options
  const hidden = new Set(secrets)
  let redact = createRedactor(secrets)
  const target = new RotatingFile(file, { bytes: maxMegabytes * 2 ** 20, kept: filesKept })
  let logger: Pino.Logger | undefined
  const early: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  let hasWarned = false
  const guarded = (work: () => void) => {
    try {
      work()
    } catch (error) {
      if (!hasWarned) process.emitWarning(redact(explainFileError(error, `write the log ${file}`).message))
      hasWarned = true
    }
  }
  const write = (line: string) => guarded(() => target.write(line.replaceAll(steering, escape)))
  const flush = () => {
    clearTimeout(timer)
    for (const put of early.splice(0)) put()
  }
  const at = (method: keyof typeof names) => {
    if (order.indexOf(names[method]) < order.indexOf(level)) return () => {}
    return (message: string, fields: LogFields = {}) =>
      guarded(() => {
        const shown = redactFields(fields, redact)
        const time = new Date()
        const put = () => {
          logger ??= createLogger(write)
          logger[method]({ time, ...shown }, redact(message))
        }
        if (logger || patience === 0) return put()
        early.push(put)
        if (method === 'warn' || method === 'error') return flush()
        timer ??= setTimeout(() => guarded(flush), patience)
      })
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    hide(secret) {
      if (hidden.has(secret)) return
      hidden.add(secret)
      redact = createRedactor([...hidden])
    },
    close: async () =>
      guarded(() => {
        flush()
        target.close()
      }),
  }
}

// JSON leaves these as they are, and a log is looked at on a terminal.
const steering = /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029]/gu

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Loaded with the first line: it takes longer than all else that a short command does. */
function createLogger(write: (line: string) => void): Pino.Logger {
  const { pino } = createRequire(import.meta.url)('pino') as typeof Pino
  return pino(
    {
      level: 'debug',
      base: { pid: process.pid },
      messageKey: 'message',
      // Described already; pino's own would do it once more.
      serializers: { err: (described: unknown) => described },
      // Each line says when it happened, not when it was written.
      timestamp: false,
      formatters: { level: (label) => ({ level: names[label as keyof typeof names] }) },
    },
    { write },
  )
}
