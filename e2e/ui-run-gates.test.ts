import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { allLanguages, gateAndRetry, playScene, type ScenePlayed } from './fixtures/ui-scenes.ts'
import { accessibilityFaults } from './fixtures/ui-window.ts'

describe.skipIf(!chromiumPath)('a gate', { timeout: 60_000 }, () => {
  let scene: ScenePlayed
  const page = () => scene.ui.page
  const gate = () => page().getByRole('region', { name: 'Step 1 waits for your decision' })
  const header = () => page().locator('h1').locator('..')

  beforeAll(async () => {
    scene = await playScene(gateAndRetry)
    await gate().waitFor()
  }, 120_000)
  afterAll(() => scene[Symbol.asyncDispose]())

  test('that waits is what header and list say of the run, with its step', async () => {
    expect(await header().textContent()).toContain('Waits for you at step 1')
    await page().keyboard.press('Control+4')
    await page().getByText('1 run on this machine, 1 waits for your decision').waitFor()
    await page().getByRole('row').nth(1).click()
    const selected = page().getByRole('region', { name: 'Selected run' })
    await selected.getByText('Step 1, Build the counter, waits for your decision.').waitFor()
    expect(await selected.textContent()).not.toContain('It goes on')
    expect(await page().getByRole('row').nth(1).textContent()).toContain('Waits for you')
  })

  test('that a person refused is no failure, and what to do next is a button of the window', async () => {
    await page().keyboard.press('Control+2')
    await gate().getByRole('textbox').fill('Too dear.')
    await gate().getByRole('button', { name: 'Close the gate' }).click()
    await page().getByText('The run has ended: refused.').first().waitFor()
    await page().getByText('A person refused "Build the counter" at its gate: Too dear.').first().waitFor()
    expect(await header().textContent()).toContain('Refused 0 of 2')
    const card = page().locator('[data-agent=dev_001]')
    expect(await card.textContent()).toContain('Refused at its gate')
    expect(await card.textContent()).toContain('To have it done again: “Resume”')
    expect(await page().getByRole('main').textContent()).not.toMatch(/paddock resume|Failed|so far/)
    expect(await accessibilityFaults(page())).toEqual([])
    await page().keyboard.press('Control+4')
    const selected = page().getByRole('region', { name: 'Selected run' })
    await selected.getByText('Resume has it done again').waitFor()
    expect(await selected.textContent()).toMatch(/Refused[^]*at its gate: Too dear\./)
    expect(await accessibilityFaults(page())).toEqual([])
    await page().getByRole('button', { name: 'Results and summary' }).click()
    await page().getByRole('dialog').getByText('refused at a gate').first().waitFor()
    expect(scene.ui.faults).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('a run that has ended', { timeout: 60_000 }, () => {
  test('does not speak of what is still to come', async () => {
    await using scene = await playScene(allLanguages)
    const { page } = scene.ui
    await page.getByText('The run has ended: completed.').first().waitFor()
    await page.getByText('No messages. No agent handed anything over in this run.').waitFor()
    await page.getByRole('article', { name: 'Files made' }).waitFor()
    expect(await page.getByRole('main').textContent()).not.toMatch(/\byet\b|so far/)
  })
})
