import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import type { HostInfo, OpenedDocuments } from '../shared/host.ts'
import type { Reply } from '../shared/rpc.ts'
import { createHome, type Home } from './fixtures/cli.ts'
import { startDesktop, type Desktop, type DesktopOptions } from './stand-in/start-desktop.ts'

/** A page without Chromium: it says when it listens, and takes what it is sent. */
type Page = {
  readonly desktop: Desktop
  readonly home: Home
  readonly sent: [name: string, payload: unknown][]
  /** How many batches it was sent. */
  batches(): number
  listen(): void
  /** Says that it has taken a batch. */
  take(): void
  takesFromNowOn(): void
}

const open: Page[] = []
afterEach(async () => {
  for (const { desktop, home } of open.splice(0)) {
    await desktop.quit()
    await home[Symbol.asyncDispose]()
  }
})

async function start(
  options: Partial<DesktopOptions> & { takes?: boolean } = {},
  home?: Home,
): Promise<Page> {
  const place = home ?? (await createHome())
  const sent: Page['sent'] = []
  let { takes = true } = options
  let batches = 0
  let desktop!: Desktop
  const say = (channel: string) => {
    const { webContents } = desktop.window()
    desktop.standIn.message(webContents, webContents.mainFrame, channel)
  }
  const drive: NonNullable<DesktopOptions['drive']> = (window) => ({
    load: async () => {
      await sleep(0)
      window.webContents.emit('did-finish-load')
      window.emit('ready-to-show')
    },
    reload: async () => {},
    send: (channel, [batch]) => {
      if (channel !== 'events') return
      batches += 1
      sent.push(...(batch as Page['sent']))
      if (takes) say('taken')
    },
    close: async () => {},
  })
  desktop = await startDesktop({ data: place.data, drive, ...options })
  const page: Page = {
    desktop,
    home: place,
    sent,
    batches: () => batches,
    listen: () => say('listening'),
    take: () => say('taken'),
    takesFromNowOn: () => {
      takes = true
    },
  }
  open.push(page)
  return page
}

async function call<T>({ desktop }: Page, name: string, input?: unknown): Promise<T> {
  const { webContents } = desktop.window()
  const reply = (await desktop.standIn.invoke(
    webContents,
    webContents.mainFrame,
    'call',
    name,
    input,
  )) as Reply
  if (!reply.ok) throw new Error(`${reply.error.message} ${reply.error.hint ?? ''}`)
  return reply.output as T
}

async function until(holds: () => unknown): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 20_000) throw new Error(`It never came to: ${holds.toString()}`)
    await sleep(10)
  }
}

const opened = ({ sent }: Page) =>
  sent.filter(([name]) => name === 'opened').map(([, payload]) => payload as OpenedDocuments)
const chosen = ({ sent }: Page) => sent.filter(([name]) => name === 'chosen').map(([, payload]) => payload)
const textOf = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

/** A rehearsal that is under way, slow enough to be asked about. */
async function startRun(page: Page): Promise<string> {
  process.env['PADDOCK_REHEARSAL_PACE'] = '1'
  page.listen()
  const input = { workflow: 'feature_development', workspace: page.home.workspace }
  const { id } = await call<{ id: string }>(page, 'run.rehearse', input)
  await until(() => page.desktop.standIn.records.blockers.size === 1)
  return id
}

