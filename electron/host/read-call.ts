import type { IncomingMessage } from 'node:http'
import { AppError } from '../../shared/errors.ts'

/** Reads the input of a call from a request's body, whose declared length was judged. Throws `invalid`. */
export async function readCall(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  const body = parse(Buffer.concat(pieces))
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError('invalid', 'The body of a call is an object: {"input": ...}.')
  const strange = Object.keys(body).find((key) => key !== 'input')
  if (strange !== undefined)
    throw new AppError('invalid', `The body of a call has no key ${JSON.stringify(strange)}.`)
  return (body as { input?: unknown }).input
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new AppError('invalid', 'The body of the call is not JSON in UTF-8.')
  }
}
