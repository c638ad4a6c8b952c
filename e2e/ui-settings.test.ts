import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShownConfig } from '../shared/reports.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { accessibilityFaults, answerInstead, openWindow, type UiWindow } from './fixtures/ui-window.ts'
import { openSelect } from './fixtures/choose-option.ts'

describe.skipIf(!chromiumPath)('every setting with its source', { timeout: 60_000 }, () => {
  let ui: UiWindow
  let file = ''
  beforeAll(async () => {
    ui = await openWindow({ env: { OPENAI_API_MODEL: 'devstral' } })
    file = (await shown()).file
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, '# what I like\nllm_timeout: 600\n')
    await ui.page.keyboard.press('Control+5')
  }, 120_000)
  afterAll(() => ui[Symbol.asyncDispose]())

  const shown = async () => (await ui.host.call('settings.get', {})).output as ShownConfig
  const go = (name: string | RegExp) =>
    ui.page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name }).click()
  const row = (key: string) =>
    ui.page
      .locator('div.grid')
      .filter({ has: ui.page.getByText(key, { exact: true }) })
      .last()

  test('says what is there on this machine, what is missing, and what to do', async () => {
    const { page } = ui
    const panel = page.getByRole('region', { name: 'This machine' })
    await expect.poll(() => panel.getByRole('listitem').count()).toBeGreaterThan(5)
    const texts = await panel.getByRole('listitem').allInnerTexts()
    expect(texts.join('\n')).toMatch(/Node\.js[\s\S]*Data folder[\s\S]*Model server/)
    expect(texts.find((text) => text.includes('Model server'))).toMatch(/Missing|Look at this/)
    await panel.getByRole('button', { name: 'Look again' }).click()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('shows every value that the core has, none left out', async () => {
    const { page } = ui
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.keyboard.press('Control+5')
    const { values } = await shown()
    const seen = new Set<string>()
    const faults: string[] = []
    const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('button')
    await expect.poll(() => sections.count()).toBeGreaterThan(5)
    for (const section of await sections.all()) {
      await section.click()
      for (const text of await page.locator('.font-mono').allInnerTexts()) seen.add(text)
      faults.push(...(await accessibilityFaults(page)))
    }
    expect(values.map(({ key }) => key).filter((key) => !seen.has(key))).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    for (const name of ['This machine', /^Model/, /^Developer/, 'Appearance and keys']) {
      await go(name)
      faults.push(...(await accessibilityFaults(page)))
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(faults).toEqual([])
  }, 240_000)

  test('a value is changed in place, with Enter, in the own file and nowhere else in it', async () => {
    await go(/^Model/)
    const field = ui.page.getByLabel('Give up after silence of')
    expect(await field.inputValue()).toBe('600')
    await field.fill('120')
    await field.press('Enter')
    await expect.poll(() => readFile(file, 'utf8')).toBe('# what I like\nllm_timeout: 120\n')
    await expect.poll(() => row('llm_timeout').innerText()).toContain('Your file')
    await ui.page.getByText('What you changed counts from the next run on.').waitFor()
  })

  test('a wrong value is refused in place, with what was expected; the file stays', async () => {
    const before = await readFile(file, 'utf8')
    const field = ui.page.getByLabel('Give up after silence of')
    await field.fill('ten minutes')
    await field.press('Enter')
    await expect.poll(() => row('llm_timeout').innerText()).toMatch(/expected a number above 0/)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.inputValue()).toBe('ten minutes')
    expect(await readFile(file, 'utf8')).toBe(before)
    expect(await accessibilityFaults(ui.page)).toEqual([])
    await field.press('Escape')
    expect(await field.inputValue()).toBe('120')
    expect(await field.getAttribute('aria-invalid')).toBeNull()
  })

  test('one that the environment sets is locked, and says where to change it', async () => {
    const field = ui.page.getByLabel('Model name')
    expect([await field.inputValue(), await field.getAttribute('readonly')]).toEqual(['devstral', ''])
    expect(await row('openai_api_model').innerText()).toMatch(/Environment[\s\S]*OPENAI_API_MODEL/)
  })

  test('lists, choices and switches are changed in place too, and levels of the log say what they mean (S109)', async () => {
    const { page } = ui
    await go(/^Developer/)
    const languages = page.getByLabel('Programming languages')
    await languages.fill('rust, go')
    await languages.blur()
    await expect
      .poll(() => readFile(file, 'utf8'))
      .toMatch(/languages:\s*(\[ ?rust, go ?\]|\n\s+- rust\n\s+- go)/)
    await go(/^Log and backups/)
    const list = await openSelect(page, 'Least that is logged')
    expect(await list.getByRole('option').allInnerTexts()).toEqual([
      expect.stringMatching(/^DEBUG\s+How the work goes in detail$/),
      expect.stringMatching(/^INFO\s+How far tasks are, and what came of them$/),
      expect.stringMatching(/^WARNING\s+What went wrong and stopped nothing$/),
      expect.stringMatching(/^ERROR\s+What failed$/),
    ])
    await list.getByRole('option', { name: 'DEBUG' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toContain('log_level: DEBUG')
    await go(/^QA engineer/)
    await page.getByRole('switch', { name: 'May be given work' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toMatch(/qa_engineer:\s*\n\s+enabled: false/)
  })

  test('what is read only when Paddock starts says so beside it', async () => {
    await go(/^Log and backups/)
    for (const key of ['log_level', 'log_file', 'log_max_megabytes', 'log_files_kept'])
      expect(await row(key).innerText()).toContain('Counts from the next start of Paddock')
    expect(await row('backups_kept').innerText()).not.toContain('next start')
    expect(await accessibilityFaults(ui.page)).toEqual([])
  })

  test('a key is set without ever being shown', async () => {
    const { page } = ui
    await go(/^Model/)
    const field = page.getByLabel('Key of the server')
    await field.fill('canary-5f1e0c7d9a')
    await field.press('Enter')
    await expect.poll(() => readFile(file, 'utf8')).toContain('canary-5f1e0c7d9a')
    await expect.poll(() => page.getByLabel('Key of the server').inputValue()).toBe('')
    expect(await page.getByLabel('Key of the server').getAttribute('placeholder')).toBe('A key is set')
    expect(await page.content()).not.toContain('canary-5f1e0c7d9a')
  })

  test('goes back to the default', async () => {
    await row('llm_timeout').getByRole('button', { name: 'Use the default' }).click()
    await expect.poll(() => ui.page.getByLabel('Give up after silence of').inputValue()).toBe('300')
    expect(await readFile(file, 'utf8')).not.toContain('llm_timeout')
  })

  test('an earlier version is put back', async () => {
    const { page } = ui
    await page.getByRole('button', { name: 'Earlier versions' }).click()
    const dialog = page.getByRole('dialog', { name: 'Earlier versions of your file' })
    await dialog.waitFor()
    const { versions } = await shown()
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(versions.length)
    expect(await dialog.getByRole('listitem').first().innerText()).toMatch(/^\d+ \w{3} \d{4}, \d\d:\d\d:\d\d/)
    expect(await accessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Put back' }).last().click()
    await expect.poll(() => readFile(file, 'utf8')).toBe('# what I like\nllm_timeout: 600\n')
    await expect.poll(() => page.getByLabel('Give up after silence of').inputValue()).toBe('600')
    await expect.poll(() => dialog.count()).toBe(0)
  })

  test('is found by words', async () => {
    const { page } = ui
    await page.keyboard.press('/')
    await page.keyboard.type('graphics')
    await page.getByLabel('Layers on the graphics card').waitFor()
    await page.getByRole('searchbox').fill('nothing like it')
    await page.getByText('No setting is called that.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  test('says why the settings cannot be read, and which line is to blame', async () => {
    const { page } = ui
    await writeFile(file, 'llm_timeout: ten\n')
    await page.reload()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.keyboard.press('Control+5')
    await page
      .getByRole('alert')
      .filter({ hasText: /llm_timeout/ })
      .waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await writeFile(file, '')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect
      .poll(() =>
        page
          .getByRole('alert')
          .filter({ hasText: /llm_timeout/ })
          .count(),
      )
      .toBe(0)
  })

  test('shows that it reads, in a window whose core is slow', async () => {
    await using own = await openWindow({
      before: async (page) => {
        const never = () => new Promise(() => {})
        await answerInstead(page, 'settings.get', never)
        await answerInstead(page, 'system.doctor', never)
      },
    })
    await own.page.keyboard.press('Control+5')
    await own.page.getByText('Looking at this machine').waitFor()
    expect(await accessibilityFaults(own.page)).toEqual([])
  })

  test('broke no rule of its page, and asked nobody else', () =>
    expect([ui.faults, ui.strays]).toEqual([[], []]))
})
