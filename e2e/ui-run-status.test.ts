import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SystemStatus } from '../shared/contract.ts'
import { chromiumPath } from './fixtures/chromium.ts'
import { openRunOf, playAllStates, type ScenePlayed } from './fixtures/ui-scenes.ts'
import { accessibilityFaults } from './fixtures/ui-window.ts'
import { chooseOption, openSelect } from './fixtures/choose-option.ts'

const drawnLines = `[...document.querySelectorAll('[data-level]')].map((row) => [...row.children].map(({ textContent }) => textContent).join(' '))`

describe.skipIf(!chromiumPath)(
  'what the window tells of agents, and of what they do',
  { timeout: 60_000 },
  () => {
    let scene: ScenePlayed
    const page = () => scene.ui.page
    const card = (id: string) => page().locator(`[data-agent=${id}]`)

    beforeAll(async () => {
      scene = await playAllStates()
    }, 120_000)
    afterAll(() => scene[Symbol.asyncDispose]())

    test('a card has its agent, role, status, current task, history and messages waiting (S47)', async () => {
      const facts = async (id: string, ...numbers: string[]) => [
        await card(id).getByRole('heading').textContent(),
        (await card(id).locator('.font-mono').first().textContent()) === id,
        ...(await Promise.all(
          numbers.map((number) => card(id).locator(`[data-number=${number}]`).textContent()),
        )),
      ]
      expect(await facts('ba_001', 'completed', 'waiting')).toEqual(['Analyst', true, '1', '0'])
      expect(await facts('dev_001', 'completed', 'waiting')).toEqual(['Developer', true, '0', '0'])
      expect(await facts('qa_001', 'completed', 'waiting')).toEqual(['QA engineer', true, '0', '1'])
      expect(await card('dev_001').textContent()).toContain('Build the counter')

      await card('qa_001')
        .getByRole('button', { name: /0 steps completed, 1 message waiting/ })
        .click()
      const waiting = page().getByRole('region', { name: 'QA engineer' })
      await expect
        .poll(() => waiting.locator('dd').allTextContents())
        .toEqual(['qa_001', 'QA engineer', 'Waiting for a slot', 'task_3', '0'])
      await expect
        .poll(() => waiting.textContent())
        .toMatch(/has ended no step[^]*waiting 1[^]*Analyst to QA[^]*Hand-off/)
      expect(await accessibilityFaults(page())).toEqual([])

      await card('ba_001')
        .getByRole('button', { name: /1 step completed, 0 messages waiting/ })
        .click()
      const done = page().getByRole('region', { name: 'Analyst' })
      const history = done.getByRole('list', { name: 'History' }).getByRole('listitem')
      await expect
        .poll(() => history.allTextContents())
        .toEqual([expect.stringMatching(/^1 Outline the workCompleted0:/)])
      await history.getByRole('button').click()
      await page().getByRole('heading', { name: 'Step 1' }).waitFor()
      await page().keyboard.press('Escape')
      expect(await page().evaluate('document.activeElement.dataset.step')).toBe('task_1')
    })

    test('what the core answers for its status is what the window shows (S19, S110)', async () => {
      const status = (await scene.ui.host.call('system.status', {})).output as SystemStatus
      expect(status).toMatchObject({ total_agents: 5, total_tasks_completed: 1 })
      const shown = await page().evaluate(
        `[...document.querySelectorAll('[data-agent]')].map((card) => [card.dataset.agent, card.dataset.status, card.querySelector('[data-number=completed]').textContent])`,
      )
      expect(shown).toEqual(
        Object.entries(status.agents).map(([id, { status: now, completed_tasks }]) => [
          id,
          now,
          String(completed_tasks),
        ]),
      )
      await page().keyboard.press('Control+5')
      const panel = page().getByRole('region', { name: 'System status' })
      await panel.getByText('5 agents, 1 task completed in the latest run').waitFor()
      const rows = await Promise.all(
        (await panel.locator('tbody tr').all()).map((row) => row.locator('td').allTextContents()),
      )
      expect(rows).toEqual([
        ['ba_001', 'Analyst', 'Completed', 'None', '1'],
        ['dev_001', 'Developer', 'Working', 'task_2', '0'],
        ['qa_001', 'QA engineer', 'Waiting', 'task_3', '0'],
        ['devops_001', 'DevOps engineer', 'Error', 'None', '0'],
        ['writer_001', 'Technical writer', 'Idle', 'None', '0'],
      ])
      expect(rows.map(([id, , , task]) => [id, task === 'None' ? null : task])).toEqual(
        Object.entries(status.agents).map(([id, { current_task }]) => [id, current_task]),
      )
      const told = await panel.locator('time').getAttribute('datetime')
      expect(Math.abs(Date.parse(told!) - Date.parse(status.timestamp))).toBeLessThan(20_000)
      expect(await accessibilityFaults(page())).toEqual([])
      await openRunOf(page(), scene.id)
    })

    const log = () => page().getByRole('log', { name: 'Log' })
    /** Every line of the log at a level, as a person reads it. */
    async function logLines(option: string): Promise<string[]> {
      await chooseOption(page(), 'Log', option)
      const lines = new Set<string>()
      await log().focus()
      for (const key of ['Home', 'PageDown', 'PageDown', 'PageDown', 'PageDown', 'End']) {
        await page().keyboard.press(key)
        await page().waitForTimeout(100)
        for (const line of (await page().evaluate(drawnLines)) as string[]) lines.add(line)
      }
      return [...lines]
    }
    const levels = (lines: string[]) => [...new Set(lines.map((line) => line.split(' ')[1]!))].sort()

    test('a task that starts has its line with agent and id, as in the log file (S108)', async () => {
      const lines = await logLines('Info and above')
      const file = await readFile(join(scene.ui.home.data, 'logs/paddock.log'), 'utf8')
      for (const [agent, task] of [
        ['ba_001', 'task_1'],
        ['dev_001', 'task_2'],
        ['qa_001', 'task_3'],
        ['devops_001', 'task_4'],
      ]) {
        const words = `[${agent}] Starting task: ${task}`
        expect(lines.filter((line) => line.includes(` INFO ${words}, `))).toHaveLength(1)
        expect(file).toContain(words)
      }
    })

    test('each level says what it means, and shows itself and what is above it (S109)', async () => {
      const list = await openSelect(page(), 'Log')
      expect(await list.getByRole('option').allInnerTexts()).toEqual([
        expect.stringMatching(/^Debug and above\s+How the work goes in detail$/),
        expect.stringMatching(/^Info and above\s+How far tasks are, and what came of them$/),
        expect.stringMatching(/^Warnings and errors\s+What went wrong and stopped nothing$/),
        expect.stringMatching(/^Errors\s+What failed$/),
      ])
      await page().keyboard.press('Escape')
      await list.waitFor({ state: 'hidden' })
      const all = await logLines('Debug and above')
      expect(levels(all)).toEqual(['DEBUG', 'ERROR', 'INFO', 'WARNING'])
      for (const [option, shown] of [
        ['Info and above', ['ERROR', 'INFO', 'WARNING']],
        ['Warnings and errors', ['ERROR', 'WARNING']],
        ['Errors What failed', ['ERROR']],
      ] as const) {
        const lines = await logLines(option)
        expect(levels(lines)).toEqual(shown)
        expect(lines.length).toBe(
          all.filter((line) => (shown as readonly string[]).includes(line.split(' ')[1]!)).length,
        )
      }
    })

    test('an error shows its cause where it is asked for (S108)', async () => {
      const [line, ...others] = await logLines('Errors What failed')
      expect(others).toEqual([])
      expect(line).toMatch(
        /ERROR \[devops_001\] Failed task: task_4, Ship the counter\. .*The grammar cannot be read/,
      )
      const cause = log().getByRole('button', { name: 'Cause' })
      expect(await cause.getAttribute('aria-expanded')).toBe('false')
      expect(await log().textContent()).not.toContain('Call task_4')
      await cause.click()
      await log()
        .getByText(/^Call task_4\.1: .*The grammar cannot be read.*see what the server wrote in its log/)
        .waitFor()
      expect(await log().textContent()).toContain('Kind of error: invalid')
      expect(await log().textContent()).toContain('trace is in the log file')
      const traces = (await readFile(join(scene.ui.home.data, 'logs/paddock.log'), 'utf8'))
        .split('\n')
        .filter((text) => text.includes('[devops_001] Error: ') && text.includes('"task":"task_4"'))
      expect(traces).toEqual([
        expect.stringMatching(/"stack":"AppError: [^"]*grammar cannot be read[^"]*\\n +at /),
      ])
      expect(await accessibilityFaults(page())).toEqual([])
      await cause.click()
      await expect.poll(() => log().textContent()).not.toContain('Call task_4')
      await logLines('Info and above')
    })

    test('nothing was refused by the page, and nothing left the machine (S1)', () => {
      expect([scene.ui.faults, scene.ui.strays]).toEqual([[], []])
    })
  },
)
