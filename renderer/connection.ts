/** How the window stands to its core. `lost`: trying again by itself; `refused`: it never will. */
export type Connection = 'open' | 'lost' | 'refused'

type Listener = (connection: Connection) => void

let current: Connection = 'open'
const listeners = new Set<Listener>()

/** Tells of every change of the connection, beginning with how it is now. */
export function onConnection(listener: Listener): () => void {
  listeners.add(listener)
  listener(current)
  return () => listeners.delete(listener)
}

/** For transports: says how the connection is. */
export function setConnection(connection: Connection): void {
  if (connection === current) return
  current = connection
  for (const listener of listeners) listener(connection)
}
