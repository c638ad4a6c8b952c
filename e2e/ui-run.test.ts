import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { gateAndRetry, openRunOf, playAllStates, playScene, type ScenePlayed } from './fixtures/ui-scenes.ts'
import { accessibilityFaults } from './fixtures/ui-window.ts'

const heights = `[...document.querySelectorAll('[data-agent]')].map((card) => Math.round(card.getBoundingClientRect().height * 10))`
const places = `[...document.querySelectorAll('[data-agent]')].map((card) => { const { x, y } = card.getBoundingClientRect(); return [x, y].map(Math.round).join() })`

describe.skipIf(!chromiumPath)('the run screen', { timeout: 60_000 }, () => {
  let scene: ScenePlayed
  const page = () => scene.ui.page
  const card = (id: string) => page().locator(`[data-agent=${id}]`)
  const tail = () => card('dev_001').locator('.tail-lines')

  beforeAll(async () => {
    scene = await playAllStates()
  }, 120_000)
  afterAll(() => scene[Symbol.asyncDispose]())

  test('all five states of an agent are there, each with its word, in a real run (S48)', async () => {
    const states = await page().evaluate(
      `[...document.querySelectorAll('[data-agent]')].map((card) => [card.dataset.agent, card.dataset.status, card.ariaLabel])`,
    )
    expect(states).toEqual([
      ['ba_001', 'completed', 'Analyst, completed'],
      ['dev_001', 'working', 'Developer, working'],
      ['qa_001', 'waiting', 'QA engineer, waiting for a slot'],
      ['devops_001', 'error', 'DevOps engineer, error'],
      ['writer_001', 'idle', 'Technical writer, idle'],
    ])
    await expect.poll(() => card('qa_001').textContent()).toMatch(/In the queue for\s*\d+:\d\d/)
    await expect.poll(() => card('devops_001').textContent()).toContain('The grammar cannot be read')
    await expect.poll(() => card('writer_001').textContent()).toContain('Starts after steps 2 and 3')
  })

  test('header: steps by their states, no percentage and no guessed end', async () => {
    const header = page().locator('h1').locator('..')
    expect(await header.textContent()).toMatch(/Step 2 of 5.*At work \d+:\d\d/)
    expect(await header.textContent()).not.toMatch(/%|left/i)
    expect(await page().getByRole('progressbar').getAttribute('aria-label')).toBe('1 of 5 steps completed')
  })

  test('text streams and numbers count while no card moves or changes its height', async () => {
    const before = await page().evaluate(`[${heights}, ${places}]`)
    const text = await tail().textContent()
    const tokens = await card('dev_001').locator('[data-number=tokens]').textContent()
    await page().waitForTimeout(2500)
    expect(await tail().textContent()).not.toBe(text)
    expect(await card('dev_001').locator('[data-number=tokens]').textContent()).not.toBe(tokens)
    expect(Number(await card('dev_001').locator('[data-number=speed]').textContent())).toBeGreaterThan(1)
    expect(await page().evaluate(`[${heights}, ${places}]`)).toEqual(before)
  })

  test('text that streams takes the focus from nobody', async () => {
    await page().keyboard.press('Control+2')
    const settings = page()
      .getByRole('navigation', { name: 'Main' })
      .getByRole('button', { name: 'Settings' })
    await settings.focus()
    const text = await tail().textContent()
    await expect.poll(() => tail().textContent()).not.toBe(text)
    expect(await settings.evaluate((element) => element.matches(':focus'))).toBe(true)
  })

  test('the tail shows whole lines only', async () => {
    const cut = await page().evaluate(
      `(() => { const box = document.querySelector('[data-agent=dev_001] .tail-lines'); return box.clientHeight % parseFloat(getComputedStyle(box).lineHeight) })()`,
    )
    expect(cut).toBe(0)
  })

  test('scrolling up stops following, and the button or End follows again', async () => {
    const more = card('dev_001').locator('.tail button')
    await card('dev_001').locator('.tail').hover()
    await page().mouse.wheel(0, -160)
    await more.waitFor()
    const held = await tail().textContent()
    await expect.poll(() => more.textContent()).toMatch(/^[1-9]\d* new lines?$/)
    expect(await tail().textContent()).toBe(held)
    await more.click()
    await more.waitFor({ state: 'hidden' })
    await expect.poll(() => tail().textContent()).not.toBe(held)
    await card('dev_001').focus()
    await page().keyboard.press('ArrowUp')
    await more.waitFor()
    await page().keyboard.press('End')
    await more.waitFor({ state: 'hidden' })
  })

  test('a selection is never pulled away', async () => {
    await page().evaluate(
      `(() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('[data-agent=dev_001] .tail-row')); getSelection().removeAllRanges(); getSelection().addRange(range) })()`,
    )
    await card('dev_001').locator('.tail button').waitFor()
    const selected = await page().evaluate('getSelection().toString()')
    await page().waitForTimeout(1500)
    expect(await page().evaluate('getSelection().toString()')).toBe(selected)
    await page().evaluate('getSelection().removeAllRanges()')
    await card('dev_001').focus()
    await page().keyboard.press('End')
  })

  test('keys: cards by number, full text by Enter, the graph by arrows, list and log', async () => {
    await page().keyboard.press('2')
    expect(await page().evaluate('document.activeElement.dataset.agent')).toBe('dev_001')
    await page().keyboard.press('Enter')
    const dialog = page().getByRole('dialog')
    await dialog
      .getByText(/total_\d+ =/)
      .first()
      .waitFor()
    await page().keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page().evaluate('document.activeElement.dataset.agent')).toBe('dev_001')

    await page().locator('[data-step=task_1]').focus()
    await page().keyboard.press('ArrowRight')
    const reached = (await page().evaluate('document.activeElement.dataset.step')) as string
    expect(['task_2', 'task_3', 'task_4']).toContain(reached)
    await page().keyboard.press('ArrowLeft')
    expect(await page().evaluate('document.activeElement.dataset.step')).toBe('task_1')

    await page().keyboard.press('l')
    await expect
      .poll(() => page().getByRole('list', { name: 'Workflow' }).getByRole('listitem').count())
      .toBe(5)
    await page().keyboard.press('l')
    await page().locator('.react-flow').waitFor()
    const log = page().getByRole('log', { name: 'Log' })
    await log.waitFor()
    await page().keyboard.press('Control+j')
    await log.waitFor({ state: 'hidden' })
    await page().keyboard.press('Control+j')
    await log.waitFor()
  })

  test('prompt and raw answer of a call, and why a step cannot be run again now', async () => {
    await page().locator('[data-step=task_4]').click()
    const panel = page().locator('[data-call]')
    await expect
      .poll(() => page().getByText('A step can be run again once the run has ended').count())
      .toBeGreaterThan(0)
    await panel.getByRole('button', { name: 'Prompt' }).first().click()
    const dialog = page().getByRole('dialog')
    await dialog.getByText('# System message').waitFor()
    await expect.poll(() => dialog.textContent()).toMatch(/\d+ lines/)
    await page().keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page().keyboard.press('Escape')
    await panel.first().waitFor({ state: 'hidden' })
  })

  test.each(['dark', 'light'] as const)('axe finds nothing in %s', async (theme) => {
    await page().evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    expect(await accessibilityFaults(page())).toEqual([])
  })

  test('whoever comes late, as after a reload, sees the whole text and goes on from there', async () => {
    await page().reload()
    await page().getByRole('navigation', { name: 'Main' }).waitFor()
    await openRunOf(page(), scene.id)
    await page().locator('[data-agent=dev_001][data-status=working] .tail-row').first().waitFor()
    await page().keyboard.press('2')
    await page().keyboard.press('Enter')
    const dialog = page().getByRole('dialog')
    await dialog
      .getByText(/total_\d+ =/)
      .first()
      .waitFor()
    await dialog.getByRole('region').focus()
    await page().keyboard.press('Home')
    await dialog.getByText('def measure(blocks):').waitFor()
    await dialog.getByRole('button', { name: /new lines?|Follow again/ }).click()
    await expect.poll(() => dialog.getByText('def measure(blocks):').count(), { timeout: 5000 }).toBe(0)
    await page().keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  test('with reduced motion nothing turns, and the words say the same', async () => {
    await page().emulateMedia({ reducedMotion: 'reduce' })
    const running = `document.getAnimations().filter(({ playState }) => playState === 'running').length`
    expect(await page().evaluate(running)).toBe(0)
    expect(await card('dev_001').textContent()).toContain('Working')
    await page().emulateMedia({ reducedMotion: null })
  })

  test('pause and go on, and stop asks once and says what is kept', async () => {
    await page().locator('h1').click()
    await page().keyboard.press('Space')
    await page().getByText('The run is paused.').first().waitFor()
    await page().keyboard.press('Space')
    await page().getByRole('button', { name: 'Pause' }).waitFor()
    await page().keyboard.press('Control+.')
    const dialog = page().getByRole('dialog')
    await expect.poll(() => dialog.textContent()).toContain('1 completed step and 1 file are kept')
    await dialog.getByRole('button', { name: 'Stop the run' }).click()
    await page().getByText('The run was stopped.').first().waitFor()
    await page().getByRole('button', { name: 'Resume' }).waitFor()
  })

  test('a step that failed runs again from its card', async () => {
    await card('devops_001').getByRole('button', { name: 'Run again' }).click()
    await page().getByRole('button', { name: 'Pause' }).waitFor()
    await expect.poll(() => page().locator('[data-step=task_4]').textContent()).toContain('time 2')
  })

  test('nothing was refused by the page, and nothing left the machine', () => {
    expect(scene.ui.faults).toEqual([])
    expect(scene.ui.strays).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('a gate and a retry', { timeout: 60_000 }, () => {
  let scene: ScenePlayed
  beforeAll(async () => {
    scene = await playScene(gateAndRetry)
  }, 120_000)
  afterAll(() => scene[Symbol.asyncDispose]())

  test('a gate waits for a person, and its comment is kept', async () => {
    const { page } = scene.ui
    const gate = page.getByRole('region', { name: 'Step 1 waits for your decision' })
    await gate.waitFor()
    await expect
      .poll(() => page.locator('[data-agent=dev_001]').textContent())
      .toContain('Completed, at a gate')
    await gate.getByRole('textbox').fill('Looks right.')
    await gate.getByRole('button', { name: 'Open the gate' }).click()
    await gate.waitFor({ state: 'hidden' })
    await page.getByText('Gate after Build the counter opened: Looks right.').waitFor()
  })

  test('a retry is visible with its reason, until it is due', async () => {
    const { page } = scene.ui
    const qa = page.locator('[data-agent=qa_001]')
    await page.locator('[data-agent=qa_001][data-status=waiting]').waitFor()
    await expect.poll(() => qa.textContent()).toMatch(/Waiting to retry[^]*Tries again\s*in 0:0\d/)
    await page.locator('[data-agent=qa_001][data-status=completed]').waitFor()
    await page.getByText('Trying again').first().waitFor()
  })
})
