import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HostInfo } from '../shared/host.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { accessibilityFaults, answerInstead, openWindow, type UiWindow } from './fixtures/ui-window.ts'

/** What has the focus, and whether a ring is drawn around it, or around the field that holds it. */
const focused = `(() => {
  const element = document.activeElement
  const rings = [element, element.closest('span') ?? element].map((one) => getComputedStyle(one).boxShadow)
  return { name: element.outerHTML.slice(0, 300), ring: rings.some((shadow) => shadow !== 'none') }
})()`
const ctrl = (key: string) => `Control+${key}`

describe.skipIf(!chromiumPath)('the frame of the window', { timeout: 60_000 }, () => {
  let ui: UiWindow
  beforeAll(async () => {
    ui = await openWindow()
  }, 120_000)
  afterAll(() => ui[Symbol.asyncDispose]())

  const heading = () => ui.page.getByRole('heading', { level: 1 })

  test('every screen is a key and a button away', async () => {
    const { page } = ui
    for (const [key, name] of [
      ['4', 'Runs'],
      ['5', 'Settings'],
    ] as const) {
      await page.keyboard.press(ctrl(key))
      await expect.poll(() => heading().textContent()).toBe(name)
      expect(
        await page
          .getByRole('navigation', { name: 'Main' })
          .getByRole('button', { name, exact: true })
          .getAttribute('aria-current'),
      ).toBe('page')
    }
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: /^New run/ })
      .click()
    await expect.poll(() => heading().textContent()).toMatch(/New run|never leaves this computer/)
  })

  test('the palette finds by a few letters, runs with Enter, and gives the focus back', async () => {
    const { page } = ui
    await page.keyboard.press(ctrl('4'))
    const search = page.getByRole('button', { name: /Search runs, files/ })
    await search.focus()
    await page.keyboard.press(ctrl('k'))
    const input = page.getByRole('combobox', { name: /Search runs/ })
    await input.fill('zzzz')
    await expect.poll(() => page.getByText('Nothing is called that.').count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await input.fill('>sett')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    expect(await page.getByRole('option').getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await expect.poll(() => search.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press(ctrl('k'))
    await input.fill('>sett')
    await page.keyboard.press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Settings')
  })

  test('whoever goes to another screen, by key, navigation or palette, goes on from there, and hears its name', async () => {
    const { page } = ui
    const isOnScreen = async (name: string) => {
      const screen = page.getByRole('main', { name, exact: true })
      await expect.poll(() => screen.evaluate((element) => element.matches(':focus'))).toBe(true)
      // A region is no control: it has no ring.
      const shadow = String(await page.evaluate('getComputedStyle(document.activeElement).boxShadow'))
      expect(shadow).not.toContain('0px 4px')
    }
    await page.keyboard.press(ctrl('4'))
    await isOnScreen('Runs')
    const settings = page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' })
    await settings.focus()
    await page.keyboard.press('Enter')
    await isOnScreen('Settings')
    await settings.focus()
    await page.keyboard.press(ctrl('k'))
    await page.getByRole('combobox', { name: /Search runs/ }).fill('runs')
    await page.getByRole('option').filter({ hasText: 'Ctrl 4' }).click()
    await isOnScreen('Runs')
    await page.keyboard.press('Tab')
    expect(await page.evaluate("document.activeElement.closest('main')?.id")).toBe('screen')
    await page.keyboard.press(ctrl('5'))
    await isOnScreen('Settings')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await isOnScreen('Settings')
    await page.keyboard.press(ctrl('k'))
    await page.getByRole('combobox', { name: /Search runs/ }).fill('>find a setting')
    await page.keyboard.press('Enter')
    const search = page.getByRole('searchbox')
    await expect.poll(() => search.evaluate((element) => element.matches(':focus'))).toBe(true)
    await page.keyboard.press(ctrl('4'))
    await isOnScreen('Runs')
    // The same screen once more is no other one.
    await settings.focus()
    await page.keyboard.press(ctrl('4'))
    await page.waitForTimeout(200)
    expect(await settings.evaluate((element) => element.matches(':focus'))).toBe(true)
  })

  test('the sheet of keys shows those of the screen too', async () => {
    const { page } = ui
    await page.keyboard.press(ctrl('5'))
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keys' })
    await sheet.waitFor()
    expect(await sheet.getByText('Find a setting').count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => sheet.count()).toBe(0)
  })

  test('a letter goes to the field where somebody writes', async () => {
    const { page } = ui
    await page.keyboard.press(ctrl('5'))
    await page.keyboard.press('/')
    await page.keyboard.type('a?b/c')
    expect(await page.getByRole('searchbox').inputValue()).toBe('a?b/c')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  test('letters can be switched off, and the others stay', async () => {
    const { page } = ui
    await page.keyboard.press(ctrl('5'))
    await page.getByRole('button', { name: 'Appearance and keys' }).click()
    await page.getByRole('switch', { name: 'Single-letter keys' }).click()
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await page.waitForTimeout(100)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press(ctrl('k'))
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('switch', { name: 'Single-letter keys' }).click()
  })

  test('on the desktop the first row is the window’s bar, with its menu; in a browser it is neither', async () => {
    const { page, host } = ui
    const region = (selector: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue('app-region')`,
      )
    expect(await region('.window-bar')).toBe('drag')
    expect(await region('.window-bar button')).toBe('no-drag')
    // A list that opens upwards may lie on the bar.
    await page.keyboard.press(ctrl('5'))
    await page.getByRole('button', { name: 'Appearance and keys' }).click()
    // By mouse, as most people open it: again where a busy machine took the button's coming up for a choice beside the list.
    const opens = async () => {
      await page.getByRole('combobox', { name: 'Theme' }).click()
      return (await page.getByRole('listbox').count()) > 0
    }
    await expect.poll(opens).toBe(true)
    await page.getByRole('listbox').waitFor()
    expect(await region('.pop')).toBe('no-drag')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('button', { name: 'Menu' }).count()).toBe(0)
    expect((await page.locator('.window-bar').boundingBox())!.height).toBe(36)

    const { output } = await host.call('host.info')
    const info = output as HostInfo
    const asked: string[] = []
    const told: unknown[] = []
    await using desktop = await openWindow({
      before: async (own) => {
        await answerInstead(own, 'host.info', { ...info, kind: 'desktop', can: { ...info.can, menu: true } })
        await own.route('**/call/host.menu', (route) => {
          asked.push('menu')
          return route.fulfill({ json: { ok: true } })
        })
        await own.route('**/call/host.theme', (route) => {
          told.push(route.request().postDataJSON())
          return route.fulfill({ json: { ok: true } })
        })
      },
    })
    await desktop.page.getByRole('button', { name: 'Menu' }).click()
    await expect.poll(() => asked).toEqual(['menu'])
    await desktop.page.keyboard.press('F10')
    await expect.poll(() => asked).toEqual(['menu', 'menu'])
    await desktop.page.keyboard.press(ctrl('k'))
    await desktop.page.getByRole('combobox', { name: /Search/ }).fill('>light')
    await desktop.page.keyboard.press('Enter')
    await expect.poll(() => JSON.stringify(told.at(-1))).toContain('light')
    expect(JSON.stringify(told[0])).toContain('system')
    expect(await accessibilityFaults(desktop.page)).toEqual([])
    expect(desktop.faults).toEqual([])
  })

  test('the sidebar opens and closes, and each screen remembers', async () => {
    const { page } = ui
    const width = async () => (await page.getByRole('navigation', { name: 'Main' }).boundingBox())?.width
    await page.keyboard.press(ctrl('4'))
    expect(await width()).toBe(208)
    await page.keyboard.press(ctrl('b'))
    await expect.poll(width).toBe(48)
    await page.keyboard.press(ctrl('5'))
    await expect.poll(width).toBe(208)
    await page.keyboard.press(ctrl('4'))
    await expect.poll(width).toBe(48)
    await page.keyboard.press(ctrl('b'))
  })

  test('Tab reaches everything, with a ring that can be seen, and first the way past the navigation', async () => {
    const { page } = ui
    await page.keyboard.press(ctrl('5'))
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the screen')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('screen')
    await page.keyboard.press(ctrl('5'))
    await page.getByRole('button', { name: 'Look again' }).waitFor()
    const seen = new Set<string>()
    const bare: string[] = []
    for (let at = 0; at < 40; at++) {
      await page.keyboard.press('Tab')
      const { name, ring } = (await page.evaluate(focused)) as { name: string; ring: boolean }
      if (name.startsWith('<body')) break
      if (!ring) bare.push(name)
      seen.add(name)
    }
    expect(bare).toEqual([])
    expect(seen.size).toBeGreaterThan(12)
  })

  test('nothing moves on its own where a person wants it still', async () => {
    const { page } = ui
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const durations = (await page.evaluate(
      "['fast', 'base', 'slow', 'spin'].map((name) => getComputedStyle(document.documentElement).getPropertyValue('--dur-' + name))",
    )) as string[]
    expect(durations.every((duration) => Number.parseFloat(duration) === 0)).toBe(true)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })

  test('says when the connection is lost, and that it is back', async () => {
    await using own = await openWindow()
    const { page } = own
    await page.context().setOffline(true)
    await page.reload().catch(() => {})
    await page.context().setOffline(false)
    await page.goto(own.host.origin)
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await page.getByText('The connection to Paddock is lost.').count()).toBe(0)
    await own.host.stop()
    await page.getByText('The connection to Paddock is lost.').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a window with a token of before says so, and asks no more', async () => {
    await using own = await openWindow()
    await own.page.evaluate("sessionStorage.setItem('paddock.token', 'x'.repeat(43))")
    await own.page.reload()
    await own.page.getByText('Paddock does not know this window.').first().waitFor()
    expect(await accessibilityFaults(own.page)).toEqual([])
  })

  test('the token is gone from the address, and a reload still works', async () => {
    const { page, host } = ui
    expect(page.url()).toBe(`${host.origin}/`)
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await page.getByText('does not know this window').count()).toBe(0)
  })

  test('broke no rule of its page, and asked nobody else', () => {
    expect(ui.faults).toEqual([])
    expect(ui.strays).toEqual([])
  })
})
