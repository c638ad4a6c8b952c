import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHome } from './fixtures/cli.ts'
import { startElectron, whyNoElectron } from './fixtures/electron-program.ts'
import { journey } from './journey.ts'

test.skipIf(whyNoElectron !== null)(
  `the journey, through real Electron (S6)${whyNoElectron ? ` (skipped: ${whyNoElectron})` : ''}`,
  async () => {
    await using home = await createHome()
    const workspace = join(home.folder, 'journey')
    await mkdir(workspace)
    let desktop = await startElectron(home)
    const reopen = async () => {
      await desktop.electron.close()
      desktop = await startElectron(home)
      return desktop.page
    }
    try {
      expect(await journey({ page: desktop.page, workspace, reopen })).toEqual([])
    } finally {
      await desktop.electron.close()
    }
  },
  180_000,
)
