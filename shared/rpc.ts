import { z } from 'zod'
import { AppError, type ErrorData } from './errors.ts'

/** A call as it is declared: what goes in and what comes out. */
export type Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = { input: I; output: O }
/** Calls by domain and method. */
export type Calls = Record<string, Record<string, Call>>
/** Events by name. */
export type Events = Record<string, z.ZodType>

/** Declares one call: what it accepts and what it answers. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  input,
  output,
})

type Awaitable<T> = T | Promise<T>
type Argument<T> = [T] extends [void] ? [] : [input: T]

/** What the core implements: one object per domain, one method per call. */
export type Services<C extends Calls> = {
  [D in keyof C]: {
    [M in keyof C[D]]: (input: z.output<C[D][M]['input']>) => Awaitable<z.input<C[D][M]['output']>>
  }
}

/** What callers hold: the same shape, seen from the other side. */
export type Client<C extends Calls, E extends Events> = {
  [D in keyof C]: {
    [M in keyof C[D]]: (...input: Argument<z.input<C[D][M]['input']>>) => Promise<z.output<C[D][M]['output']>>
  }
} & { on: <N extends keyof E & string>(name: N, listener: (payload: z.output<E[N]>) => void) => () => void }

/** What crosses a transport in answer to a call. */
export type Reply = { ok: true; output?: unknown } | { ok: false; error: ErrorData }
/** Is told of every event. */
export type Listener = (name: string, payload: unknown) => void

/** A way to reach the core: in the same process, over Electron IPC, or over HTTP. */
export interface Transport {
  call(name: string, input: unknown): Promise<Reply>
  /** Returns the function that ends the listening. */
  listen(listener: Listener): () => void
}

/** Answers one call by name. Never throws: a failure is a reply. */
export async function answer<C extends Calls>(
  calls: C,
  services: Services<C>,
  name: string,
  input: unknown,
): Promise<Reply> {
  try {
    const [domain = '', method = '', ...rest] = name.split('.')
    const spec = rest.length === 0 ? own(own(calls, domain), method) : undefined
    if (!spec) throw new AppError('not-found', `There is no call named ${JSON.stringify(name)}.`)
    const parsed = spec.input.safeParse(input)
    if (!parsed.success) throw new AppError('invalid', `${name}: ${z.prettifyError(parsed.error)}`)
    const service = services[domain] as Record<string, (input: unknown) => Awaitable<unknown>>
    return { ok: true, output: spec.output.parse(await service[method]!(parsed.data)) }
  } catch (error) {
    return { ok: false, error: AppError.from(error).toJSON() }
  }
}

/** Builds the typed client of a contract over any transport. A failed call rejects with an AppError. */
export function createClient<C extends Calls, E extends Events>(
  calls: C,
  _events: E,
  transport: Transport,
): Client<C, E> {
  const client: Record<string, unknown> = {
    on: (name: string, listener: (payload: unknown) => void) =>
      transport.listen((event, payload) => {
        if (event === name) listener(payload)
      }),
  }
  for (const [domain, methods] of Object.entries(calls)) {
    client[domain] = Object.fromEntries(
      Object.keys(methods).map((method) => [
        method,
        async (input?: unknown) => open(await transport.call(`${domain}.${method}`, input)),
      ]),
    )
  }
  return client as Client<C, E>
}

function open(reply: Reply): unknown {
  if (reply.ok) return reply.output
  const { code, message, hint } = reply.error
  throw new AppError(code, message, hint === undefined ? {} : { hint })
}

function own<T extends object>(object: T | undefined, key: string): T[keyof T] | undefined {
  return object && Object.hasOwn(object, key) ? object[key as keyof T] : undefined
}
