import { BlockList, isIP } from 'node:net'
import { AppError } from '../../../shared/errors.ts'

/** Where the model server is: `base` is the root of its OpenAI-like calls, `root` of its own ones. */
export type Endpoint = {
  base: string
  root: string
  origin: string
  /** Not on this machine: the person has permitted its host by name. */
  isRemote: boolean
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether an IP address stays on this machine. */
export function isLoopback(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Takes an address of a model server apart. Whatever is not on this machine is refused, but for hosts that are permitted
 * by exactly their name.
 */
export function checkEndpoint(address: string, allowedHosts: readonly string[] = []): Endpoint {
  if (!URL.canParse(address)) throw refusal(`${JSON.stringify(address)} is not an address.`)
  const url = new URL(address)
  if (url.username || url.password)
    // The address itself is left out of the message: it holds a password.
    throw refusal(
      'The address of the model server has a user or password in it.',
      'Set openai_api_key instead, or the variable LLAMA_API_KEY.',
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refusal(`${address} is not an http:// or https:// address.`)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isRemote = host !== 'localhost' && !isLoopback(host)
  if (isRemote && !allowedHosts.some((allowed) => allowed.toLowerCase() === host))
    throw refusal(
      `${url.origin} is not on this machine (${host}), so your documents would leave it.`,
      `Paddock talks to a server on 127.0.0.1, [::1] or localhost. If you permit ${host}, name it in your own config.yaml: allowed_hosts: ["${host}"]. Or forward a port of this machine to it.`,
    )
  if (address.includes('?') || address.includes('#'))
    // What comes after it may be a key.
    throw refusal(
      `The address of the model server at ${url.origin} has a ? or # in it, where only a path can be.`,
    )
  const base = url.origin + url.pathname.replace(/\/+$/, '')
  return { base, root: base.replace(/\/v1$/, ''), origin: url.origin, isRemote }
}

function refusal(message: string, hint = 'Set OPENAI_API_BASE to something like http://127.0.0.1:8080/v1.') {
  return new AppError('invalid', message, { hint })
}