describe('the window', () => {
  test('opens at its usual place, is no smaller than every screen needs, and shows when it has painted', async () => {
    const { desktop } = await start()
    const { options } = desktop.window()
    expect(options).toMatchObject({ width: 1280, height: 800, minWidth: 900, minHeight: 600, show: false })
    await until(() => desktop.window().isVisible)
  })

  test.each([
    ['linux', true],
    ['win32', false],
    ['darwin', false],
  ] as const)('on %s a page that is there, though not painted, is shown: %j', async (platform, isShown) => {
    const drive: NonNullable<DesktopOptions['drive']> = (window) => ({
      load: async () => void setTimeout(() => window.webContents.emit('did-finish-load')),
      reload: async () => {},
      send: () => {},
      close: async () => {},
    })
    const { desktop } = await start({ platform, drive })
    await sleep(50)
    expect(desktop.window().isVisible).toBe(isShown)
    desktop.window().isVisible = false
    desktop.window().emit('ready-to-show')
    // Once: whoever has hidden the window meanwhile is left alone.
    expect(desktop.window().isVisible).toBe(!isShown)
  })

  test('comes before everything that takes time: the ledger is opened behind it', async () => {
    const home = await createHome()
    const { desktop } = await start({ drive: undefined }, home)
    await sleep(100)
    expect(desktop.standIn.app.windows.size).toBe(1)
    expect(existsSync(join(home.data, 'paddock.db'))).toBe(false)
    desktop.window().emit('show')
    await until(() => existsSync(join(home.data, 'paddock.db')))
  })

  test('comes back where it was, with its size', async () => {
    const first = await start()
    first.desktop.window().bounds = { x: 200, y: 120, width: 1400, height: 900 }
    await first.desktop.quit()
    const kept = JSON.parse(await readFile(join(first.home.data, 'window/window.json'), 'utf8')) as object
    expect(kept).toEqual({ x: 200, y: 120, width: 1400, height: 900, isMaximised: false })
    const second = await start({}, first.home)
    expect(second.desktop.window().options).toMatchObject({ x: 200, y: 120, width: 1400, height: 900 })
  })

  test('comes back maximised, and keeps the size that it had before', async () => {
    const first = await start()
    first.desktop.window().bounds = { x: 10, y: 20, width: 1000, height: 700 }
    first.desktop.window().maximize()
    await first.desktop.quit()
    const second = await start({}, first.home)
    await until(() => second.desktop.window().isMaximized())
    expect(second.desktop.window().options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 })
  })

  test('is not left on a display that is gone', async () => {
    const first = await start()
    first.desktop.window().bounds = { x: 2500, y: 100, width: 1280, height: 800 }
    await first.desktop.quit()
    const second = await start({ displays: [{ x: 0, y: 0, width: 1024, height: 768 }] }, first.home)
    const { x, y, width, height } = second.desktop.window().options
    expect({ x, y, width, height }).toEqual({ x: undefined, y: undefined, width: 1024, height: 768 })
  })

  test.each(['', 'nonsense', '[]', '{"width":-1,"height":"x"}', '{"width":1e9}', 'null'])(
    'opens whatever its file says: %j',
    async (text) => {
      const home = await createHome()
      await mkdir(join(home.data, 'window'), { recursive: true })
      await writeFile(join(home.data, 'window/window.json'), text)
      const { desktop } = await start({}, home)
      expect(desktop.window().options).toMatchObject({ width: 1280, height: 800 })
    },
  )

  test('has the colours of the system before its page has painted, and follows them', async () => {
    const dark = await start({ isDark: true })
    expect(dark.desktop.window().options.backgroundColor).toBe('#101312')
    const { theme, records } = dark.desktop.standIn
    theme.systemIsDark = false
    theme.emit('updated')
    expect(records.backgrounds).toEqual(['#eff2f0'])
    expect(records.overlays).toEqual([{ color: '#eff2f0', symbolColor: '#49534e', height: 35 }])
    const light = await start({ isDark: false })
    expect(light.desktop.window().options.backgroundColor).toBe('#eff2f0')
  })

  test('has one title bar, the page’s, on which the system’s buttons lie in the colours of the page’s theme', async () => {
    const page = await start({ isDark: true })
    expect(page.desktop.window().options).toMatchObject({
      titleBarStyle: 'hidden',
      titleBarOverlay: { color: '#101312', symbolColor: '#b1bab5', height: 35 },
    })
    const { records, theme } = page.desktop.standIn
    await call(page, 'host.theme', { theme: 'light' })
    expect(theme.themeSource).toBe('light')
    expect(records.overlays.at(-1)).toEqual({ color: '#eff2f0', symbolColor: '#49534e', height: 35 })
    expect(records.backgrounds.at(-1)).toBe('#eff2f0')
  })

  test.each([
    ['light', '#eff2f0', '#49534e', true],
    ['dark', '#101312', '#b1bab5', false],
  ] as const)(
    'opens in the theme that was chosen, %s, whatever the system prefers, before the core is there',
    async (theme, color, symbolColor, isDark) => {
      const first = await start({ isDark })
      await call(first, 'host.theme', { theme })
      await first.desktop.quit()
      const second = await start({ isDark, drive: undefined }, first.home)
      expect(second.desktop.standIn.theme.themeSource).toBe(theme)
      expect(second.desktop.window().options).toMatchObject({
        backgroundColor: color,
        titleBarOverlay: { color, symbolColor },
      })
    },
  )

  test('has no menu bar of the system: its menu opens below the page’s bar', async () => {
    const page = await start()
    expect(await call<HostInfo>(page, 'host.info')).toMatchObject({ can: { menu: true } })
    for (const zoom of [1, 1.5, 0.8]) {
      page.desktop.window().webContents.zoomFactor = zoom
      await call(page, 'host.menu')
    }
    expect(page.desktop.standIn.records.popups).toMatchObject([36, 54, 36].map((y) => ({ x: 0, y })))
  })

  test('tells of a page that died, and opens it again', async () => {
    const { desktop } = await start()
    const { answers, records } = desktop.standIn
    answers.messageBox.push(0)
    desktop.window().webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 })
    await until(() => records.messageBoxes.length === 1)
    expect(records.messageBoxes[0]).toMatchObject({ message: 'The page of the window has stopped.' })
    expect(records.messageBoxes[0]!.detail).toContain('Runs go on')
  })

  test('of a page that dies before it was seen is told on a window that can be seen', async () => {
    const { desktop } = await start({ drive: undefined })
    const { records } = desktop.standIn
    expect(desktop.window().isVisible).toBe(false)
    desktop.window().webContents.emit('render-process-gone', {}, { reason: 'launch-failed', exitCode: 1 })
    await until(() => records.messageBoxes.length === 1)
    expect(records.messageBoxes[0]!.parent).toBe(desktop.window())
    expect(desktop.window().isVisible).toBe(true)
  })

  test('the system knows who the app is, and Chromium has a folder of its own', async () => {
    const { desktop, home } = await start()
    const { identity } = desktop.standIn.records
    expect(identity).toEqual({
      name: 'Paddock',
      id: 'org.paddock.app',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    })
    expect(desktop.standIn.app.getPath('userData')).toBe(join(home.data, 'window'))
    expect(existsSync(desktop.window().options.icon as string)).toBe(true)
  })

  test('a data folder that cannot be used is told, and ends the app', async () => {
    const home = await createHome()
    await writeFile(home.data, 'This is no folder.')
    const { desktop } = await start({}, home)
    await desktop.standIn.app.ended.promise
    const { messageBoxes, exitCode } = desktop.standIn.records
    expect(exitCode).toBe(1)
    expect(messageBoxes[0]!.detail).toContain(`The data folder ${home.data} cannot be written`)
  })

  test('settings that cannot be read are told, and end the app', async () => {
    const home = await createHome()
    await mkdir(join(home.folder, 'config'))
    await writeFile(join(home.folder, 'config/config.yaml'), 'llm_timeout: [')
    const { desktop } = await start({}, home)
    await desktop.standIn.app.ended.promise
    const { messageBoxes, exitCode } = desktop.standIn.records
    expect(exitCode).toBe(1)
    expect(messageBoxes[0]).toMatchObject({ message: 'Paddock cannot start.', parent: { isVisible: true } })
    expect(messageBoxes[0]!.detail).toMatch(/config\.yaml/)
  })
})

