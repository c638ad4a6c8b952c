import { BlockList, isIP } from 'node:net'
import { AppError } from '../../../shared/errors.ts'

/** Where the model server is: `base` is the root of its OpenAI-like calls, `root` of its own ones. */
export type Endpoint = { base: string; root: string; origin: string }

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether an IP address stays on this machine. */
export function isLoopback(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Takes an address of a model server apart. Anything that is not on this machine is refused. */
export function checkEndpoint(address: string): Endpoint {
  if (!URL.canParse(address)) throw refusal(`${JSON.stringify(address)} is not an address.`)
  const url = new URL(address)
  if (url.username || url.password)
    // The address itself is left out of the message: it holds a password.
    throw refusal(
      'The address of the model server has a user or password in it.',
      'Set OPENAI_API_KEY instead.',
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refusal(`${address} is not an http:// or https:// address.`)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (host !== 'localhost' && !isLoopback(host))
    throw refusal(
      `${address} is not on this machine (${host}), so your documents would leave it.`,
      'Paddock talks to a server on 127.0.0.1, [::1] or localhost. Forward a port if the model runs elsewhere.',
    )
  if (address.includes('?') || address.includes('#'))
    throw refusal(`${address} has a ? or # in it, where only a path can be.`)
  const base = url.origin + url.pathname.replace(/\/+$/, '')
  return { base, root: base.replace(/\/v1$/, ''), origin: url.origin }
}

function refusal(message: string, hint = 'Set OPENAI_API_BASE to something like http://127.0.0.1:8080/v1.') {
  return new AppError('invalid', message, { hint })
}
