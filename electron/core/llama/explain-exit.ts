import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import type { Exit } from './server-process.ts'

/** A llama-server that ended before it was ready. */
export type FailedStart = {
  readonly exit: Exit
  /** What it wrote, without secrets. */
  readonly lines: readonly string[]
  readonly model: string
  /** Where it was to listen, as `HOST:PORT`. */
  readonly address: string
}

type Explanation = {
  readonly said: RegExp
  readonly code: ErrorCode
  readonly message: (start: FailedStart, match: RegExpExecArray) => string
  readonly hint: string
}

/** What is said of an address, as `HOST:PORT`, at which something else listens. */
export const portTaken = {
  code: 'conflict',
  message: ({ address }: { address: string }) => `Another program listens at ${address} already.`,
  hint: 'End that program, or set OPENAI_API_BASE to another port.',
} as const

/** By what the server says, the more telling words first. */
const explanations: readonly Explanation[] = [
  { said: /couldn't bind|address already in use/i, ...portTaken },
  {
    said: /setpriv: failed to execute/,
    code: 'unavailable',
    message: () => 'The program of llama_server.binary could not be started.',
    hint: 'See whether it is a llama-server for this machine.',
  },
  {
    said: /invalid argument: (\S+)|error while handling argument "([^"]*)"/,
    code: 'invalid',
    message: (_, [, unknown, wrong]) => `llama-server does not take the argument ${unknown ?? wrong}.`,
    hint: 'Correct llama_server.extra_args, or install a newer llama.cpp.',
  },
  {
    said: /out of memory|failed to allocate|unable to allocate|cudaMalloc failed|bad_alloc/i,
    code: 'unavailable',
    message: ({ model }) => `There is not enough memory for the model ${model}.`,
    hint: 'Set llama_server.ctx_size, slots or gpu_layers lower, or choose a smaller model.',
  },
  {
    said: /GGUF file|magic|file bounds|unknown model architecture|model loading error|failed to load model/i,
    code: 'invalid',
    message: ({ model }) => `llama-server cannot load the model ${model}.`,
    hint: 'Get the file anew, choose another model, or install a newer llama.cpp.',
  },
]

/** Says why a llama-server ended, in words for people, with the last that it wrote. */
export function explainExit(start: FailedStart): AppError {
  const { exit, lines } = start
  const text = lines.join('\n')
  const options = (hint: string) => ({ hint: `${hint}${lastWords(lines)}`, cause: new Error(text) })
  for (const { said, code, message, hint } of explanations) {
    const match = said.exec(text)
    if (match) return new AppError(code, message(start, match), options(hint))
  }
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`
  const hint =
    exit.signal === 'SIGKILL'
      ? 'It may have taken too much memory: choose a smaller model, or set llama_server.ctx_size lower.'
      : 'Start it by hand to see what it says.'
  return new AppError('unavailable', `llama-server ended before it was ready (${how}).`, options(hint))
}

/** The end of what the server wrote, as part of a hint. */
export function lastWords(lines: readonly string[]): string {
  const last = lines.filter((line) => line.trim() !== '').slice(-3)
  return last.length === 0 ? '' : ` It wrote last: ${last.map((line) => line.slice(0, 300)).join(' | ')}`
}
