import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome } from './fixtures/cli.ts'
import { journey } from './journey.ts'
import { startDesktop } from './stand-in/start-desktop.ts'

test.skipIf(!chromiumPath)(
  'the journey, through the built desktop app on the stand-in for Electron (S6)',
  async () => {
    process.env['PADDOCK_REHEARSAL_PACE'] = '8'
    await using home = await createHome()
    const browser = await launchChromium()
    const workspace = join(home.folder, 'journey')
    await mkdir(workspace)
    const first = await startDesktop({ data: home.data, browser })
    let second: typeof first | undefined
    try {
      const reopen = async () => {
        await first.quit()
        second = await startDesktop({ data: home.data, browser })
        return second.page()
      }
      expect(await journey({ page: await first.page(), workspace, reopen })).toEqual([])
      expect(first.standIn.records.exitCode).toBe(0)
      expect(first.standIn.records.messageBoxes).toEqual([])
    } finally {
      await second?.quit()
      await first.quit()
      await browser.close()
    }
  },
  180_000,
)
