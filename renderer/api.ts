import { calls, events } from '../shared/contract.ts'
import { createClient, type Transport } from '../shared/rpc.ts'
import { setConnection } from './connection.ts'
import { createHttpTransport } from './http-transport.ts'

declare global {
  interface Window {
    /** What Electron's preload gives the page; absent in a browser. */
    readonly paddock?: Transport
  }
}

/** The token stands in the address once, then only in this tab's memory: a reload works, a copied address does not. */
function takeToken(): string {
  const found = new URLSearchParams(location.hash.slice(1)).get('token')
  if (found) {
    sessionStorage.setItem('paddock.token', found)
    history.replaceState(null, '', location.pathname + location.search)
  }
  return found ?? sessionStorage.getItem('paddock.token') ?? ''
}

// The address of a Paddock that was started anew differs from this page's in its token only: browsers open that in place.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) location.reload()
})

const transport = window.paddock ?? createHttpTransport({ token: takeToken(), onConnection: setConnection })

/** The core, as the window reaches it: over Electron's bridge or over HTTP. */
export const api = createClient(calls, events, transport)

/** Tells when events were missed, so that what was read before has to be read anew. */
export const onReset = (listener: () => void): (() => void) =>
  transport.listen((name) => {
    if (name === 'reset') listener()
  })