describe('one instance', () => {
  test('a second one hands over its documents and ends', async () => {
    const home = await createHome()
    const { desktop } = await start(
      { isFirst: false, documents: ['notes.md', '--flag', '/tmp/other.md'] },
      home,
    )
    expect(desktop.standIn.records.exitCode).toBe(0)
    expect(desktop.standIn.app.windows.size).toBe(0)
    expect(desktop.standIn.app.lock).toEqual({
      documents: [join(process.cwd(), 'notes.md'), '/tmp/other.md'],
    })
    expect(existsSync(join(home.data, 'paddock.db'))).toBe(false)
  })

  test('the first one shows its window, and the page is told of the documents', async () => {
    const page = await start()
    const path = join(page.home.folder, 'notes.md')
    await writeFile(path, 'Hello')
    const { app } = page.desktop.standIn
    await until(() => page.desktop.window().isVisible)
    page.desktop.window().minimised = true
    page.desktop.window().blur()
    app.emit('second-instance', {}, ['paddock', path], '/', { documents: [path] })
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]).toEqual({ documents: [{ name: 'notes.md', base64: 'SGVsbG8=' }], problems: [] })
    expect(page.desktop.window().minimised).toBe(false)
    expect(page.desktop.window().hasFocus).toBe(true)
  })

  test('no window opens before its rules are there, whatever the system asks for', async () => {
    const page = await start({ isReady: false })
    const { app, session } = page.desktop.standIn
    const path = join(page.home.folder, 'early.md')
    await writeFile(path, 'Early')
    for (const event of ['activate', 'second-instance']) app.emit(event, {}, [], '/', undefined)
    app.emitPreventable('open-file', {}, path)
    app.emit('activate', {})
    expect(app.windows.size).toBe(0)
    app.becomeReady()
    app.emit('activate', {})
    await until(() => app.windows.size === 1)
    expect(session.beforeRequest).toBeDefined()
    expect(session.schemes.has('app')).toBe(true)
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'early.md' }])
  })

  test.each([[undefined], [null], [42], [{ documents: 'x' }], [{ documents: [1, {}] }]])(
    'nonsense from a second instance (case %#) does nothing',
    async (data) => {
      const page = await start()
      page.desktop.standIn.app.emit('second-instance', {}, [], '/', data)
      page.listen()
      await sleep(100)
      expect(opened(page)).toEqual([])
      expect(page.desktop.standIn.app.windows.size).toBe(1)
    },
  )
})

