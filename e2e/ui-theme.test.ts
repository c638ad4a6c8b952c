import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { openWindow, type UiWindow } from './fixtures/ui-window.ts'

const ctrl = (key: string) => `Control+${key}`

describe.skipIf(!chromiumPath)('the frame of the window', { timeout: 60_000 }, () => {
  let ui: UiWindow
  beforeAll(async () => {
    ui = await openWindow()
  }, 120_000)
  afterAll(() => ui[Symbol.asyncDispose]())

  test('the theme follows the system until one is chosen, and the choice is kept', async () => {
    const { page } = ui
    const theme = () => page.locator('html').getAttribute('data-theme')
    expect(await theme()).toBe('dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(theme).toBe('light')
    await page.keyboard.press(ctrl('k'))
    await page.getByRole('combobox', { name: /Search/ }).fill('>dark')
    await page.keyboard.press('Enter')
    await expect.poll(theme).toBe('dark')
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await theme()).toBe('dark')
    await page.keyboard.press(ctrl('k'))
    await page.getByRole('combobox', { name: /Search/ }).fill("system's theme")
    await page.keyboard.press('Enter')
    await expect.poll(theme).toBe('light')
    await page.emulateMedia({ colorScheme: 'dark' })
  })

  test.each([
    ['light', null, 'light'],
    ['dark', null, 'dark'],
    ['light', 'dark', 'dark'],
    ['dark', 'light', 'light'],
  ] as const)('no theme flashes: the system is %s, chosen is %s', async (colorScheme, chosen, theme) => {
    const browser = ui.page.context().browser()!
    const grounds = { light: 'rgb(239, 242, 240)', dark: 'rgb(16, 19, 18)' }
    const ground = 'getComputedStyle(document.body).backgroundColor'
    const context = await browser.newContext({ colorScheme })
    const page = await context.newPage()
    // The window itself never comes: what is seen is what was there before it.
    await page.route('**/draw-window-*.js', () => {})
    if (chosen) await page.addInitScript(`localStorage.setItem('paddock.theme', '"${chosen}"')`)
    await page.goto(ui.host.origin, { waitUntil: 'commit' })
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(theme)
    expect(await page.evaluate(ground)).toBe(grounds[theme])
    expect(await page.locator('script[src*="index-"]').getAttribute('blocking')).toBe('render')
    await context.close()
    if (chosen) return
    const bare = await browser.newContext({ colorScheme, javaScriptEnabled: false })
    const still = await bare.newPage()
    await still.goto(ui.host.origin)
    expect(await still.evaluate(ground)).toBe(grounds[theme])
    await bare.close()
  })

  test('broke no rule of its page, and asked nobody else', () => {
    expect(ui.faults).toEqual([])
    expect(ui.strays).toEqual([])
  })
})
