import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import { call, choose, chosen, opened, quitAll, start, startRun, until } from './fixtures/desktop-alone.ts'

afterEach(quitAll)

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