describe('documents that are opened with the app', () => {
  test('wait until the page listens', async () => {
    const home = await createHome()
    const path = join(home.folder, 'brief.md')
    await writeFile(path, '# Brief')
    const page = await start({ documents: [path] }, home)
    await until(() => page.desktop.window().isVisible)
    await sleep(100)
    expect(page.sent).toEqual([])
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents.map(({ name, base64 }) => [name, textOf(base64)])).toEqual([
      ['brief.md', '# Brief'],
    ])
  })

  test('come from the desktop as well, also before the app is ready', async () => {
    const page = await start()
    const path = join(page.home.folder, 'dropped.md')
    await writeFile(path, 'Dropped')
    expect(page.desktop.standIn.app.emitPreventable('open-file', {}, path)).toBe(true)
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents[0]).toMatchObject({ name: 'dropped.md' })
  })

  test('a wrong one is refused with its reason, and the others stay', async () => {
    const home = await createHome()
    const good = join(home.folder, 'good.md')
    await writeFile(good, 'Good')
    await writeFile(join(home.folder, 'big.md'), Buffer.alloc(10 * 2 ** 20 + 1))
    const documents = [
      good,
      join(home.folder, 'gone.md'),
      home.workspace,
      join(home.folder, 'big.md'),
      '/dev/null',
    ]
    const page = await start({ documents }, home)
    page.listen()
    await until(() => opened(page).length === 1)
    const [{ documents: read, problems }] = opened(page) as [OpenedDocuments]
    expect(read.map(({ name }) => name)).toEqual(['good.md'])
    expect(problems).toEqual([
      expect.stringContaining('"gone.md" was not added: there is no such file'),
      expect.stringContaining('it is a folder'),
      expect.stringContaining('"big.md" was not added: it has 10.1 MB'),
      expect.stringContaining('it is a device'),
    ])
  })

  test('wait for the page to be opened again where it has died', async () => {
    const page = await start()
    page.listen()
    await call(page, 'run.list')
    page.desktop.window().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    const path = join(page.home.folder, 'meanwhile.md')
    await writeFile(path, 'Meanwhile')
    page.desktop.standIn.app.emit('second-instance', {}, [], '/', { documents: [path] })
    await sleep(100)
    expect(opened(page)).toEqual([])
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'meanwhile.md' }])
  })

  test('in development the program has an argument of its own', async () => {
    const page = await start({ isPackaged: false })
    page.listen()
    await sleep(50)
    expect(opened(page)).toEqual([])
  })
})

