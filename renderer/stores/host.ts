import { create, type StoreApi } from 'zustand'
import type { HostInfo, Theme } from '../../shared/host.ts'
import { api, onReset } from '../api.ts'
import { onConnection, type Connection } from '../connection.ts'

type Host = {
  readonly connection: Connection
  /** Null until the core has answered. */
  readonly info: HostInfo | null
}

/** Who serves the window, and whether it can be reached. */
export const useHost = create<Host>()(() => ({ connection: 'open', info: null }))

onConnection((connection) => useHost.setState({ connection }))

async function readInfo(): Promise<void> {
  try {
    useHost.setState({ info: await api.host.info() })
  } catch {
    // The connection's own state says that nobody answers.
  }
}

/** Opens the app's menu. */
export const openMenu = (): void => void api.host.menu().catch(() => {})

/** Has the window's own parts, such as its buttons, follow the page's theme. */
export const tellTheme = (theme: Theme): void => void api.host.theme({ theme }).catch(() => {})

const guards: (() => boolean)[] = []
const isUnsaved = (): boolean => guards.some((isLost) => isLost())
let hasTold = false

/** Has a person be asked before the page is left while something of a store would be lost. */
export function guardLeaving(store: Pick<StoreApi<unknown>, 'subscribe'>, isLost: () => boolean): void {
  guards.push(isLost)
  store.subscribe(tellUnsaved)
}
window.addEventListener('beforeunload', (event) => {
  if (isUnsaved()) event.preventDefault()
})

/** A desktop app asks before it ends what runs, and so before the page is asked whether it may go. */
function tellUnsaved(): void {
  if (useHost.getState().info?.kind !== 'desktop' || isUnsaved() === hasTold) return
  hasTold = isUnsaved()
  void api.host.unsaved({ is_unsaved: hasTold }).catch(() => {})
}
useHost.subscribe(tellUnsaved)

/** Runs a store's reading now, and again whenever events were missed or the core came back. */
export function readNowAndAgain(read: () => unknown): void {
  // Listening comes first: what happens between the two must not be missed.
  onReset(() => void read())
  void read()
  let wasLost = false
  onConnection((connection) => {
    if (connection === 'open' && wasLost) void read()
    wasLost = connection !== 'open'
  })
}
readNowAndAgain(readInfo)
