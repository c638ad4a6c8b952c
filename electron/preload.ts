import { contextBridge, ipcRenderer } from 'electron'
import type { Listener, Reply, Transport } from '../shared/rpc.ts'

const listeners = new Set<Listener>()
let hasTold = false

ipcRenderer.on('events', (_event, batch: readonly (readonly [name: string, payload: unknown])[]) => {
  try {
    for (const [name, payload] of batch) for (const listener of listeners) listener(name, payload)
  } finally {
    ipcRenderer.send('taken')
  }
})

contextBridge.exposeInMainWorld('paddock', {
  call: (name, input) => ipcRenderer.invoke('call', name, input) as Promise<Reply>,
  listen: (listener) => {
    listeners.add(listener)
    // Once in a page's life: from then on it is sent everything.
    if (!hasTold) ipcRenderer.send('listening')
    hasTold = true
    return () => listeners.delete(listener)
  },
} satisfies Transport)
