import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBrowserHost } from './fixtures/browser-host.ts'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome } from './fixtures/cli.ts'
import { journey } from './journey.ts'

test.skipIf(!chromiumPath)(
  'the journey, through the browser host (S6)',
  async () => {
    await using home = await createHome()
    const workspace = join(home.folder, 'journey')
    await mkdir(workspace)
    const browser = await launchChromium()
    const open = async () => {
      const host = await startBrowserHost(home, { PADDOCK_REHEARSAL_PACE: '8' })
      const page = await browser.newPage()
      await page.goto(host.address)
      return { host, page }
    }
    const first = await open()
    let second: typeof first | undefined
    try {
      const reopen = async () => {
        await first.page.close()
        await first.host.stop()
        second = await open()
        return second.page
      }
      expect(await journey({ page: first.page, workspace, reopen })).toEqual([])
    } finally {
      await second?.host.stop()
      await first.host.stop()
      await browser.close()
    }
  },
  180_000,
)
