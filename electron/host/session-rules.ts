import type { Session } from 'electron'
import { appPage } from './app-origin.ts'

/** Takes from pages whatever a page could ask of the system or of the network. */
export function restrictSession(session: Session, isDevelopment: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isAllowed(url, isDevelopment) }))
}

/** Whether a page may ask for an address: its own files, and in development the developer tools'. */
export function isAllowed(url: string, isDevelopment: boolean): boolean {
  return url.startsWith(appPage) || (isDevelopment && url.startsWith('devtools://'))
}
