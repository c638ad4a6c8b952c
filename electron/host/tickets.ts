import { randomBytes } from 'node:crypto'

/** Addresses of a host that work once, and not for long. */
export type Tickets = {
  /** The path of a new one. */
  issue(): string
  /** Whether a path is one that is still good; it is not any more afterwards. */
  redeem(target: string): boolean
}

/** Makes tickets that hold so many milliseconds. */
export function createTickets(lifetime: number): Tickets {
  const ends = new Map<string, number>()
  return {
    issue() {
      const target = `/open/${randomBytes(32).toString('base64url')}`
      ends.set(target, performance.now() + lifetime)
      return target
    },
    redeem(target) {
      const end = ends.get(target)
      ends.delete(target)
      return end !== undefined && performance.now() < end
    },
  }
}
