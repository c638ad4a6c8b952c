import type { CallbackResponse, OnBeforeRequestListenerDetails, Protocol, Session } from 'electron'
import { Emitter } from './emitter.ts'
import type { Records } from './records.ts'

type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  decide: (response: CallbackResponse) => void,
) => void

/** What of `protocol` and of a session's `webRequest` Paddock uses. */
export type UsedProtocol = Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>
type UsedWebRequest = { onBeforeRequest(listener: BeforeRequest | null): void }
/** What of a session Paddock uses. */
export type UsedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'on'
> & { protocol: Pick<Protocol, 'handle'>; webRequest: UsedWebRequest }

/** Rules of a session: handlers are kept, and asked where a page of the stand-in requests something. */
export class StandInSession extends Emitter implements UsedSession {
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>()
  beforeRequest: BeforeRequest | undefined
  readonly #records: Records

  constructor(records: Records) {
    super()
    this.#records = records
  }

  readonly protocol = {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => {
      this.#records.privilegedSchemes.push(...schemes)
    },
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => {
      if (this.schemes.has(scheme)) throw new Error(`${scheme} is handled already`)
      this.schemes.set(scheme, handler)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null): void => {
      this.beforeRequest = listener ?? undefined
    },
  }

  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) => {
    this.#records.permissionRequest = handler ?? undefined
  }
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) => {
    this.#records.permissionCheck = handler ?? undefined
  }
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) => {
    this.#records.devicePermission = handler ?? undefined
  }
  setDisplayMediaRequestHandler: Session['setDisplayMediaRequestHandler'] = (handler) => {
    this.#records.displayMedia = handler
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.#records.isSpellCheckerEnabled = isEnabled
  }

  /** Whether the app's rules cancel a request. */
  isCancelled(url: string, method = 'GET'): boolean {
    let isCancelled = false
    this.beforeRequest?.({ url, method } as OnBeforeRequestListenerDetails, ({ cancel }) => {
      isCancelled = cancel === true
    })
    return isCancelled
  }

  /** What the app's protocol handler answers. */
  async fetch(url: string, method = 'GET'): Promise<Response> {
    const handler = this.schemes.get(new URL(url).protocol.slice(0, -1))
    if (!handler) throw new Error(`No handler for ${url}`)
    return handler(new Request(url, { method }))
  }
}
