import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome, type Home } from './fixtures/cli.ts'
import { startDesktop, type Desktop } from './stand-in/start-desktop.ts'

describe.skipIf(!chromiumPath)(
  'what is written and not saved in the desktop window',
  { timeout: 60_000 },
  () => {
    let browser: Browser
    let home: Home
    let desktop: Desktop
    let page: Page
    const boxes = () => desktop.standIn.records.messageBoxes
    const field = () => page.getByLabel('Give up after silence of')

    beforeAll(async () => {
      browser = await launchChromium()
      home = await createHome()
      desktop = await startDesktop({ data: home.data, browser })
      page = await desktop.page()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      await page.keyboard.press('Control+5')
      await find()
    }, 60_000)
    afterAll(async () => {
      await desktop.quit()
      await browser.close()
      await home[Symbol.asyncDispose]()
    })

    /** Finds the setting on the screen of settings. */
    async function find(): Promise<void> {
      await page.getByRole('searchbox').fill('llm_timeout')
      await field().waitFor()
      expect(await field().inputValue()).toBe('300')
    }

    /** Writes into the field; calls arrive in their order, so what the page says of it has arrived too. */
    async function write(text: string): Promise<void> {
      await field().fill(text)
      await page.evaluate("paddock.call('host.info')")
    }

    test('a value that stands in its field is asked about before the window closes, and stays there', async () => {
      await write('450')
      desktop.standIn.answers.messageBox.push(0)
      expect(desktop.window().close()).toBe(false)
      await expect.poll(() => boxes().length).toBe(1)
      expect(boxes()[0]).toMatchObject({ message: 'What you wrote is not saved.' })
      expect(await field().inputValue()).toBe('450')
    })

    test('it is asked about before the page is loaded anew as well', async () => {
      const before = boxes().length
      desktop.standIn.answers.messageBox.push(0)
      desktop.window().webContents.reload()
      await expect.poll(() => boxes().length).toBe(before + 1)
      expect(boxes().at(-1)).toMatchObject({ buttons: ['Go back', 'Reload without saving'] })
      expect(await field().inputValue()).toBe('450')
    })

    test('who agrees has the page loaded anew, and is asked no more', async () => {
      const before = boxes().length
      desktop.standIn.answers.messageBox.push(1)
      desktop.window().webContents.reload()
      await expect.poll(() => field().count()).toBe(0)
      await page.getByRole('searchbox').fill('llm_timeout')
      await expect.poll(() => field().inputValue()).toBe('300')
      expect(boxes()).toHaveLength(before + 1)
    })

    test('with the old value back there is nothing to ask', async () => {
      const before = boxes().length
      await field().fill('450')
      await field().press('Escape')
      desktop.window().close()
      await desktop.standIn.app.ended.promise
      expect(boxes()).toHaveLength(before)
    })
  },
)
