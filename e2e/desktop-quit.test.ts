import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import { call, quitAll, start, startRun, until, type Page } from './fixtures/desktop-alone.ts'

afterEach(quitAll)

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
    await resumeToItsEnd(again, id)
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
    await resumeToItsEnd(again, id)
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

async function resumeToItsEnd(page: Page, id: string): Promise<void> {
  process.env['PADDOCK_REHEARSAL_PACE'] = '1000'
  page.listen()
  await call(page, 'run.resume', { id })
  await until(() => page.sent.some(([, event]) => (event as { outcome?: string }).outcome === 'completed'))
}
