import { randomBytes } from 'node:crypto'
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { Reply, Transport } from '../../shared/rpc.ts'
import { clipReply } from './clip-reply.ts'
import { createEventStreams, type EventStreams, type StreamLimits } from './event-streams.ts'
import { judgeRequest, type Gate, type Refusal } from './guard-request.ts'
import { pageHeaders } from './page-headers.ts'
import { readCall } from './read-call.ts'
import { readServedFiles, type ServedFile } from './serve-files.ts'
import { createTickets, type Tickets } from './tickets.ts'

/** What a request may cost: bytes, and milliseconds. */
export type WebLimits = StreamLimits & {
  readonly headers: number
  readonly body: number
  /** Until the whole request is there. */
  readonly requestTime: number
  /** Until its headers are there. */
  readonly headerTime: number
  /** That a connection may stay open between two requests. */
  readonly idleTime: number
  /** That a reader may take nothing of an answer. */
  readonly readTime: number
  readonly connections: number
  /** That an address which works once is good for. */
  readonly ticketTime: number
}

const usual: WebLimits = {
  headers: 8192,
  // Four documents of the largest size, with what base64 adds to them.
  body: 64 * 2 ** 20,
  requestTime: 30_000,
  headerTime: 5000,
  idleTime: 10_000,
  readTime: 60_000,
  connections: 64,
  ticketTime: 60_000,
  // A browser opens six connections to one host; with more streams its calls would wait for ever.
  streams: 5,
  kept: 4_000_000,
  heartbeat: 15_000,
}

/** What a browser host serves, and where. */
export type WebOptions = {
  readonly transport: Transport
  /** Where the built page is. */
  readonly folder: string
  /** Any that is free where absent. */
  readonly port?: number
  readonly limits?: Partial<WebLimits>
}

/** A running browser host. `address` opens the window: it has the token. */
export type WebHost = {
  readonly origin: string
  readonly token: string
  readonly address: string
  /** An address that opens the window once: for where others can read it, as in the list of processes. */
  issueAddress(): string
  stop(): Promise<void>
}

type Host = {
  readonly gate: Gate
  readonly files: ReadonlyMap<string, ServedFile>
  readonly transport: Transport
  readonly streams: EventStreams
  readonly tickets: Tickets
  readonly limits: WebLimits
}

/**
 * Serves the window and the core to browsers of this machine. Throws `unavailable` for a port that cannot be had, and
 * where no page is built.
 */
export async function serveWeb({ transport, folder, port = 0, limits: own }: WebOptions): Promise<WebHost> {
  const files = readServedFiles(folder)
  const limits = { ...usual, ...own }
  const server = createServer({
    maxHeaderSize: limits.headers,
    headersTimeout: limits.headerTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.idleTime,
    connectionsCheckingInterval: Math.min(1000, limits.headerTime / 4),
    insecureHTTPParser: false,
    // Ours to refuse, with our headers.
    requireHostHeader: false,
  })
  server.maxConnections = limits.connections
  server.timeout = limits.readTime
  // As browsers write it: without the port that HTTP has by itself.
  const { origin } = new URL(`http://127.0.0.1:${await listen(server, port)}`)
  const token = randomBytes(32).toString('base64url')
  const gate: Gate = { origin, token, isFile: (target) => files.has(target), maximumBody: limits.body }
  const streams = createEventStreams(transport, limits)
  const tickets = createTickets(limits.ticketTime)
  const host: Host = { gate, files, transport, streams, tickets, limits }
  const answer = (request: IncomingMessage, response: ServerResponse) => void serve(host, request, response)
  server.on('request', answer).on('checkContinue', answer).on('checkExpectation', answer)
  server.on('clientError', refuseBroken)
  const stop = async () => {
    streams.stop()
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  const issueAddress = () => origin + tickets.issue()
  return { origin, token, address: origin + pageOf(token), issueAddress, stop }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Whatever comes after the first is of one connection, and ends no other.
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program has it' : error.message
      reject(
        new AppError('unavailable', `Port ${port} cannot be listened on: ${why}.`, {
          hint: 'Name another with --port, or none: any free one is taken then.',
        }),
      )
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () =>
      resolve((server.address() as AddressInfo).port),
    )
  })
}

const pageOf = (token: string): string => `/#token=${token}`

async function serve(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '', rawHeaders } = request
  // Whoever goes before the answer is there is nobody's fault.
  request.on('error', () => {})
  response.on('error', () => {})
  const route = judgeRequest({ method, target: url, rawHeaders }, host.gate)
  switch (route.kind) {
    case 'refusal':
      return refuse(request, response, route)
    case 'file': {
      const { body, type, cache } = host.files.get(route.target)!
      response.writeHead(200, {
        ...pageHeaders,
        'content-type': type,
        'content-length': body.length,
        'cache-control': cache,
      })
      return void response.end(body)
    }
    case 'ticket': {
      if (!host.tickets.redeem(route.target)) return refuse(request, response, usedTicket)
      response.writeHead(302, {
        ...pageHeaders,
        location: pageOf(host.gate.token),
        'cache-control': 'no-store',
      })
      return void response.end()
    }
    case 'events':
      request.socket.setTimeout(0)
      if (host.streams.open(response, route.after)) return
      return sendReply(response, 503, { ok: false, error: tooManyStreams })
    case 'call':
      return serveCall(host, route.name, request, response)
  }
}

async function serveCall(
  { transport, limits }: Host,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const input = await readCall(request)
    // A call may take as long as a run does.
    request.socket.setTimeout(0)
    const reply = clipReply(await transport.call(name, input))
    request.socket.setTimeout(limits.readTime)
    sendReply(response, 200, reply)
  } catch (error) {
    const failure = AppError.from(error)
    if (!request.complete) response.destroy()
    else sendReply(response, failure.code === 'invalid' ? 400 : 500, { ok: false, error: failure.toJSON() })
  }
}

const usedTicket: Refusal = {
  kind: 'refusal',
  status: 404,
  error: {
    code: 'not-found',
    message: 'This address was used already, or is too old.',
    hint: 'Open the address that `paddock serve` printed. If you did not use it, somebody else did: start it anew.',
  },
}

const tooManyStreams: ErrorData = {
  code: 'unavailable',
  message: 'Paddock is open in as many tabs as it can serve.',
  hint: 'Close another tab of it, or run `paddock serve` once more.',
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, error, known }: Refusal): void {
  // The page has to hear why, so what it sends is read and thrown away; from strangers nothing is read.
  if (known) request.resume()
  else response.shouldKeepAlive = false
  sendReply(response, status, { ok: false, error })
}

function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  const body = JSON.stringify(reply)
  response.writeHead(status, replyHeaders(body))
  response.end(body)
}

const replyHeaders = (body: string): Record<string, string | number> => ({
  ...pageHeaders,
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
  'cache-control': 'no-store',
})

/** What is not HTTP, or not in time, has no request to answer. */
function refuseBroken(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = statusOf[fault.code ?? ''] ?? 400
  const error: ErrorData = {
    code: 'invalid',
    message: `The request was not served: ${STATUS_CODES[status]}.`,
  }
  const body = JSON.stringify({ ok: false, error } satisfies Reply)
  const headers = Object.entries({ ...replyHeaders(body), connection: 'close' })
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy())
}

const statusOf: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}
