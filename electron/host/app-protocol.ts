import { protocol, type Protocol } from 'electron'
import { appOrigin, appScheme } from './app-origin.ts'
import { pageHeaders } from './page-headers.ts'
import { readServedFiles, type ServedFile } from './serve-files.ts'

/** Makes `app:` a scheme like `https:`, with an origin and workers; has to be said before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** Serves the built page's own files, and nothing else, under the app's origin; throws `unavailable` where nothing is built. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  const files = readServedFiles(folder)
  protocol.handle(appScheme, (request) => answerRequest(request, files))
}

/** The answer to a request of a page. */
function answerRequest({ method, url }: Request, files: ReadonlyMap<string, ServedFile>): Response {
  if (method !== 'GET') return refuse(405)
  if (!url.startsWith(`${appOrigin}/`)) return refuse(404)
  // As it was asked for: only names that the build made are known, so nothing has to be decoded or resolved.
  const [address = ''] = url.slice(appOrigin.length).split(/[?#]/)
  const file = files.get(address)
  if (!file) return refuse(404)
  const headers = { ...pageHeaders, 'content-type': file.type, 'cache-control': file.cache }
  return new Response(new Uint8Array(file.body), { headers })
}

const refuse = (status: number) =>
  new Response('', { status, headers: { ...pageHeaders, 'content-type': 'text/plain' } })
