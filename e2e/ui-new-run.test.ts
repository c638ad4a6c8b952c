import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ModelReport } from '../shared/reports.ts'
import { chooseOption } from './fixtures/choose-option.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import {
  accessibilityFaults,
  answerInstead,
  dropFiles,
  droppedFile,
  openWindow,
  type UiWindow,
} from './fixtures/ui-window.ts'

const ready: ModelReport = {
  endpoint: 'http://127.0.0.1:8080/v1',
  state: 'ready',
  model: 'Devstral-Small-2-24B',
  slots: 2,
  window: 16_384,
  message: 'Devstral-Small-2-24B is ready.',
}
const requirement = '# Reading time\n\nA command that prints the reading time of a Markdown file.\n'

describe.skipIf(!chromiumPath)('the screen that starts a run (S6)', { timeout: 60_000 }, () => {
  let ui: UiWindow
  beforeAll(async () => {
    ui = await openWindow({ before: (page) => answerInstead(page, 'model.status', ready) })
    await ui.page.getByRole('region', { name: 'Requirements' }).waitFor()
  }, 120_000)
  afterAll(() => ui[Symbol.asyncDispose]())

  const start = () => ui.page.getByRole('button', { name: /^Start run/ })
  const stop = () => ui.page.locator('#what-stops').textContent()
  const folder = () => ui.page.getByLabel('Folder that the files are for')

  test('is empty at first, and says what stops it', async () => {
    await expect.poll(stop).toBe('Drop a document, or write the requirement.')
    expect(await start().getAttribute('aria-disabled')).toBe('true')
    expect(await start().getAttribute('aria-describedby')).toBe('what-stops')
    expect(await accessibilityFaults(ui.page)).toEqual([])
  })

  test('takes documents that are dropped anywhere; a wrong one is refused with its reason, the others stay', async () => {
    const { page } = ui
    await page.keyboard.press('Control+4')
    await dropFiles(page, [
      { name: 'reading.md', text: requirement },
      { name: 'empty.md', text: '' },
      { name: 'notes.txt', text: 'Keep it small.' },
    ])
    await page.getByText('2 documents read, 1 refused').waitFor()
    const list = page.getByRole('list', { name: 'Documents' })
    await expect
      .poll(() => list.getByRole('listitem').allInnerTexts())
      .toEqual([
        expect.stringMatching(/reading\.md[\s\S]*2 paragraphs, 14 words[\s\S]*tokens/),
        expect.stringMatching(/empty\.md was not added[\s\S]*empty \(0 bytes\)[\s\S]*Choose another/),
        expect.stringMatching(/notes\.txt[\s\S]*1 paragraph, 3 words/),
      ])
    expect(await accessibilityFaults(page)).toEqual([])
    await list.getByRole('button', { name: 'Remove empty.md' }).click()
    await page.getByText('2 documents read').waitFor()
  })

  test('refuses what is no text and what is too large, by a picked file too', async () => {
    const { page } = ui
    await page.setInputFiles('input[type=file]', [
      droppedFile('plan.pdf', '%PDF-1.7\n'),
      droppedFile('huge.md', Buffer.alloc(11_500_000, 97)),
    ])
    await page.getByText('2 documents read, 2 refused').waitFor()
    const refused = page.getByRole('listitem').filter({ hasText: 'was not added' })
    await expect
      .poll(() => refused.allInnerTexts())
      .toEqual([expect.stringContaining('is a PDF document'), expect.stringContaining('at most 10 MB')])
    // Four documents are all in sight: nothing scrolls in a box of its own.
    const box = `(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('ul[aria-label=Documents]'))`
    expect(await page.evaluate(box)).toBe(0)
    for (const name of ['plan.pdf', 'huge.md'])
      await page.getByRole('button', { name: `Remove ${name}` }).click()
  })

  test('shows what was read beside the file, with its counts', async () => {
    const { page } = ui
    await page.getByRole('button', { name: 'Compare with what was read' }).click()
    const dialog = page.getByRole('dialog', { name: 'What was read' })
    await dialog.waitFor()
    await expect
      .poll(() => dialog.locator('pre').allInnerTexts())
      .toEqual(
        [requirement, requirement].map((text) => text.trimEnd()).map((text) => expect.stringContaining(text)),
      )
    await expect.poll(() => dialog.getByText(/utf-8, \d+ bytes · Nothing was changed/).count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
  })

  test('asks the core about the folder while its path is written', async () => {
    const { page, home } = ui
    expect(await stop()).toBe('Name the folder that the files are for.')
    await folder().fill('not/whole')
    await page.getByText('This is not a whole path.').first().waitFor()
    expect(await stop()).toBe('This is not a whole path.')
    await folder().fill(join(home.folder, 'new-one'))
    await page.getByText('Will be made when the run begins.').waitFor()
    await mkdir(join(home.workspace, '.git'))
    await writeFile(join(home.workspace, 'a.txt'), 'a')
    await folder().fill(home.workspace)
    await page.getByText('Git. 2 entries at its top.').waitFor()
    await expect.poll(stop).toMatch(/^About \d+ of the 16,384 tokens/)
    expect(await start().getAttribute('aria-disabled')).toBeNull()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a folder that can only be a mistake is refused with the reason; of the home folder it warns', async () => {
    const { page, home } = ui
    const folder = page.getByRole('textbox', { name: 'Folder that the files are for' })
    const before = await folder.inputValue()
    for (const [path, said] of [
      ['/', 'it is the top of the whole disk'],
      ['/etc', 'it belongs to the system'],
      [home.data, 'Paddock keeps its own data there'],
    ] as const) {
      await folder.fill(path)
      await page.getByText(`cannot be a workspace: ${said}`).first().waitFor()
      expect(await page.getByRole('button', { name: /^Start run/ }).isDisabled()).toBe(true)
    }
    await folder.fill('~')
    await page.getByText('This is your whole home folder').waitFor()
    await folder.fill(before)
    await page.getByText('This is your whole home folder').waitFor({ state: 'hidden' })
  })

  test('a long name without a blank widens nothing', async () => {
    const { home } = ui
    await folder().fill(join(home.folder, 'l'.repeat(300)))
    await expect.poll(stop).toContain('too long')
    const { x, width } = (await start().boundingBox())!
    expect(x + width).toBeLessThanOrEqual(1280)
    await folder().fill(home.workspace)
    await expect.poll(stop).toMatch(/^About/)
  })

  test('draws each workflow as its graph; Alt and a number chooses', async () => {
    const { page } = ui
    const cards = page.getByRole('radio')
    await expect.poll(() => cards.count()).toBe(6)
    for (let at = 0; at < 6; at++) expect(await cards.nth(at).locator('svg rect').count()).toBeGreaterThan(3)
    expect(await cards.first().getAttribute('aria-label')).toMatch(
      /^Feature development\. .*6 steps: Analyst, Developer, Developer/,
    )
    await page.keyboard.press('Alt+3')
    await expect.poll(() => cards.nth(2).getAttribute('aria-checked')).toBe('true')
    await cards.nth(2).focus()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => cards.nth(1).getAttribute('aria-checked')).toBe('true')
    await page.getByLabel('Files of the workspace to read').waitFor()
    await page.keyboard.press('Alt+1')
    await expect.poll(() => cards.nth(0).getAttribute('aria-checked')).toBe('true')
    await expect.poll(() => page.getByLabel('Files of the workspace to read').count()).toBe(0)
  })

  test("shows the workspace's own workflows, and what is wrong with them", async () => {
    const { page, home } = ui
    const own = join(home.workspace, '.paddock/workflows')
    await mkdir(own, { recursive: true })
    const step = '  - { step: 1, agent_role: developer, task_type: look, description: Look }'
    await writeFile(join(own, 'own.yaml'), `id: own\nname: My own\ndescription: Mine\nsteps:\n${step}\n`)
    await writeFile(
      join(own, 'bad.yaml'),
      `id: bad\nname: Bad\ndescription: Bad\nsteps:\n${step.replace('Look }', 'Look, depends_on: [9] }')}\n`,
    )
    await folder().fill(`${home.workspace}/`)
    await expect.poll(() => page.getByRole('radio').count()).toBe(7)
    expect(await page.getByRole('radio', { name: /^My own/ }).innerText()).toContain("The workspace's")
    const foot = page.getByRole('radio', { name: /^My own/ }).locator('kbd, span.truncate.min-w-0')
    for (const part of await foot.all()) expect((await part.boundingBox())!.height).toBeLessThan(24)
    await page.getByText('1 problem in workflow files of your own').waitFor()
    expect(await page.getByText(/bad\.yaml, line \d+: .*step 9/).count()).toBe(1)
  })

  test('keeps all that was written where the core refuses, and says why beside the button', async () => {
    const { page } = ui
    await answerInstead(page, 'run.start', {
      ok: false,
      error: { code: 'invalid', message: 'The document does not fit.', hint: 'Leave out a part.' },
    })
    await page.getByLabel('Requirement in your own words').fill('One function only.')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').filter({ hasText: 'The document does not fit.' }).waitFor()
    expect(await page.getByText('Leave out a part.').count()).toBe(1)
    expect(await page.getByLabel('Requirement in your own words').inputValue()).toBe('One function only.')
    expect(await page.getByText('2 documents read').count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.unroute('**/call/run.start')
  })

  test('sends what was chosen and nothing else, once', async () => {
    const { page, home } = ui
    const sent: unknown[] = []
    const answer = Promise.withResolvers<void>()
    await page.route('**/call/run.start', async (route) => {
      sent.push(route.request().postDataJSON())
      await answer.promise
      await route.fulfill({ json: { ok: false, error: { code: 'invalid', message: 'Not now.' } } })
    })
    await page.getByRole('switch', { name: 'Review the code' }).click()
    await start().click()
    await page.getByRole('button', { name: 'Starting' }).click({ force: true })
    await page.keyboard.press('Control+Enter')
    answer.resolve()
    await page.getByText('Not now.').waitFor()
    expect(sent).toEqual([
      {
        input: {
          workflow: 'feature_development',
          requirement: 'One function only.',
          documents: [
            { name: 'reading.md', base64: Buffer.from(requirement).toString('base64') },
            { name: 'notes.txt', base64: Buffer.from('Keep it small.').toString('base64') },
          ],
          workspace: home.workspace,
          create_workspace: false,
          accept: false,
          code_review: true,
          include: [],
        },
      },
    ])
    await page.unroute('**/call/run.start')
  })

  test('a rehearsal refuses other documents before it begins, and shows its own', async () => {
    const { page } = ui
    await chooseOption(page, 'What answers', 'Rehearsal, no model')
    await expect.poll(stop).toContain('A rehearsal plays only its own document.')
    expect(await page.getByRole('radio', { name: /^Analysis/ }).getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('button', { name: 'Use its document' }).click()
    await expect.poll(stop).toBe('Ready to start.')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the theme changes no fact, and no rule was broken', async () => {
    const { page } = ui
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await accessibilityFaults(page)).toEqual([])
    expect([ui.faults, ui.strays]).toEqual([[], []])
  })

  test.each([
    [900, 600],
    [1100, 700],
    [1920, 1080],
    [3840, 2160],
    [640, 400],
  ])('nothing needs sideways scrolling at %i x %i', async (width, height) => {
    const { page } = ui
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(150)
    expect(
      await page.evaluate(
        'document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight',
      ),
    ).toBe(true)
    const button = await page.getByRole('button', { name: /^Start rehearsal/ }).boundingBox()
    expect(button!.x + button!.width).toBeLessThanOrEqual(width)
    expect(button!.y + button!.height).toBeLessThanOrEqual(height)
    expect(await accessibilityFaults(page)).toEqual([])
  })
})
