import {
  BrowserWindow,
  ipcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type WebContents,
} from 'electron'
import { AppError } from '../../shared/errors.ts'
import type { Reply, Transport } from '../../shared/rpc.ts'
import { appOrigin } from './app-origin.ts'
import { createBatcher } from './batch-events.ts'
import { clipReply } from './clip-reply.ts'
import { isJson } from './is-json.ts'

/** Longer than the name of any call, and short enough to be repeated in a message. */
const longestName = 100

/**
 * Serves the core, which may still be opening, to the app's own windows. `onListening` is told of each page that
 * listens from now on.
 */
export function serveWindows(core: Promise<Transport>, onListening: () => void): void {
  ipcMain.handle('call', async (event, name: unknown, input: unknown): Promise<Reply> => {
    // Before anything of the message is looked at.
    if (!isOwnPage(event)) throw new AppError('invalid', 'Only the window of Paddock may call.')
    if (typeof name !== 'string' || name.length > longestName)
      return refuse('The name of a call is a short text.')
    if (!isJson(input)) return refuse(`${name}: what a call is given has to be JSON.`)
    return clipReply(await (await core).call(name, input))
  })
  ipcMain.on('listening', async (event) => {
    if (!isOwnPage(event)) return
    const opened = await core
    if (event.sender.isDestroyed()) return
    feed(event.sender, opened)
    onListening()
  })
}

/** Whether a message comes from the top frame of a window of the app, with the app's own page in it. */
export function isOwnPage({ sender, senderFrame }: IpcMainInvokeEvent | IpcMainEvent): boolean {
  try {
    if (!senderFrame || sender.isDestroyed() || !BrowserWindow.fromWebContents(sender)) return false
    // One frame can have several objects that stand for it; its number is its own.
    const isTop =
      senderFrame.parent === null && senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId
    return isTop && senderFrame.origin === appOrigin && senderFrame.url.startsWith(`${appOrigin}/`)
  } catch {
    // The frame went away while it was asked.
    return false
  }
}

/** Pages that are sent events, each with what ends that. */
const fed = new WeakMap<WebContents, () => void>()

/** Sends a page all events from now on; the next batch waits until the page has taken the last one. */
function feed(contents: WebContents, core: Transport): void {
  // A page that was loaded anew.
  fed.get(contents)?.()
  let taken = () => {}
  const batcher = createBatcher(async (batch) => {
    const isTaken = new Promise<void>((resolve) => (taken = resolve))
    contents.send('events', batch)
    await isTaken
  })
  const onTaken = (event: IpcMainEvent) => {
    if (isOwnPage(event)) taken()
  }
  contents.ipc.on('taken', onTaken)
  const stopListening = core.listen(batcher.push)
  const stop = () => {
    stopListening()
    batcher.stop()
    contents.off('destroyed', stop)
    if (!contents.isDestroyed()) contents.ipc.off('taken', onTaken)
  }
  contents.once('destroyed', stop)
  fed.set(contents, stop)
}

const refuse = (message: string): Reply => ({
  ok: false,
  error: new AppError('invalid', message, { hint: 'Nothing was done. Open the window again.' }).toJSON(),
})
