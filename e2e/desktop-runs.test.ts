import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import { call, chosen, quitAll, start, startRun, until, type Page } from './fixtures/desktop-alone.ts'

afterEach(quitAll)

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
