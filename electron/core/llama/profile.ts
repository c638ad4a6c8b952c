import type { Settings } from '../../../shared/settings.ts'
import type { Endpoint } from '../llm/endpoint.ts'

/** How a llama-server is started: settings of the same name. */
export type ServerProfile = Settings['llama_server']

/**
 * The arguments of a llama-server that listens where the endpoint is. The number of slots is always given: left to
 * itself, the server divides the context among four. The API key is no argument, for every user of the machine sees those.
 */
export function serverArguments(profile: ServerProfile, endpoint: Endpoint): string[] {
  const { model, hf, gpu_layers, ctx_size, slots, extra_args } = profile
  const { host, port } = addressOf(endpoint)
  const prefix = new URL(endpoint.root).pathname.replace(/\/$/, '')
  return [
    ...(model === null ? ['-hf', hf] : ['-m', model]),
    ...['-ngl', String(gpu_layers)],
    ...['--ctx-size', String(ctx_size * slots)],
    ...['--parallel', String(slots)],
    ...['--host', host],
    ...['--port', String(port)],
    ...(prefix ? ['--api-prefix', prefix] : []),
    ...extra_args,
  ]
}

/** Where an endpoint's server listens. */
export function addressOf({ origin }: Endpoint): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(origin)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return { host, port: port ? Number(port) : protocol === 'https:' ? 443 : 80 }
}

/** Whether an argument gives the key away to everyone who lists the processes of the machine. */
export const isKeyArgument = (argument: string): boolean => /^--api-key(?:=|$)/.test(argument)

/** The same start as a line to paste into a shell. No key is in it: the server reads LLAMA_API_KEY itself. */
export function startCommand(
  profile: ServerProfile,
  endpoint: Endpoint,
  platform: NodeJS.Platform = process.platform,
): string {
  const args = serverArguments(profile, endpoint).flatMap((argument, index, all) =>
    isKeyArgument(argument) || all[index - 1] === '--api-key' ? [] : [argument],
  )
  const quote = platform === 'win32' ? quoteForWindows : quoteForShell
  return [profile.binary, ...args].map(quote).join(' ')
}

const plain = /^[\w@%+=:,./-]+$/

const quoteForShell = (text: string) => (plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

const quoteForWindows = (text: string) =>
  plain.test(text) || /^[A-Za-z]:[\w\\./-]+$/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`
