/** Names under which page and stand-in find each other. */
export const toApp = '__standInToApp'
export const toPage = '__standInToPage'

/**
 * A script for the page that runs the preload as Electron would: with a `require` that knows `electron` only, and a
 * context bridge that clones whatever passes, in both directions, and stands between functions.
 */
export const preloadScript = (preload: string): string => `(() => {
  if (window !== window.top) return
  const send = window[${JSON.stringify(toApp)}]
  const listeners = new Map()
  const ipcRenderer = {
    invoke: async (channel, ...args) => {
      const { value, error } = await send({ kind: 'invoke', channel, args: structuredClone(args) })
      if (error !== undefined) throw new Error("Error invoking remote method '" + channel + "': " + error)
      return value
    },
    send: (channel, ...args) => void send({ kind: 'send', channel, args: structuredClone(args) }),
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    off: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((other) => other !== listener))
      return ipcRenderer
    },
  }
  Object.defineProperty(window, ${JSON.stringify(toPage)}, {
    value: ({ channel, args }) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  })
  const cross = (value) => {
    if (typeof value === 'function') return (...args) => cross(value(...args.map(cross)))
    if (value instanceof Promise) return value.then(cross, (error) => { throw new Error(error.message) })
    if (Array.isArray(value)) return value.map(cross)
    if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cross(part)]))
    return structuredClone(value)
  }
  const contextBridge = {
    exposeInMainWorld: (name, api) => {
      if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
      Object.defineProperty(window, name, { value: Object.freeze(cross(api)), enumerable: true })
    },
  }
  const require = (name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name)
    return { contextBridge, ipcRenderer }
  }
  ;((require, module, exports, process) => {${preload}
})(require, { exports: {} }, {}, undefined)
})()`
