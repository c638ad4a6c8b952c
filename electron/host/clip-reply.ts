import type { Reply } from '../../shared/rpc.ts'

/** Characters of a message or a hint: more than any has that was written by a person. */
const longest = 2000

/** A reply whose error repeats no more of what it was given than a person can read. */
export function clipReply(reply: Reply): Reply {
  if (reply.ok) return reply
  const { code, message, hint } = reply.error
  return {
    ok: false,
    error: { code, message: clip(message), ...(hint === undefined ? {} : { hint: clip(hint) }) },
  }
}

const clip = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