describe('while a run goes on', () => {
  test('the machine stays awake, and may sleep when the run is paused or has ended', async () => {
    const page = await start()
    const { records } = page.desktop.standIn
    const id = await startRun(page)
    expect(records.blockersStarted).toEqual(['prevent-app-suspension'])
    await call(page, 'run.pause', { id })
    await until(() => records.blockers.size === 0)
    await call(page, 'run.resume', { id })
    await until(() => records.blockers.size === 1)
    await call(page, 'run.cancel', { id })
    await until(() => records.blockers.size === 0)
  })

  test('its end is told to a person who looks elsewhere, once, and a click brings the window and the run', async () => {
    const page = await start()
    const { records } = page.desktop.standIn
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    await until(() => page.desktop.window().isVisible)
    page.desktop.window().blur()
    page.listen()
    await call(page, 'run.rehearse', { workflow: 'bug_fix', workspace: page.home.workspace })
    await until(() => records.notifications.length === 1)
    const [run] = await call<RunSummary[]>(page, 'run.list')
    expect(records.notifications[0]).toMatchObject({ title: run!.title })
    expect(records.notifications[0]!.body).toBe('The run is completed. Its files wait for your review.')
    records.notifications[0]!.click()
    expect(page.desktop.window().hasFocus).toBe(true)
    await until(() => chosen(page).length === 1)
    expect(chosen(page)).toEqual([{ id: run!.id }])
    await until(() => records.blockers.size === 0)
    expect(records.notifications).toHaveLength(1)
  })

  test('a person who looks at the window is not told', async () => {
    const page = await start()
    const { records } = page.desktop.standIn
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    page.desktop.window().focus()
    page.listen()
    await call(page, 'run.rehearse', { workflow: 'bug_fix', workspace: page.home.workspace })
    await until(() => page.sent.some(([, event]) => (event as { type?: string }).type === 'run-ended'))
    await sleep(50)
    expect(records.notifications).toEqual([])
  })

  test('events reach the page in their order, in batches', async () => {
    const page = await start()
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    page.listen()
    await call(page, 'run.rehearse', { workflow: 'bug_fix', workspace: page.home.workspace })
    await until(() => page.sent.some(([, event]) => (event as { type?: string }).type === 'run-ended'))
    const numbers = page.sent
      .filter(([name]) => name === 'run')
      .map(([, event]) => (event as { seq: number }).seq)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })
})

describe('a page that is sent events', () => {
  const numbers = ({ sent }: Page) =>
    sent.filter(([name]) => name === 'run').map(([, event]) => (event as { seq: number }).seq)

  async function rehearse(page: Page): Promise<void> {
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    const { id } = await call<{ id: string }>(page, 'run.rehearse', {
      workflow: 'bug_fix',
      workspace: page.home.workspace,
    })
    await call(page, 'run.wait', { id })
  }

  test('gets no second batch before it has taken the first, and then all of the rest', async () => {
    const page = await start({ takes: false })
    page.listen()
    await rehearse(page)
    await sleep(200)
    const first = numbers(page).length
    expect(page.batches()).toBe(1)
    page.take()
    await until(() => page.batches() === 2)
    expect(numbers(page).length).toBeGreaterThan(first)
    expect(numbers(page)).toEqual(numbers(page).map((_, index) => index + 1))
  })

  test('gets everything once when it is loaded anew, also where the page before took nothing', async () => {
    const page = await start({ takes: false })
    page.listen()
    await rehearse(page)
    await sleep(100)
    page.sent.length = 0
    page.takesFromNowOn()
    page.listen()
    await rehearse(page)
    await until(() => page.sent.some(([, event]) => (event as { type?: string }).type === 'run-ended'))
    // The ledger numbers the events of all runs in one row.
    const [first = 0, ...others] = numbers(page)
    expect(others).toEqual(others.map((_, index) => first + index + 1))
  })
})

