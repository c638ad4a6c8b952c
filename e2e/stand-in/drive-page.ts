import { readFileSync } from 'node:fs'
import type { BrowserContext, Frame, Page, Route } from 'playwright'
import { preloadScript, toApp, toPage } from './bridge.ts'
import type { StandIn } from './electron.ts'
import { createFrame, type UsedFrame } from './frame.ts'
import type { PageDriver, StandInWindow } from './window.ts'

/** Chromium does not know `app:`: in its address bar the app's origin has this name. Nothing is ever asked there. */
export const shownOrigin = 'https://paddock.stand-in'
const appOrigin = 'app://paddock'

const shown = (url: string) => (url.startsWith(appOrigin) ? shownOrigin + url.slice(appOrigin.length) : url)
const meant = (url: string) => (url.startsWith(shownOrigin) ? appOrigin + url.slice(shownOrigin.length) : url)

type Message = { kind: 'invoke' | 'send'; channel: string; args: unknown[] }

/** Shows a window's page in Chromium, and carries what passes between page and app. */
export function drivePage(
  window: StandInWindow,
  { context, standIn, opened }: { context: BrowserContext; standIn: () => StandIn; opened(page: Page): void },
): PageDriver {
  const { webContents: contents } = window
  const frames = new WeakMap<Frame, UsedFrame>()
  const ready = open()
  let isLoading = false
  let pressing: Promise<void> = Promise.resolve()
  let answering: Promise<void> = Promise.resolve()

  /** A frame as the app sees it at this moment; null where it is gone. */
  const frameOf = (frame: Frame, page: Page): UsedFrame | null => {
    if (frame.isDetached()) return null
    const isTop = frame === page.mainFrame()
    const known = frames.get(frame) ?? (isTop ? contents.mainFrame : createFrame())
    frames.set(frame, known)
    const parent = frame.parentFrame()
    return createFrame({
      url: meant(frame.url()),
      parent: parent && frameOf(parent, page),
      frameTreeNodeId: known.frameTreeNodeId,
    })
  }

  async function open(): Promise<Page> {
    const page = await context.newPage()
    await page.exposeBinding(toApp, async ({ frame }, { kind, channel, args }: Message) => {
      const sender = frameOf(frame, page)
      if (kind === 'send') return standIn().message(contents, sender, channel, ...args)
      try {
        return { value: await standIn().invoke(contents, sender, channel, ...args) }
      } catch (error) {
        return { error: String(error) }
      }
    })
    const { preload } = window.options.webPreferences ?? {}
    if (preload) await page.addInitScript({ content: preloadScript(readFileSync(preload, 'utf8')) })
    await page.route('**/*', (route) => answer(route, page))
    page.on('popup', (popup) => {
      const decision = contents.windowOpenHandler?.({ url: popup.url() } as never)
      if (decision?.action !== 'allow') void popup.close()
    })
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') return
      const mayGo = contents.emitPreventable('will-prevent-unload')
      answering = (mayGo ? dialog.accept() : dialog.dismiss()).catch(() => {})
    })
    page.on('download', (download) => {
      if (standIn().session.emitPreventable('will-download', {}, download, contents)) void download.cancel()
    })
    page.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    opened(page)
    return page
  }

  /** First the app's rules for where a page may go, then those of its session, then what it serves. */
  async function answer(route: Route, page: Page): Promise<void> {
    const request = route.request()
    const url = meant(request.url())
    if (request.isNavigationRequest() && !isLoading) {
      const isMainFrame = request.frame() === page.mainFrame()
      const asked = ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
      if (asked.some((event) => contents.emitPreventable(event, { url, isMainFrame })))
        return route.abort('aborted')
    }
    const { session } = standIn()
    if (session.isCancelled(url, request.method())) return route.abort('blockedbyclient')
    if (!session.schemes.has(new URL(url).protocol.slice(0, -1))) return route.abort('addressunreachable')
    const response = await session.fetch(url, request.method())
    const body = Buffer.from(await response.arrayBuffer())
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
  }

  async function show(go: (page: Page) => Promise<unknown>): Promise<void> {
    const page = await ready
    isLoading = true
    try {
      await go(page)
      contents.emit('did-finish-load')
      window.emit('ready-to-show')
    } catch (error) {
      contents.emit('did-fail-load', {}, -2, String(error), '', true)
    } finally {
      isLoading = false
    }
  }

  return {
    load: (url) => show((page) => page.goto(shown(url))),
    // Chromium does not hear of it while it still asks whether the page may go.
    reload: () => answering.then(() => show((page) => page.reload())),
    send: (channel, args) =>
      void ready
        .then((page) => page.evaluate(tellPage, { name: toPage, message: { channel, args } }))
        // The page went away meanwhile.
        .catch(() => {}),
    press: (keys) => {
      const names = keys.replace('control', 'Control').replace('meta', 'Meta')
      // One after the other, as a hand does: the end of one would let go of the next one's Control.
      pressing = pressing.then(async () => (await ready).keyboard.press(names)).catch(() => {})
    },
    close: async () => void (await ready.then((page) => page.close()).catch(() => {})),
  }
}

/** Runs in the page. */
const tellPage = ({ name, message }: { name: string; message: { channel: string; args: unknown[] } }) =>
  (globalThis as unknown as Record<string, ((message: unknown) => void) | undefined>)[name]?.(message)
