import { createHash, timingSafeEqual } from 'node:crypto'
import type { ErrorCode, ErrorData } from '../../shared/errors.ts'

/** What a request says before its body. `rawHeaders`: names and values in turn, as they came. */
export type RequestHead = {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
}

/** What requests are held against: where the page is, what it may load, and what it knows. */
export type Gate = {
  readonly origin: string
  readonly isFile: (target: string) => boolean
  readonly token: string
  readonly maximumBody: number
}

/** A request that is not answered, and why. `known`: it came from the page itself, so it is worth hearing out. */
export type Refusal = {
  readonly kind: 'refusal'
  readonly status: number
  readonly error: ErrorData
  readonly known?: boolean
}

/** What a request asks for, once it may. */
export type Route =
  | { readonly kind: 'file' | 'ticket'; readonly target: string }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'events'; readonly after: string | undefined }

type Headers = ReadonlyMap<string, string>

/**
 * Judges a request by its head alone; nothing of its body is read before. Only the page itself, at this very address and
 * with the token, may call and listen: a name that was bound anew to this machine, another site, another port may not.
 */
export function judgeRequest({ method, target, rawHeaders }: RequestHead, gate: Gate): Route | Refusal {
  const headers = readHeaders(rawHeaders)
  if (!headers) return refuse(400, 'invalid', 'A header of the request stands there twice.')
  const strange = strangers.find((name) => headers.has(name))
  if (strange) return refuse(400, 'invalid', `Requests with the header ${strange} are not served.`)
  if (headers.get('host') !== new URL(gate.origin).host)
    return refuse(421, 'invalid', 'This is not the address that Paddock is served at.', {
      hint: `Open ${gate.origin}/ as it was printed.`,
    })
  const origin = headers.get('origin')
  if (origin !== undefined && origin !== gate.origin) return foreign
  if (gate.isFile(target)) return judgeOpening({ kind: 'file', target }, method, headers)
  if (target.startsWith('/open/')) return judgeOpening({ kind: 'ticket', target }, method, headers)
  const name = /^\/call\/([a-z_]+\.[a-z_]+)$/.exec(target)?.[1]
  if (name === undefined && target !== '/events')
    return refuse(404, 'not-found', 'There is nothing at this address.')
  if (method !== (name === undefined ? 'GET' : 'POST')) return wrongMethod
  // Browsers name the page's origin with every POST; with a GET of its own they do not.
  if (name !== undefined && origin === undefined) return foreign
  if (!isFromPage(headers)) return foreign
  if (!hasToken(headers.get('authorization'), gate.token))
    return refuse(401, 'invalid', 'The request does not have the token of this Paddock.', {
      hint: 'Open the address that `paddock serve` printed last.',
    })
  if (name === undefined) return { kind: 'events', after: headers.get('last-event-id') }
  return judgeBody(headers, gate.maximumBody) ?? { kind: 'call', name }
}

/** None of them comes from a browser's fetch; all change how a request is read. */
const strangers = ['transfer-encoding', 'upgrade', 'expect', 'content-encoding', 'trailer']

const foreign = refuse(403, 'invalid', 'The request came from another page than Paddock.')
const wrongMethod = refuse(405, 'invalid', 'This address is not asked in this way.')

function judgeOpening(route: Route, method: string, headers: Headers): Route | Refusal {
  if (method !== 'GET') return wrongMethod
  // A link to Paddock may stand anywhere: without the token the page shows nothing.
  const isOpened =
    headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
  return isOpened || isFromPage(headers) ? route : foreign
}

function isFromPage(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  return site === undefined || site === 'same-origin' || site === 'none'
}

function judgeBody(headers: Headers, maximum: number): Refusal | null {
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(headers.get('content-type') ?? ''))
    return refuse(415, 'invalid', 'A call is sent as application/json.')
  const length = headers.get('content-length') ?? ''
  if (!/^[0-9]{1,15}$/.test(length)) return refuse(411, 'invalid', 'A call says how long it is.')
  if (Number(length) <= maximum) return null
  const megabytes = Math.floor(maximum / 2 ** 20)
  return refuse(413, 'invalid', `What was sent is larger than ${megabytes} MB.`, {
    hint: 'Send fewer or smaller documents.',
    known: true,
  })
}

/** Null where a header stands there twice: programs differ in which of the two they take. */
function readHeaders(raw: readonly string[]): Headers | null {
  const headers = new Map<string, string>()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase()
    if (headers.has(name)) return null
    headers.set(name, raw[at + 1]!)
  }
  return headers
}

/** Takes as long for a token that is nearly right as for any other. */
function hasToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(hashOf(authorization ?? ''), hashOf(`Bearer ${token}`))
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

function refuse(
  status: number,
  code: ErrorCode,
  message: string,
  { hint, known = false }: { hint?: string; known?: boolean } = {},
): Refusal {
  return { kind: 'refusal', status, known, error: { code, message, ...(hint ? { hint } : {}) } }
}
