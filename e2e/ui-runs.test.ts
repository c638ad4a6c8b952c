import { access, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunSummary } from '../shared/contract.ts'
import type { RunOutputs } from '../shared/reports.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { accessibilityFaults, answerInstead, openWindow, type UiWindow } from './fixtures/ui-window.ts'
import { chooseOption } from './fixtures/choose-option.ts'

const statuses = ['running', 'paused', 'interrupted', 'completed', 'partial', 'failed', 'cancelled'] as const

/** So many runs as a long-used data folder has, every state among them. */
const manyRuns = (count: number): RunSummary[] =>
  Array.from({ length: count }, (_, index) => {
    const status = statuses[index % statuses.length]!
    const created = new Date(Date.UTC(2026, 10, 28) - index * 3_600_000)
    return {
      id: `20261128-${String(100_000 + index).slice(-6)}-abcdef`,
      title: `Run number ${index}`,
      workflow: index % 2 ? 'bug_fix' : 'feature_development',
      workspace: '/home/ada/code',
      rehearsal: index % 5 ? null : 'feature_development',
      created_at: created.toISOString(),
      ended_at: index % 7 < 3 ? null : new Date(created.getTime() + 600_000).toISOString(),
      status,
      steps: 6,
      steps_done: status === 'interrupted' ? null : index % 7,
      files: status === 'interrupted' ? null : index % 30,
      reason: status === 'failed' ? 'The model server ran out of memory while it read the document.' : null,
      gates: [],
    }
  })

