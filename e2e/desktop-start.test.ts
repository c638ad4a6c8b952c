import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { HostInfo } from '../shared/host.ts'
import { createHome } from './fixtures/cli.ts'
import { call, quitAll, start, until } from './fixtures/desktop-alone.ts'
import type { DesktopOptions } from './stand-in/start-desktop.ts'

afterEach(quitAll)

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
