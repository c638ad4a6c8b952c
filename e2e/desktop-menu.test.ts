import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { choose, flat, opened, quitAll, start, until } from './fixtures/desktop-alone.ts'

afterEach(quitAll)

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