describe.skipIf(!chromiumPath)('the list of runs in its states', { timeout: 60_000 }, () => {
  test('says that there is none yet, and leads to the first', async () => {
    await using ui = await openWindow()
    await ui.page.keyboard.press('Control+4')
    await ui.page.getByText('No runs yet').waitFor()
    expect(await accessibilityFaults(ui.page)).toEqual([])
  })

  test('shows that it reads, and keeps still while it does', async () => {
    const answer = Promise.withResolvers<RunSummary[]>()
    await using ui = await openWindow({
      before: (page) => answerInstead(page, 'run.list', () => answer.promise),
    })
    await ui.page.keyboard.press('Control+4')
    await ui.page.getByText('Reading the list of runs').waitFor()
    expect(await accessibilityFaults(ui.page)).toEqual([])
    answer.resolve(manyRuns(3))
    await ui.page.getByText('3 of 3').waitFor()
  })

  test('says why it cannot be read, and tries again', async () => {
    let error: unknown = {
      ok: false,
      error: { code: 'internal', message: 'The ledger cannot be read.', hint: 'See paddock doctor.' },
    }
    await using ui = await openWindow({ before: (page) => answerInstead(page, 'run.list', () => error) })
    await ui.page.keyboard.press('Control+4')
    await ui.page.getByRole('alert').filter({ hasText: 'The ledger cannot be read.' }).waitFor()
    expect(await accessibilityFaults(ui.page)).toEqual([])
    error = manyRuns(1)
    await ui.page.getByRole('button', { name: 'Try again' }).click()
    await ui.page.getByText('1 of 1').waitFor()
  })

  test.each(['dark', 'light'] as const)(
    'holds thousands, searched and filtered by keys alone: %s',
    async (theme) => {
      await using ui = await openWindow({
        theme,
        before: (page) => answerInstead(page, 'run.list', manyRuns(5000)),
      })
      const { page } = ui
      await page.keyboard.press('Control+4')
      const grid = page.getByRole('grid', { name: 'Runs' })
      await grid.waitFor()
      expect(await grid.getAttribute('aria-rowcount')).toBe('5001')
      expect(await grid.getByRole('row').count()).toBeLessThan(80)
      expect(await accessibilityFaults(page)).toEqual([])
      await grid.focus()
      await page.keyboard.press('End')
      await expect
        .poll(() => grid.getByRole('row', { selected: true }).innerText())
        .toContain('Run number 4999')
      await page.keyboard.press('ArrowUp')
      await expect
        .poll(() => grid.getByRole('row', { selected: true }).innerText())
        .toContain('Run number 4998')
      await page.keyboard.press('/')
      await page.keyboard.type('number 4321')
      await page.getByText('1 of 5,000').waitFor()
      await page.keyboard.press('Escape')
      await page.getByText('5,000 of 5,000').waitFor()
      await chooseOption(page, 'State', 'Interrupted')
      await page.getByText('714 of 5,000').waitFor()
      await page.getByRole('searchbox').fill('nothing like it')
      await page.getByText('No run matches.').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Show all' }).click()
      await page.getByText('5,000 of 5,000').waitFor()
      expect([ui.faults, ui.strays]).toEqual([[], []])
    },
  )

  test('a row says how far the run has come, and why it failed', async () => {
    await using ui = await openWindow({
      before: (page) => answerInstead(page, 'run.list', manyRuns(7)),
    })
    const { page } = ui
    await page.keyboard.press('Control+4')
    const row = (title: string) => page.getByRole('row').filter({ hasText: title })
    await row('Run number 6').waitFor()
    const cells = async (title: string) => row(title).getByRole('gridcell').allInnerTexts()
    expect((await cells('Run number 3')).slice(-2)).toEqual(['3 / 6', '3'])
    expect((await cells('Run number 2')).slice(-2)).toEqual(['- / 6', '-'])
    expect((await cells('Run number 5'))[1]).toContain('The model server ran out of memory')
    await row('Run number 5').click()
    const detail = page.getByRole('region', { name: 'Selected run' })
    await detail.getByText('The model server ran out of memory while it read the document.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('draws no more of a summary than a person reads, and says that there is more', async () => {
    const text = `# Long\n\n${'A line of a table that never ends.\n\n'.repeat(5000)}`
    const outputs: RunOutputs = { result: null, summary: { path: '/w/summary.md', text } }
    await using ui = await openWindow({
      before: async (page) => {
        await answerInstead(page, 'run.list', manyRuns(1))
        await answerInstead(page, 'run.outputs', outputs)
      },
    })
    const { page } = ui
    await page.keyboard.press('Control+4')
    await page.getByRole('grid').focus()
    await page.getByRole('button', { name: 'Results and summary' }).click()
    await page.getByText('The rest is not shown here. The file has all of it.').waitFor()
    expect(await page.getByRole('dialog').locator('p').count()).toBeLessThan(1500)
    await page.getByRole('tab', { name: 'Result (JSON)' }).click()
    await page.getByText('Nothing was written yet').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test.each(statuses)('%s: offers what can be done, and says how it stands', async (status) => {
    const run = manyRuns(7).find((one) => one.status === status)!
    await using ui = await openWindow({ before: (page) => answerInstead(page, 'run.list', [run]) })
    const { page } = ui
    await page.keyboard.press('Control+4')
    await page.getByRole('grid').focus()
    const detail = page.getByRole('region', { name: 'Selected run' })
    const offered = (await detail.getByRole('button').allInnerTexts()).join(', ')
    const always = 'Results and summary, Review, Open'
    const expected = {
      running: always,
      paused: `${always}, Resume`,
      interrupted: `${always}, Resume`,
      completed: `Remove from list, ${always}`,
      partial: `Remove from list, ${always}, Resume`,
      failed: `Remove from list, ${always}, Resume`,
      cancelled: `Remove from list, ${always}, Resume`,
    }
    expect(offered).toBe(expected[status])
    expect(await accessibilityFaults(page)).toEqual([])
  })
})

describe.skipIf(!chromiumPath)('a run that was really run', { timeout: 90_000 }, () => {
  let ui: UiWindow
  let id = ''
  beforeAll(async () => {
    ui = await openWindow()
    const { output } = await ui.host.call('run.rehearse', {
      workflow: 'feature_development',
      workspace: ui.home.workspace,
    })
    id = (output as { id: string }).id
    await ui.page.keyboard.press('Control+4')
  }, 120_000)
  afterAll(() => ui[Symbol.asyncDispose]())

  const outputs = async () => (await ui.host.call('run.outputs', { id })).output as RunOutputs

  test('appears by itself, and its state changes by itself', async () => {
    const { page } = ui
    await page.getByRole('row').filter({ hasText: 'Rehearsal' }).waitFor()
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('Completed')
  })

  test('shows its summary as Markdown of ours, and its result (S6)', async () => {
    const { page } = ui
    await page.getByRole('grid').focus()
    await page.getByRole('button', { name: 'Results and summary' }).click()
    const dialog = page.getByRole('dialog', { name: /^Results of/ })
    await dialog.getByRole('heading').nth(1).waitFor()
    const { summary } = await outputs()
    expect(await dialog.getByText(summary!.path).count()).toBe(1)
    expect(await dialog.locator('img, a[href], iframe, script').count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Tab')
    await dialog.getByRole('tab', { name: 'Result (JSON)' }).click()
    await dialog.getByText(`"${id}"`).first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
  })

  test('opens by Enter', async () => {
    const { page } = ui
    await page.getByRole('grid').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('grid', { name: 'Runs' }).count()).toBe(0)
    await page.keyboard.press('Control+4')
  })

  test('is taken off the list after a question, and its files stay', async () => {
    const { page } = ui
    const { summary } = await outputs()
    await writeFile(`${ui.home.workspace}/mine.txt`, 'mine')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Delete')
    const question = page.getByRole('dialog', { name: 'Remove from the list?' })
    await question.waitFor()
    expect(await question.innerText()).toContain('stay as they are')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => question.count()).toBe(0)
    expect((await ui.host.call('run.list')).output).toHaveLength(1)
    await page.getByRole('button', { name: 'Remove from list' }).click()
    await question.getByRole('button', { name: 'Remove from list' }).click()
    await page.getByText('No runs yet').waitFor()
    expect((await ui.host.call('run.list')).output).toEqual([])
    await access(summary!.path)
    expect(await readFile(`${ui.home.workspace}/mine.txt`, 'utf8')).toBe('mine')
    expect([ui.faults, ui.strays]).toEqual([[], []])
  })
})
