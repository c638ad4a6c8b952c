/** What a browser's Trusted Types make of a URL that code may be loaded from. */
type TrustedScriptUrl = string & { readonly trusted?: true }
type PolicyFactory = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): TrustedScriptUrl }
}

const ownScript = (url: string): string => {
  const { origin, pathname } = new URL(url, document.baseURI)
  const base = new URL('.', document.baseURI)
  const isOurs = origin === base.origin && pathname.startsWith(base.pathname) && pathname.endsWith('.js')
  if (!isOurs) throw new TypeError(`${url} is not a script of Paddock's own.`)
  return url
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
const policy = factory?.createPolicy('app-worker', { createScriptURL: ownScript })

/** The address of one of the app's own workers, as `new Worker` takes it; throws for any other script. */
export const workerUrl = (url: string): string => policy?.createScriptURL(url) ?? ownScript(url)
