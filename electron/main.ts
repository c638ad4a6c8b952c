import { join } from 'node:path'
import { app, Menu, session, type BrowserWindow } from 'electron'
import { accompanyRuns } from './host/accompany-runs.ts'
import { registerAppScheme, serveApp } from './host/app-protocol.ts'
import type { DesktopCore } from './host/desktop-core.ts'
import { giveUp } from './host/give-up.ts'
import { identify } from './host/identify.ts'
import { serveWindows } from './host/ipc.ts'
import { askBeforeLeaving } from './host/leave.ts'
import { showMainWindow, untilShown } from './host/main-window.ts'
import { menuOf } from './host/menu.ts'
import { denyNavigation } from './host/navigation.ts'
import { createInbox, documentsIn, givenBy } from './host/open-documents.ts'
import { createPageNews } from './host/page-news.ts'
import { pressKey } from './host/press-key.ts'
import { restrictSession } from './host/session-rules.ts'
import { mayLoseUnsaved } from './host/unsaved.ts'

const isDevelopment = !app.isPackaged
const isMac = process.platform === 'darwin'
const built = import.meta.dirname

identify(app)
app.enableSandbox()
registerAppScheme()
denyNavigation(app)

// In development the program is Electron, and its first argument is the app.
const documents = documentsIn(process.argv.slice(isDevelopment ? 2 : 1), process.cwd())
if (app.requestSingleInstanceLock({ documents })) live()
else app.quit()

/** The app's life, from here to its end. */
function live(): void {
  const opened = Promise.withResolvers<DesktopCore>()
  let core: DesktopCore | undefined
  let going = () => 0
  let hasBegun = false
  let hasUnsaved = false

  const inbox = createInbox((documents) => core?.publish('opened', documents))
  const choice = createPageNews<string>((id) => core?.publish('chosen', { id }))
  const isLeaving = askBeforeLeaving(app, {
    going: () => going(),
    hasUnsaved: () => hasUnsaved,
    stop: async () => core?.stop(),
  })
  const pageListens = () => {
    hasUnsaved = false
    inbox.pageListens()
    choice.pageListens()
  }
  const pageEnds = () => {
    hasUnsaved = false
    inbox.pageEnds()
    choice.pageEnds()
  }
  const show = () =>
    showMainWindow({
      built,
      isDevelopment,
      // Elsewhere than on a Mac the last window takes the app along, which may have to ask first.
      mayClose: () => isLeaving() || (isMac && !hasUnsaved),
      close: (window) => (isMac ? void closeIfAgreed(window) : app.quit()),
      isLeaving,
      gone: pageEnds,
    })

  serveWindows(
    opened.promise.then(({ transport }) => transport),
    pageListens,
  )
  void inbox.add(documents)
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void inbox.add([path])
    showAgain()
  })
  app.on('second-instance', (_event, _args, _folder, data) => {
    void inbox.add(givenBy(data))
    showAgain()
  })
  app.on('activate', showAgain)
  app.on('window-all-closed', () => {
    if (!isMac) app.quit()
  })
  app.whenReady().then(begin).catch(giveUp)

  /** The system asks for the window before its time as well: no page may be there before its rules are. */
  function showAgain(): void {
    if (hasBegun) show()
  }

  async function closeIfAgreed(window: BrowserWindow): Promise<void> {
    if (await mayLoseUnsaved('Close')) window.destroy()
  }

  async function begin(): Promise<void> {
    restrictSession(session.defaultSession, isDevelopment)
    serveApp(session.defaultSession.protocol, join(built, 'renderer'))
    const actions = { openDocuments: pickDocuments, press: (key: string) => pressKey(show(), key) }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(process.platform, isDevelopment, actions)))
    hasBegun = true
    await untilShown(show())
    // Whatever takes time comes after the window can be seen.
    const { openDesktopCore } = await import('./host/desktop-core.ts')
    core = openDesktopCore((isUnsaved) => {
      hasUnsaved = isUnsaved
    })
    going = accompanyRuns(core.app, (id) => {
      show()
      choice.tell(id)
    })
    opened.resolve(core)
  }

  async function pickDocuments(): Promise<void> {
    const { choose } = await import('./host/desktop.ts')
    const { filePaths } = await choose({ properties: ['openFile', 'multiSelections'] })
    await inbox.add(filePaths)
    // A Mac's menu is there without a window as well.
    if (filePaths.length > 0) show()
  }
}
