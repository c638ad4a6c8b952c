import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import { created, stamped } from '../shared/history.fixture.ts'
import type { RunEvent } from '../shared/run-event.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { hostileStrings } from './fixtures/ui-hostile-strings.ts'
import { answerInstead, dropFiles, openWindow, type UiWindow } from './fixtures/ui-window.ts'
import { openSelect } from './fixtures/choose-option.ts'

const id = '20260101-000000-abcdef'
const runTitled = (title: string, at = 0): RunSummary => ({
  id: at === 0 ? id : `20260101-${String(at).padStart(6, '0')}-abcdef`,
  title,
  workflow: 'feature_development',
  workspace: '/home/ada/code',
  rehearsal: null,
  created_at: '2026-01-01T00:00:00.000Z',
  ended_at: '2026-01-01T00:10:00.000Z',
  status: 'completed',
  steps: 1,
  steps_done: 1,
  files: 0,
  reason: null,
  gates: [],
})

/** A run in which agents send each other every hostile text. */
const talk: readonly RunEvent[] = stamped([
  created({ 'step-1': {} }),
  ...hostileStrings.map(({ text }, at) => ({
    type: 'message-sent' as const,
    message: {
      message_id: `m${at}`,
      from_agent: 'dev_001',
      to_agent: 'qa_001',
      kind: 'note' as const,
      content: text,
      task_id: null,
    },
  })),
])

/** Elements and attributes that the window itself never has: what is there came out of a text. */
const foreign = `[...document.querySelectorAll(
  '#root :is(script, iframe, frame, object, embed, img, picture, video, audio, form, base, meta, link, a[href], portal, template, marquee, math), ' +
  '#root :is([onerror], [onload], [onfocus], [ontoggle], [onanimationstart], [onmouseover], [srcdoc], [autofocus])'
)].map((element) => element.outerHTML.slice(0, 120))`

