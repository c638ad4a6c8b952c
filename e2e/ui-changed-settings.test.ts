import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { llamaServer, makeTinyModel } from './fixtures/llama-server.ts'
import { accessibilityFaults, openWindow, type UiWindow } from './fixtures/ui-window.ts'

/** The person's own file, where nothing listens yet and no model is set. */
async function writeSettings(folder: string): Promise<void> {
  const { base, stop } = await startFaultServer(() => '')
  await stop()
  const llama_server = {
    binary: llamaServer,
    ctx_size: 8192,
    extra_args: ['-t', '1', '--no-webui', '--jinja'],
  }
  await mkdir(join(folder, '.config/paddock'), { recursive: true })
  await writeFile(
    join(folder, '.config/paddock/config.yaml'),
    stringify({ openai_api_base: base, llama_server }),
  )
}

describe.skipIf(!chromiumPath || !llamaServer)(
  'the model server that is set while the window is open',
  { timeout: 60_000 },
  () => {
    let ui: UiWindow
    beforeAll(async () => {
      ui = await openWindow({ before: (_page, { folder }) => writeSettings(folder) })
      // It never ends an answer by itself.
      ui.page.setDefaultTimeout(8000)
      await writeFile(join(ui.home.folder, 'tiny.gguf'), makeTinyModel({ eosBias: -30 }))
    }, 120_000)
    afterAll(() => ui[Symbol.asyncDispose]())

    const go = (name: string) =>
      ui.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name }).click()
    const set = async (label: string, value: string) => {
      await go('Settings')
      await ui.page
        .getByRole('navigation', { name: 'Sections' })
        .getByRole('button', { name: /^Own model server/ })
        .click()
      await ui.page.getByLabel(label, { exact: true }).fill(value)
      await ui.page.getByLabel(label, { exact: true }).press('Enter')
      await ui.page.getByText('What you changed counts from the next run on.').waitFor()
    }
    const model = () => ui.page.getByRole('region', { name: 'Model', exact: true })
    const runs = async () => (await ui.host.call('run.list')).output as { id: string; status: string }[]

    test('makes a new run ready, and is started by it, with no start of Paddock between', async () => {
      const { page, home } = ui
      await page.getByRole('button', { name: 'Go to the form' }).click()
      await page.getByLabel('Requirement in your own words').fill('One function only.')
      await page.getByLabel('Folder that the files are for').fill(home.workspace)
      await page.getByText('The model server is not ready. Start it, or rehearse.').waitFor()
      await set('Model file (.gguf)', join(home.folder, 'tiny.gguf'))
      // Known before somebody looks at the form, where the server is asked every few seconds.
      await page.getByText('Starts with the next run').waitFor()
      await go('New run')
      await page.getByText('Ready to start.').waitFor({ timeout: 2000 })
      expect(await model().innerText()).toContain('Paddock starts the model server with the next run.')
      await page.keyboard.press('Control+Enter')
      await page.getByRole('heading', { level: 1, name: 'One function only.' }).waitFor()
      expect((await runs()).map(({ status }) => status)).toEqual(['running'])
    })

    test('is left as it is while a run uses it, and the window says so until it is free', async () => {
      const { page } = ui
      await set('Context of a slot', '4096')
      await go('New run')
      await expect
        .poll(() => model().innerText())
        .toMatch(
          /before the settings were changed: a run uses it\.[\s\S]*The new settings count once no run does\./,
        )
      expect(await accessibilityFaults(page)).toEqual([])
      await ui.host.call('run.cancel', { id: (await runs())[0]!.id })
      await expect
        .poll(() => model().innerText())
        .toContain('Paddock starts the model server with the next run.')
      expect([ui.faults, ui.strays]).toEqual([[], []])
    })
  },
)
