import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../shared/change.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { allLanguages, disputes, playScene, samplePaths, type ScenePlayed } from './fixtures/ui-scenes.ts'
import { accessibilityFaults } from './fixtures/ui-window.ts'

describe.skipIf(!chromiumPath)('the review screen', { timeout: 60_000 }, () => {
  let scene: ScenePlayed
  const page = () => scene.ui.page
  const row = (path: string) => page().locator(`[role=treeitem][data-item="${path}"]`)
  const name = async (path: string) => `${path}${await row(path).locator('[data-said]').textContent()}`
  const bar = () => page().getByRole('region', { name: /files decided/ })
  const onDisk = (path: string) => readFile(join(scene.ui.home.workspace, path), 'utf8').catch(() => null)
  const put = async (path: string, text: string) => {
    const full = join(scene.ui.home.workspace, path)
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, text)
  }
  /** The text that the editor shows, with its own kind of blanks made ordinary ones. */
  const code = () =>
    page().evaluate(
      `[...document.querySelectorAll('[data-code] .view-lines')].map((lines) => lines.innerText).join('\\n').replaceAll('\\u00a0', ' ')`,
    ) as Promise<string>
  const open = async (path: string) => {
    await row(path).click()
    await page().locator('[data-code] .view-line').first().waitFor()
  }
  const changeOf = async (path: string) => {
    const { output } = await scene.ui.host.call('run.changes', { id: scene.id })
    return (output as Change[]).find((change) => change.path === path)
  }

  beforeAll(async () => {
    scene = await playScene(disputes)
    await page().getByText('The run has ended: partly completed.').first().waitFor()
    await put('counter.py', 'WORDS_0 = 0\nWORDS_1 = 100\n')
    await page().getByRole('button', { name: 'Review 5 files' }).click()
    await page().getByRole('tree').waitFor()
  }, 120_000)
  afterAll(() => scene[Symbol.asyncDispose]())

  test('files by agent, each with its badges; what is held back is in its tray alone', async () => {
    expect(await name('counter.py')).toBe('counter.py, changed')
    expect(await name('tests/test_counter.py')).toBe('tests/test_counter.py, new')
    expect(await name('shared.py')).toBe('shared.py, conflict')
    expect(await name('docs/usage.md')).toBe('docs/usage.md, incomplete')
    expect(await row('Dockerfile').count()).toBe(0)
    await expect
      .poll(() => page().locator('[data-tray-file=Dockerfile]').textContent())
      .toContain('Container and machine tools')
  })

  test('the difference to the file in the workspace, in an editor of our own files', async () => {
    await open('counter.py')
    await expect.poll(code).toContain('WORDS_1 = 100')
    await expect.poll(code).toContain('WORDS_2 = 400')
    await page().locator('[data-code] .line-insert').first().waitFor()
  })

  test('origin: agent, step, tokens, prompt and the place in the raw answer', async () => {
    const origin = page().getByRole('region', { name: 'Origin' })
    await expect
      .poll(() => origin.textContent())
      .toMatch(/Developer[^]*Step 1, Build the counter[^]*\d+ tokens, ended by itself/)
    await origin.getByRole('button', { name: 'lines 4 to 33' }).click()
    const dialog = page().getByRole('dialog')
    await dialog.locator('[data-marked]').first().waitFor()
    await expect.poll(() => dialog.textContent()).toContain('lines 4 to 33 became this file')
    await page().keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await origin.getByRole('button', { name: /^[\d,]+ tokens$/ }).click()
    await dialog.getByText('# Question').first().waitFor()
    await page().keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  test('keys: accept and reject go on to the next file, U takes back, and the bar counts', async () => {
    await row('counter.py').focus()
    await page().keyboard.press('a')
    await expect.poll(() => name('counter.py')).toBe('counter.py, changed, accepted')
    await row('tests/test_counter.py').click()
    await page().keyboard.press('x')
    await expect.poll(() => name('tests/test_counter.py')).toBe('tests/test_counter.py, new, rejected')
    await expect.poll(() => bar().textContent()).toContain('2 of 5 files decided')
    await expect.poll(() => bar().textContent()).toContain('Write 1 file')
    await row('tests/test_counter.py').click()
    await page().keyboard.press('u')
    await expect.poll(() => name('tests/test_counter.py')).toBe('tests/test_counter.py, new')
    await page().keyboard.press('x')
    await expect.poll(() => name('tests/test_counter.py')).toBe('tests/test_counter.py, new, rejected')
  })

  test('a conflict is settled by choosing a version', async () => {
    await open('shared.py')
    await expect.poll(code).toContain('SPEED = 238')
    await expect.poll(code).toContain('SPEED = 200')
    expect(await accessibilityFaults(page())).toEqual([])
    await page().getByRole('button', { name: 'Choose the left one' }).click()
    await expect.poll(() => name('shared.py')).toBe('shared.py, new')
    await expect.poll(code).not.toContain('SPEED = 200')
  })

  test('an unplaced block is given a name of one’s own; a wrong one is refused with its reason', async () => {
    const block = page().locator('[data-block]')
    await expect.poll(() => block.textContent()).toContain('import re')
    await block.getByRole('textbox').fill('../outside.py')
    await block.getByRole('button', { name: 'Use it' }).click()
    await page().getByText("This cannot be the file's name").first().waitFor()
    await block.getByRole('textbox').fill('/outside.py')
    await block.getByRole('button', { name: 'Use it' }).click()
    await page().getByText('"/outside.py" is absolute').first().waitFor()
    expect(await page().getByText("This cannot be the file's name").count()).toBe(1)
    await block.getByRole('textbox').fill('./counter.py')
    await block.getByRole('button', { name: 'Use it' }).click()
    const asked = page().getByRole('dialog', { name: 'There is a ./counter.py already' })
    expect(await asked.textContent()).toContain('becomes a second version of it')
    await asked.getByRole('button', { name: 'Cancel' }).click()
    await asked.waitFor({ state: 'hidden' })
    expect([await block.count(), await name('counter.py')]).toEqual([1, 'counter.py, changed, accepted'])
    await block.getByRole('textbox').fill('words.py')
    await block.getByRole('button', { name: 'Use it' }).click()
    await expect.poll(() => name('words.py')).toBe('words.py, new')
    await expect.poll(() => page().getByText("This cannot be the file's name").count()).toBe(0)
    await expect.poll(() => block.count()).toBe(0)
  })

  test('an incomplete file cannot be accepted until a person has completed it', async () => {
    await open('docs/usage.md')
    expect(
      await page()
        .getByRole('button', { name: /^Accept A/ })
        .count(),
    ).toBe(0)
    await page().getByText('the answer was cut off').first().waitFor()
    await page().locator('h1').click()
    await page().keyboard.press('e')
    await page().locator('[data-code] textarea').first().waitFor()
    await page().keyboard.press('Control+End')
    await page().keyboard.type(' this and that: paddock axe judge.')
    expect(await name('docs/usage.md')).toContain('not saved')
    await page().getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => name('docs/usage.md')).toBe('docs/usage.md, new')
    const { output } = await scene.ui.host.call('run.content', {
      id: scene.id,
      hash: (await changeOf('docs/usage.md'))!.hash,
    })
    expect(output).toContain('as in this and that: paddock axe judge.')
  })

  test('nobody is caught in the editor', async () => {
    await open('words.py')
    await page().locator('h1').click()
    await page().keyboard.press('e')
    await expect
      .poll(() => page().evaluate(`document.activeElement.closest('[data-code]') !== null`))
      .toBe(true)
    await page().keyboard.press('Escape')
    expect(await page().evaluate(`document.activeElement.closest('[data-code]') !== null`)).toBe(false)
    await page().getByRole('button', { name: 'Discard' }).click()
  })

  test('an edit that comes too late keeps the text, and goes on over the newer version', async () => {
    await open('words.py')
    await page().locator('h1').click()
    await page().keyboard.press('e')
    await page().keyboard.press('Control+End')
    await page().keyboard.type('MINE = 1')
    const { hash } = (await changeOf('words.py'))!
    const newer = { id: scene.id, path: 'words.py', base: hash, content: 'import regex\n' }
    expect((await scene.ui.host.call('run.edit', newer)).ok).toBe(true)
    await page().getByRole('button', { name: 'Save' }).click()
    await page().getByText('has a newer version than the one that was shown').waitFor()
    await expect.poll(code).toContain('MINE = 1')
    await page().getByRole('button', { name: 'Compare with the newer version' }).click()
    await expect.poll(code).toContain('MINE = 1')
    await page().getByRole('button', { name: 'Save' }).click()
    await page().getByRole('button', { name: 'Save' }).waitFor({ state: 'hidden' })
    const { output } = await scene.ui.host.call('run.content', {
      id: scene.id,
      hash: (await changeOf('words.py'))!.hash,
    })
    expect(output).toContain('MINE = 1')
    // Among the agents' names the person's own is one of them.
    await page().locator('[data-item="@you"]').getByText('You', { exact: true }).waitFor()
    expect(await page().getByText('you', { exact: true }).filter({ hasText: /^you$/ }).count()).toBe(0)
  })

  test('a file that changed on disk meanwhile is said, and is not accepted with all', async () => {
    await put('shared.py', 'SPEED = 1\n')
    await page().evaluate(`window.dispatchEvent(new Event('focus'))`)
    await expect.poll(() => name('shared.py')).toBe('shared.py, changed, changed on disk')
    await page().keyboard.press('Shift+A')
    await expect.poll(() => name('docs/usage.md')).toContain('accepted')
    expect(await name('shared.py')).toBe('shared.py, changed, changed on disk')
    await open('shared.py')
    await page().getByRole('button', { name: 'Compare with it' }).click()
    await expect.poll(code).toContain('SPEED = 1')
    await expect.poll(() => name('shared.py')).toBe('shared.py, changed')
  })

  test('held-back files are accepted one by one, by name', async () => {
    await page().locator('[data-tray-file=Dockerfile]').getByRole('button', { name: 'Look' }).click()
    await page().getByText('never with all').waitFor()
    expect((await changeOf('Dockerfile'))!.decision).toBeNull()
    await page()
      .getByRole('button', { name: /^Accept A/ })
      .click()
    await expect.poll(async () => (await changeOf('Dockerfile'))!.decision).toBe('accepted')
  })

  test('says which run it belongs to, however small the window is', async () => {
    const of = page().getByRole('main').getByText('Count the words of a text')
    await page().setViewportSize({ width: 900, height: 600 })
    await of.first().waitFor()
    expect(await of.first().isVisible()).toBe(true)
    await page().setViewportSize({ width: 1280, height: 800 })
  })

  test.each(['dark', 'light'] as const)('axe finds nothing in %s', async (theme) => {
    await page().evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    expect(await accessibilityFaults(page())).toEqual([])
  })

  test('writing writes what the bar counted, and says what was held: a file that changed after the last look', async () => {
    await open('counter.py')
    await put('counter.py', 'WORDS_0 = "changed behind our back"\n')
    await expect.poll(() => bar().textContent()).toContain('Write 4 files')
    await page()
      .getByRole('button', { name: /^Write 4 files/ })
      .click()
    await page().getByText('3 files written, 1 file held').waitFor()
    expect(await onDisk('counter.py')).toBe('WORDS_0 = "changed behind our back"\n')
    expect(await onDisk('Dockerfile')).toContain('FROM python')
    expect(await onDisk('words.py')).toContain('MINE = 1')
    expect(await onDisk('docs/usage.md')).toContain('paddock axe judge')
    expect(await onDisk('tests/test_counter.py')).toBeNull()
    expect(await onDisk('shared.py')).toBe('SPEED = 1\n')
    await expect.poll(() => name('words.py')).toBe('words.py, written')
    await expect.poll(() => name('counter.py')).toContain('changed on disk')
  })

  test('says where the workspace cannot be read any more, and goes on when it can', async () => {
    const { workspace } = scene.ui.home
    await rename(workspace, `${workspace}.away`)
    await writeFile(workspace, 'no folder')
    await page().evaluate("dispatchEvent(new Event('focus'))")
    const alert = page().getByRole('alert').filter({ hasText: 'is not a folder' })
    await alert.waitFor()
    expect(await accessibilityFaults(page())).toEqual([])
    await rm(workspace)
    await rename(`${workspace}.away`, workspace)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await alert.waitFor({ state: 'hidden' })
  })

  test('nothing was refused by the page, and nothing left the machine', () => {
    expect(scene.ui.faults).toEqual([])
    expect(scene.ui.strays).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('the editor', { timeout: 60_000 }, () => {
  test('knows every language that agents write, and lets go of what it showed', async () => {
    const title = 'Write'.repeat(40)
    const workflow = allLanguages.workflow.replace('Write in every language', title)
    await using scene = await playScene({ ...allLanguages, workflow })
    const { page, faults, strays } = scene.ui
    await page.getByText('The run has ended: completed.').first().waitFor()
    await page.getByRole('button', { name: `Review ${samplePaths.length} files` }).click()
    for (const path of samplePaths) {
      const row = page.locator(`[role=treeitem][data-item="${path}"], [data-tray-file="${path}"] button`)
      await row.first().click()
      await page.locator('[data-code] .view-line').first().waitFor()
      const kinds = `new Set([...document.querySelectorAll('[data-code] .view-line span span')].map((span) => span.className)).size`
      await expect.poll(() => page.evaluate(kinds), { timeout: 10_000 }).toBeGreaterThan(2)
    }
    expect(await page.locator('[data-code] .monaco-editor .view-lines').count()).toBeLessThanOrEqual(3)
    const step = page.getByRole('region', { name: 'Origin' }).getByText(title)
    const { x, width } = (await step.boundingBox())!
    expect(x + width).toBeLessThanOrEqual(1280)
    expect(faults).toEqual([])
    expect(strays).toEqual([])
  })
})
