import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowserHost } from './fixtures/browser-host.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { disputes, layOutScene, openRunOf, playScene, type ScenePlayed } from './fixtures/ui-scenes.ts'

describe.skipIf(!chromiumPath)('a window that is left and come back to', { timeout: 60_000 }, () => {
  let scene: ScenePlayed
  const page = () => scene.ui.page
  const row = (path: string) => page().locator(`[role=treeitem][data-item="${path}"]`)
  const said = async (path: string) => (await row(path).locator('[data-said]').textContent())!
  const heading = () => page().getByRole('heading', { level: 1 }).first()
  const unsaved = 'counted_by_hand'
  const shownCode = () => page().locator('[data-code] .view-lines').last().innerText()

  beforeAll(async () => {
    scene = await playScene(disputes)
    await page().getByText('The run has ended: partly completed.').first().waitFor()
  }, 120_000)
  afterAll(() => scene[Symbol.asyncDispose]())

  test('a reload comes back to the screen and the run', async () => {
    const run = await heading().innerText()
    await page().reload()
    await page().locator('[data-agent]').first().waitFor()
    await expect.poll(() => heading().innerText()).toBe(run)
    await page().keyboard.press('v')
    await page().getByRole('tree').waitFor()
    await page().reload()
    await row('counter.py').waitFor()
  })

  test('what is not saved is neither accepted nor lost to another run, and leaving the page asks first', async () => {
    await row('counter.py').click()
    await page().locator('[data-code] .view-line').first().waitFor()
    await page().locator('h1').click()
    await page().keyboard.press('e')
    await page().locator('[data-code] textarea').first().waitFor()
    await page().keyboard.type(`${unsaved} = 1\n`)
    await expect.poll(() => said('counter.py')).toContain('not saved')
    await page().locator('h1').click()
    await page().keyboard.press('a')
    await page().keyboard.press('Shift+A')
    await expect.poll(() => said('tests/test_counter.py')).toContain('accepted')
    expect(await said('counter.py')).not.toContain('accepted')

    const { output } = await scene.ui.host.call(
      'run.start',
      await layOutScene(disputes, scene.ui.home.workspace),
    )
    await openRunOf(page(), (output as { id: string }).id)
    await page().getByText('The run has ended: partly completed.').first().waitFor()
    await page().keyboard.press('v')
    await row('counter.py').waitFor()
    expect(await said('counter.py')).not.toContain('not saved')
    await openRunOf(page(), scene.id)
    await page().keyboard.press('v')
    await expect.poll(() => said('counter.py')).toContain('not saved')
    await row('counter.py').click()
    await expect.poll(shownCode).toContain(unsaved)

    const asked: string[] = []
    page().once('dialog', async (dialog) => {
      asked.push(dialog.type())
      await dialog.dismiss()
    })
    await page()
      .reload({ timeout: 2000 })
      .catch(() => {})
    expect(asked).toEqual(['beforeunload'])
    await expect.poll(shownCode).toContain(unsaved)
  })

  test('who chooses between versions sees those, not the text that is not saved', async () => {
    const block = page().locator('[data-block]')
    await block.getByRole('textbox').fill('counter.py')
    await block.getByRole('button', { name: 'Use it' }).click()
    await page().getByRole('button', { name: 'Make it a second version' }).click()
    await page().getByRole('button', { name: 'Choose the right one' }).waitFor()
    await expect.poll(shownCode).toContain('import')
    expect(await shownCode()).not.toContain(unsaved)
    await page().getByRole('button', { name: 'Choose the left one' }).click()
    await expect.poll(shownCode).toContain(unsaved)
    await page().getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => said('counter.py')).not.toContain('not saved')
  })

  test('while Paddock is gone the run stays in sight, and its next address in the same tab goes on', async () => {
    await page().keyboard.press('v')
    await page().locator('[data-agent]').first().waitFor()
    const port = new URL(scene.ui.host.origin).port
    scene.ui.host.started.child.kill('SIGKILL')
    await page().getByText('The connection to Paddock is lost.').first().waitFor()
    // Longer than the window waits before it asks again.
    await sleep(3500)
    expect(await page().locator('[data-agent]').count()).toBe(5)
    const env = { OPENAI_API_BASE: scene.model.base }
    await using next = await startBrowserHost(scene.ui.home, env, ['--port', port])
    await page().getByText('Paddock does not know this window.').first().waitFor({ timeout: 20_000 })
    expect(await page().locator('[data-agent]').count()).toBe(5)
    await page().goto(next.address)
    await expect.poll(() => page().getByText('does not know this window').count()).toBe(0)
    await page().locator('[data-agent]').first().waitFor()
    expect(page().url()).toBe(`${next.origin}/`)
  })
})
