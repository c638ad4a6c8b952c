import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { accessibilityFaults, openWindow } from './fixtures/ui-window.ts'

describe.skipIf(!chromiumPath)('the first start without a model (S8)', { timeout: 60_000 }, () => {
  test.each(['dark', 'light'] as const)(
    'offers the rehearsal, which one click plays to its end, and says what a model needs: %s',
    async (theme) => {
      await using ui = await openWindow({ theme })
      const { page } = ui
      await page.getByRole('heading', { name: /never leaves this computer/ }).waitFor()
      const setUp = page.getByRole('region', { name: 'Set up your model' })
      await expect.poll(() => setUp.getByRole('listitem').count()).toBeGreaterThan(2)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Start the rehearsal' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect
        .poll(async () =>
          ((await ui.host.call('run.list')).output as { rehearsal: string | null; status: string }[]).map(
            ({ rehearsal }) => rehearsal,
          ),
        )
        .toEqual(['feature_development'])
      await page.getByText('Rehearsal').first().waitFor()
      await page.getByRole('progressbar', { name: '6 of 6 steps completed' }).waitFor()
      await page.getByRole('button', { name: 'Review 16 files' }).waitFor()
      expect([ui.faults, ui.strays]).toEqual([[], []])
    },
  )

  test('can be passed, to a form that says what is missing', async () => {
    await using ui = await openWindow()
    const { page } = ui
    await page.getByRole('button', { name: 'Go to the form' }).click()
    expect(await page.getByRole('button', { name: /^Start run/ }).getAttribute('aria-disabled')).toBe('true')
    await page.getByText('Drop a document, or write the requirement.').waitFor()
    await page.getByRole('button', { name: 'Rehearse instead' }).click()
    await page.getByText('Ready to start.').waitFor()
    await page.getByRole('button', { name: 'Use its document' }).click()
    await page.getByText('1 document read').waitFor()
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => ((await ui.host.call('run.list')).output as unknown[]).length).toBe(1)
  })

  test('begins with the folder that the settings name', async () => {
    await using ui = await openWindow({
      before: async (_page, home) => {
        await mkdir(join(home.folder, '.config/paddock'), { recursive: true })
        await writeFile(join(home.folder, '.config/paddock/config.yaml'), `workspace: ${home.workspace}\n`)
      },
    })
    const { page, home } = ui
    await page.getByRole('button', { name: 'Go to the form' }).click()
    await page.getByText('Empty folder.').waitFor()
    expect(await page.getByLabel('Folder that the files are for').inputValue()).toBe(home.workspace)
  })

  test('a folder that went away meanwhile is said, and looked at again', async () => {
    const model = await startFaultServer(() => 'Nothing is to be said.')
    await using ui = await openWindow({ env: { OPENAI_API_BASE: model.base } })
    const { page, home } = ui
    await page.getByLabel('Requirement in your own words').fill('One function only.')
    await page.getByLabel('Folder that the files are for').fill(home.workspace)
    await page.getByText('Ready to start.').waitFor()
    await rm(home.workspace, { recursive: true })
    await page.keyboard.press('Control+Enter')
    await page.getByText(`There is no folder ${home.workspace}.`).waitFor()
    await page.getByText('Will be made when the run begins.').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'One function only.' }).waitFor()
    expect((await stat(home.workspace)).isDirectory()).toBe(true)
    await model.stop()
  })

  test('starts a run in a folder that is not there yet', async () => {
    const model = await startFaultServer(() => 'Nothing is to be said.')
    await using ui = await openWindow({ env: { OPENAI_API_BASE: model.base } })
    const { page, home } = ui
    await page.getByLabel('Requirement in your own words').fill('One function only.')
    await page.getByLabel('Folder that the files are for').fill('~/projects/new')
    await page.getByText('Will be made when the run begins.').waitFor()
    await page.getByText('Ready to start.').waitFor()
    const asked: string[] = []
    page.once('dialog', async (dialog) => {
      asked.push(dialog.type())
      await dialog.dismiss()
    })
    await page.reload({ timeout: 2000 }).catch(() => {})
    expect(asked).toEqual(['beforeunload'])
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: 'One function only.' }).waitFor()
    expect((await stat(join(home.folder, 'projects', 'new'))).isDirectory()).toBe(true)
    await model.stop()
  })
})
