import { createRequire, registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright'
import { ensureBuilt } from '../../scripts/build.mjs'
import { projectFolder } from '../fixtures/cli.ts'
import { drivePage } from './drive-page.ts'
import { createStandIn, type StandIn, type StandInOptions } from './electron.ts'
import type { StandInWindow } from './window.ts'

/** The built app, as it runs on the stand-in. */
export type Desktop = AsyncDisposable & {
  readonly standIn: StandIn
  /** The window that is open now. */
  window(): StandInWindow
  /** The page of the window that was opened last, once its window has shown it. */
  page(): Promise<Page>
  /** Quits as a person would, who wants to stop what runs; resolves when the app has ended. */
  quit(): Promise<void>
}

export type DesktopOptions = Partial<StandInOptions> & {
  readonly data: string
  /** Chromium, where pages are to be shown. */
  readonly browser?: Browser
  /** The system that the app takes this one for. */
  readonly platform?: NodeJS.Platform
  /** Whether the system is ready at once; else the test says when. */
  readonly isReady?: boolean
  /** What the app is started with. */
  readonly documents?: readonly string[]
}

const { platform } = process
const lives = new Map<string, StandIn>()
const marker = 'stand-in:electron?life='

// The app is built for Electron and knows nothing of this: its `electron` is the stand-in of its life.
registerHooks({
  resolve(specifier, context, next) {
    const life = new URLSearchParams(context.parentURL?.split('?')[1]).get('life')
    if (specifier === 'electron' && life) return { url: marker + life, format: 'module', shortCircuit: true }
    return next(specifier, context)
  },
  load(url, context, next) {
    if (!url.startsWith(marker)) return next(url, context)
    const life = url.slice(marker.length)
    const names = Object.keys(lives.get(life)!.module).join(', ')
    const source = `export const { ${names} } = globalThis.standIns.get(${JSON.stringify(life)}).module`
    return { format: 'module', source, shortCircuit: true }
  },
})
Object.assign(globalThis, { standIns: lives })

const { importNatively } = createRequire(import.meta.url)('./import-natively.mjs') as {
  importNatively(url: string): Promise<unknown>
}

/** Builds the app where its sources changed, and starts it on a stand-in. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  await ensureBuilt()
  const { data, browser, documents = [] } = options
  const context = await browser?.newContext({ colorScheme: (options.isDark ?? true) ? 'dark' : 'light' })
  const pages: Page[] = []
  const standIn: StandIn = createStandIn({
    userData: join(data, 'user-data'),
    ...options,
    ...(context && {
      drive: (window) =>
        drivePage(window, { context, standIn: () => standIn, opened: (page) => pages.push(page) }),
    }),
  })
  const life = String(lives.size + 1)
  lives.set(life, standIn)
  const isPackaged = options.isPackaged ?? true
  process.argv = ['paddock', ...(isPackaged ? [] : ['main.js']), ...documents]
  if (options.platform) Object.defineProperty(process, 'platform', { value: options.platform })
  process.env['PADDOCK_DATA_DIR'] = data
  process.env['PADDOCK_CONFIG_DIR'] = join(dirname(data), 'config')
  await importNatively(`${pathToFileURL(join(projectFolder, 'dist/main.js')).href}?life=${life}`)
  if ((options.isFirst ?? true) && (options.isReady ?? true)) standIn.app.becomeReady()

  const quit = async () => {
    standIn.answers.messageBox.push(1)
    standIn.app.quit()
    await standIn.app.ended.promise
    await context?.close()
    Object.defineProperty(process, 'platform', { value: platform })
  }
  const window = () => [...standIn.app.windows].at(-1)!
  return {
    standIn,
    window,
    quit,
    page: async () => {
      while (!window()?.isVisible) await new Promise((resolve) => setTimeout(resolve, 10))
      return pages.at(-1)!
    },
    [Symbol.asyncDispose]: quit,
  }
}