describe.skipIf(!chromiumPath)(
  'texts that others wrote do nothing in the window (R1)',
  { timeout: 240_000 },
  () => {
    let ui: UiWindow
    let summary = ''
    let runs: RunSummary[] = [runTitled('One')]
    beforeAll(async () => {
      ui = await openWindow({
        before: async (page) => {
          await answerInstead(page, 'run.list', () => runs)
          await answerInstead(page, 'run.events', talk)
          await answerInstead(page, 'run.changes', [])
          await answerInstead(page, 'run.outputs', () => ({
            result: { path: summary.slice(0, 200), text: summary },
            summary: { path: '/home/ada/summary.md', text: summary },
          }))
          // A page with words that were not sent asks before it goes.
          page.on(
            'dialog',
            (dialog) => void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()),
          )
        },
      })
    }, 120_000)
    afterAll(() => ui[Symbol.asyncDispose]())

    /** What a text brought about; empty when nothing. */
    async function effects(): Promise<unknown[]> {
      const [hit, elements] = (await ui.page.evaluate(`[window.__hit ?? null, ${foreign}]`)) as [
        unknown,
        string[],
      ]
      const moved = ui.page.url() === `${ui.host.origin}/` ? [] : [ui.page.url()]
      const opened = ui.page.context().pages().length > 1 ? ['a window'] : []
      return [...(hit === null ? [] : [hit]), ...elements, ...moved, ...opened, ...ui.faults, ...ui.strays]
    }
    const held = {
      'file names': 0,
      requirements: 0,
      'run titles': 0,
      summaries: 0,
      results: 0,
      messages: 0,
      errors: 0,
    }
    afterAll(() => console.info(`R1: ${JSON.stringify({ tried: hostileStrings.length, held })}`))

    test(`there are 223 of them, none twice`, () => {
      expect(new Set(hostileStrings.map(({ text }) => text)).size).toBe(223)
    })

    test('as names of documents', async () => {
      const { page } = ui
      for (let from = 0; from < hostileStrings.length; from += 45) {
        const files = hostileStrings
          .slice(from, from + 45)
          .map(({ text }) => ({ name: text, text: 'A clock.' }))
        await page.reload()
        await page.getByRole('navigation', { name: 'Main' }).waitFor()
        await dropFiles(page, files)
        await expect
          .poll(() => page.getByRole('list', { name: 'Documents' }).getByRole('listitem').count())
          .toBe(files.length)
        await expect.poll(() => page.getByText(/being read/).count()).toBe(0)
        await page.getByRole('button', { name: 'Compare with what was read' }).click()
        await openSelect(page, 'Document')
        await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(40)
        expect(await effects()).toEqual([])
        held['file names'] += files.length
      }
    })

    test('as a requirement, and as what the core says of it', async () => {
      const { page } = ui
      await page.reload()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      const field = page.getByLabel('Requirement in your own words')
      for (const { group, text } of hostileStrings) {
        await field.fill(text)
        expect(await effects(), `${group}: ${text}`).toEqual([])
        held.requirements += 1
      }
      let message = ''
      await answerInstead(page, 'system.folder', () => ({
        ok: false,
        error: { code: 'invalid', message, hint: message },
      }))
      const folder = page.getByLabel('Folder that the files are for')
      for (const { group, text } of hostileStrings) {
        message = text
        await folder.evaluate('field => field.select()')
        await folder.fill(text.replaceAll(/[\r\n]/g, ' ').slice(0, 200))
        expect(await effects(), `${group}: ${text}`).toEqual([])
        held.errors += 1
      }
      await page.waitForTimeout(600)
      expect(await effects()).toEqual([])
      await page.unroute('**/call/system.folder')
    })

    test('as titles of runs, in the list and in the palette', async () => {
      const { page } = ui
      runs = hostileStrings.map(({ text }, at) => runTitled(text, at))
      await page.reload()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      await page.keyboard.press('Control+4')
      const grid = page.getByRole('grid')
      await grid.focus()
      for (let at = 0; at < runs.length; at++) {
        await page.keyboard.press('ArrowDown')
        held['run titles'] += 1
      }
      expect(await effects()).toEqual([])
      for (const words of ['#<', '#javascript', '#on', '#window']) {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: /Search runs/ }).fill(words)
        await expect.poll(() => page.getByRole('option').count()).toBeGreaterThan(5)
        expect(await effects()).toEqual([])
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      }
      runs = [runTitled('One')]
    })

    test('as a summary in Markdown, pressed where it can be, and as a result', async () => {
      const { page } = ui
      await page.reload()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      await page.keyboard.press('Control+4')
      await page.getByRole('grid').focus()
      const dialog = page.getByRole('dialog')
      for (const { group, text } of hostileStrings) {
        summary = `# Summary\n\n${text}\n`
        await page.getByRole('button', { name: 'Results and summary' }).click()
        await dialog.getByText('/home/ada/summary.md').waitFor()
        for (const place of await dialog.getByText(/^press/).all()) await place.click()
        expect(await effects(), `${group}: ${text}`).toEqual([])
        held.summaries += 1
        await dialog.getByRole('tab', { name: 'Result (JSON)' }).click()
        await dialog.getByRole('tabpanel', { name: 'Result (JSON)' }).locator('pre').waitFor()
        expect(await effects(), `${group}: ${text}`).toEqual([])
        held.results += 1
        await dialog.getByRole('tab', { name: 'Summary' }).click()
        await page.keyboard.press('Escape')
        await expect.poll(() => dialog.count()).toBe(0)
      }
    })

    test('as messages between agents', async () => {
      const { page } = ui
      await page.reload()
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      await page.keyboard.press('Control+4')
      await page.getByRole('grid').focus()
      await page.keyboard.press('Enter')
      await page.getByText('window.__hit=1', { exact: false }).first().waitFor()
      expect(await effects()).toEqual([])
      await page.keyboard.press('Control+3')
      await page.waitForTimeout(500)
      expect(await effects()).toEqual([])
      held.messages = hostileStrings.length
    })
  },
)