describe('quitting', () => {
  test('asks nothing where nothing runs, and the app is gone', async () => {
    const { desktop } = await start()
    desktop.standIn.app.quit()
    await desktop.standIn.app.ended.promise
    expect(desktop.standIn.records).toMatchObject({ exitCode: 0, messageBoxes: [] })
  })

  test('asks while a run goes on, says what is kept, and stays if the person says so', async () => {
    const page = await start()
    const { app, records, answers } = page.desktop.standIn
    const id = await startRun(page)
    answers.messageBox.push(0)
    page.desktop.window().minimised = true
    app.quit()
    app.quit()
    await until(() => records.messageBoxes.length > 0)
    await sleep(50)
    expect(records.messageBoxes).toHaveLength(1)
    const [{ message, detail, buttons, defaultId, cancelId }] = records.messageBoxes as [
      Required<(typeof records.messageBoxes)[0]>,
    ]
    expect({ message, buttons }).toEqual({
      message: 'A run is going on.',
      buttons: ['Keep running', 'Stop and quit'],
    })
    expect(detail).toContain('keeps every answer and file that was made')
    expect([defaultId, cancelId]).toEqual([0, 0])
    // A question that hangs on no window would halt the run meanwhile on a Mac.
    expect(records.messageBoxes[0]!.parent).toBe(page.desktop.window())
    expect(page.desktop.window().minimised).toBe(false)
    expect(records.exitCode).toBeNull()
    expect(await call<RunSummary[]>(page, 'run.list')).toMatchObject([{ id, status: 'running' }])
  })

  test('ends the run where the person wants that; it can be gone on with', async () => {
    const page = await start()
    const { app, records, answers } = page.desktop.standIn
    const id = await startRun(page)
    answers.messageBox.push(1)
    app.quit()
    await app.ended.promise
    expect(records.exitCode).toBe(0)
    const again = await start({}, page.home)
    const [run] = await call<RunSummary[]>(again, 'run.list')
    expect(run).toMatchObject({ id, status: 'cancelled' })
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    again.listen()
    await call(again, 'run.resume', { id })
    await until(() => again.sent.some(([, event]) => (event as { outcome?: string }).outcome === 'completed'))
  })

  test('asks nothing about a run that the person has paused: it is paused still when the app opens again', async () => {
    const page = await start()
    const { app, records } = page.desktop.standIn
    const id = await startRun(page)
    page.desktop.window().blur()
    await call(page, 'run.pause', { id })
    await until(() => records.blockers.size === 0)
    app.quit()
    await app.ended.promise
    expect(records).toMatchObject({ exitCode: 0, messageBoxes: [], notifications: [] })
    const again = await start({}, page.home)
    expect(await call<RunSummary[]>(again, 'run.list')).toMatchObject([{ id, status: 'paused' }])
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    again.listen()
    await call(again, 'run.resume', { id })
    await until(() => again.sent.some(([, event]) => (event as { outcome?: string }).outcome === 'completed'))
  })

  test('asks about what is not saved, before anything is stopped, and goes on as the person says', async () => {
    const page = await start()
    const { app, records, answers } = page.desktop.standIn
    const id = await startRun(page)
    await call(page, 'host.unsaved', { is_unsaved: true })
    answers.messageBox.push(0)
    expect(page.desktop.window().close()).toBe(false)
    await until(() => records.messageBoxes.length === 1)
    expect(records.messageBoxes[0]).toMatchObject({
      message: 'What you wrote is not saved.',
      buttons: ['Go back', 'Quit without saving'],
      cancelId: 0,
      parent: page.desktop.window(),
    })
    await sleep(50)
    expect(await call<RunSummary[]>(page, 'run.list')).toMatchObject([{ id, status: 'running' }])

    answers.messageBox.push(1, 1)
    page.desktop.window().webContents.asksToStay = true
    app.quit()
    await app.ended.promise
    expect(records.messageBoxes.map(({ message }) => message)).toEqual([
      'What you wrote is not saved.',
      'What you wrote is not saved.',
      'A run is going on.',
    ])
  })

  test('asks nothing about what was saved since, or went with its page', async () => {
    const page = await start()
    const { app, records } = page.desktop.standIn
    page.listen()
    await call(page, 'host.unsaved', { is_unsaved: true })
    await call(page, 'host.unsaved', { is_unsaved: false })
    await call(page, 'host.unsaved', { is_unsaved: true })
    page.listen()
    await call(page, 'run.list')
    app.quit()
    await app.ended.promise
    expect(records.messageBoxes).toEqual([])
  })

  test('closing the window is quitting, and asks too', async () => {
    const page = await start()
    const { records, answers } = page.desktop.standIn
    await startRun(page)
    answers.messageBox.push(0)
    expect(page.desktop.window().close()).toBe(false)
    await until(() => records.messageBoxes.length === 1)
    expect(page.desktop.standIn.app.windows.size).toBe(1)
  })

  test('closing the last window ends the app where nothing runs', async () => {
    const { desktop } = await start()
    desktop.window().close()
    await desktop.standIn.app.ended.promise
    expect(desktop.standIn.records.exitCode).toBe(0)
  })
})

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

/** A person chooses an entry of the menu, or presses its key; the system names the window that has the focus, if any. */
function choose({ standIn }: Desktop, label: string, { byKey = false } = {}): void {
  const [window] = standIn.app.windows
  const item = flat(standIn.records.menu).find((one) => one.label?.startsWith(label))
  item!.click!({} as never, window as never, { triggeredByAccelerator: byKey })
}

describe('the menu', () => {
  test.each([
    ['linux', 0],
    ['win32', 0],
    ['darwin', 1],
  ] as const)('on %s entries that close the window, and have its key: %d', async (platform, count) => {
    const { desktop } = await start({ platform })
    const closing = flat(desktop.standIn.records.menu).filter(({ role }) => role === 'close')
    expect(closing).toHaveLength(count)
    const roles = flat(desktop.standIn.records.menu).map(({ role }) => role)
    // The system's menu of windows has such an entry of its own where this is no Mac.
    expect(roles.includes('windowMenu')).toBe(platform === 'darwin')
    expect(roles.includes('minimize')).toBe(platform !== 'darwin')
  })

  test('every entry does something', async () => {
    const { desktop } = await start()
    const items = flat(desktop.standIn.records.menu).filter(
      ({ type, submenu }) => type !== 'separator' && !submenu,
    )
    expect(items.length).toBeGreaterThan(8)
    expect(items.filter(({ role, click }) => !role && !click)).toEqual([])
  })

  test('an entry with a key presses that key of the page, unless the page has had it already', async () => {
    const { desktop } = await start()
    const item = flat(desktop.standIn.records.menu).find(({ label }) => label === 'New run')
    expect(item).toMatchObject({ accelerator: 'CmdOrCtrl+N', registerAccelerator: false })
    choose(desktop, 'New run')
    expect(desktop.standIn.records.pressed).toEqual(['control+n'])
    choose(desktop, 'New run', { byKey: true })
    expect(desktop.standIn.records.pressed).toHaveLength(1)
  })

  test('larger is had with Shift and without, as in browsers', async () => {
    const { desktop } = await start()
    const larger = flat(desktop.standIn.records.menu).filter(({ role }) => role === 'zoomIn')
    expect(larger).toEqual([
      { role: 'zoomIn' },
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
    ])
  })

  test('documents that are chosen reach the page', async () => {
    const page = await start()
    const path = join(page.home.folder, 'chosen.md')
    await writeFile(path, 'Chosen')
    page.desktop.standIn.answers.openDialog.push([path])
    page.listen()
    choose(page.desktop, 'Open documents')
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'chosen.md' }])
    expect(page.desktop.standIn.records.openDialogs[0]).toMatchObject({
      properties: ['openFile', 'multiSelections'],
    })
  })
})

describe('on a Mac', () => {
  test('the app outlives its window, a run goes on, and a click in the Dock brings the window back', async () => {
    const page = await start({ platform: 'darwin' })
    const { app, records } = page.desktop.standIn
    const id = await startRun(page)
    expect(page.desktop.window().close()).toBe(true)
    expect(app.windows.size).toBe(0)
    expect(records).toMatchObject({ messageBoxes: [], exitCode: null })
    page.sent.length = 0
    app.emit('activate', {})
    expect(app.windows.size).toBe(1)
    expect(await call<RunSummary[]>(page, 'run.list')).toMatchObject([{ id, status: 'running' }])
    // The new page hears of the run as soon as it listens.
    page.listen()
    await until(() => page.sent.length > 0)
    await call(page, 'run.cancel', { id })
  })

  test('a window with something unsaved closes only where the person agrees', async () => {
    const page = await start({ platform: 'darwin' })
    const { app, records, answers } = page.desktop.standIn
    await call(page, 'host.unsaved', { is_unsaved: true })
    answers.messageBox.push(0)
    expect(page.desktop.window().close()).toBe(false)
    await until(() => records.messageBoxes.length === 1)
    expect(records.messageBoxes[0]).toMatchObject({ buttons: ['Go back', 'Close without saving'] })
    await sleep(50)
    expect(app.windows.size).toBe(1)
    answers.messageBox.push(1)
    page.desktop.window().close()
    await until(() => app.windows.size === 0)
    expect(records.exitCode).toBeNull()
    app.emit('activate', {})
    expect(page.desktop.window().close()).toBe(true)
  })

  test('a click on the notification of an ended run opens the window again, and shows the run to its page', async () => {
    const page = await start({ platform: 'darwin' })
    const { app, records } = page.desktop.standIn
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    await until(() => page.desktop.window().isVisible)
    page.listen()
    const input = { workflow: 'bug_fix', workspace: page.home.workspace }
    const { id } = await call<{ id: string }>(page, 'run.rehearse', input)
    page.desktop.window().close()
    await until(() => records.notifications.length === 1)
    records.notifications[0]!.click()
    expect(app.windows.size).toBe(1)
    await sleep(50)
    expect(chosen(page)).toEqual([])
    page.listen()
    await until(() => chosen(page).length === 1)
    expect(chosen(page)).toEqual([{ id }])
  })

  test('documents that come without a window wait for the next one', async () => {
    const page = await start({ platform: 'darwin' })
    const { app } = page.desktop.standIn
    page.listen()
    await call(page, 'run.list')
    page.desktop.window().close()
    const path = join(page.home.folder, 'later.md')
    await writeFile(path, 'Later')
    app.emitPreventable('open-file', {}, path)
    await sleep(100)
    expect(opened(page)).toEqual([])
    expect(app.windows.size).toBe(1)
    page.listen()
    await until(() => opened(page).length === 1)
  })

  test('the menu’s keys and documents that are chosen in it bring the window back', async () => {
    const page = await start({ platform: 'darwin' })
    const { app, answers } = page.desktop.standIn
    await until(() => page.desktop.window().isVisible)
    page.desktop.window().close()
    choose(page.desktop, 'New run', { byKey: true })
    expect(app.windows.size).toBe(1)
    page.desktop.window().close()
    answers.openDialog.push([])
    choose(page.desktop, 'Open documents')
    await sleep(50)
    expect(app.windows.size).toBe(0)
    const path = join(page.home.folder, 'chosen.md')
    await writeFile(path, 'Chosen')
    answers.openDialog.push([path])
    choose(page.desktop, 'Open documents')
    await until(() => app.windows.size === 1)
    page.listen()
    await until(() => opened(page).length === 1)
    expect(opened(page)[0]!.documents).toMatchObject([{ name: 'chosen.md' }])
  })

  test('quitting still asks while a run goes on', async () => {
    const page = await start({ platform: 'darwin' })
    const { app, records, answers } = page.desktop.standIn
    await startRun(page)
    answers.messageBox.push(0)
    app.quit()
    await until(() => records.messageBoxes.length === 1)
    expect(records.exitCode).toBeNull()
  })

  test('the menu has the menu of the app, and keys are pressed with Cmd', async () => {
    const { desktop } = await start({ platform: 'darwin' })
    const { menu, pressed } = desktop.standIn.records
    expect(menu.map(({ label, role }) => label ?? role)).toEqual([
      'Paddock',
      '&File',
      'editMenu',
      '&View',
      'windowMenu',
    ])
    const { submenu } = menu[0]!
    const settings = (submenu as MenuItemConstructorOptions[]).find(({ label }) => label === 'Settings')
    settings!.click!({} as never, undefined, {})
    expect(pressed).toEqual(['meta+5'])
  })
})

describe('what only a desktop can do', () => {
  test('a person chooses a folder, or none', async () => {
    const page = await start()
    page.desktop.standIn.answers.openDialog.push(['/some/folder'], [])
    expect(await call(page, 'host.pick_folder')).toBe('/some/folder')
    expect(await call(page, 'host.pick_folder')).toBeNull()
  })

  test('a file of a run is shown in its folder, and nothing outside', async () => {
    const page = await start()
    process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
    page.listen()
    const { id } = await call<{ id: string }>(page, 'run.rehearse', {
      workflow: 'bug_fix',
      workspace: page.home.workspace,
    })
    await until(() => page.sent.some(([, event]) => (event as { type?: string }).type === 'run-ended'))
    await call(page, 'host.reveal', { id })
    await call(page, 'host.reveal', { id, path: 'durations/parse.py' })
    expect(page.desktop.standIn.records.revealed).toEqual([
      page.home.workspace,
      join(page.home.workspace, 'durations/parse.py'),
    ])
    for (const path of ['..', '../data', '/etc/passwd', '../../../../etc/passwd', 'durations/../../data'])
      await expect(call(page, 'host.reveal', { id, path })).rejects.toThrow(
        /leads out of the workspace|There is no/,
      )
    await expect(call(page, 'host.reveal', { id, path: 'gone.py' })).rejects.toThrow('any more')
    await expect(call(page, 'host.reveal', { id: '20260101-120000-abc123' })).rejects.toThrow('no run')
    expect(page.desktop.standIn.records.revealed).toHaveLength(2)
  })
})
