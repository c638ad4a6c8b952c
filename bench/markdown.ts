import { openWindow, answerInstead } from '../e2e/fixtures/ui-window.ts'
import type { RunSummary } from '../shared/contract.ts'
import { median, milliseconds, type Measure } from './measure.ts'

/** Characters of each text: five times what is drawn of a summary. */
const size = 200_000
const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
const lines = (line: (at: number) => string, count: number) =>
  Array.from({ length: count }, (_, at) => line(at))
    .join('\n')
    .slice(0, size)

/** Markdown that takes a careless renderer seconds or minutes. */
const texts: Readonly<Record<string, string>> = {
  'emphasis never closed (*a_)': fill('*a_'),
  'emphasis never opened (a**)': fill('a** '),
  'stars alone': fill('*'),
  'brackets never closed': fill('['),
  'pictures never closed': fill('!['),
  'links within links': fill('[a]('),
  'quotes within quotes': fill('> '),
  'lists within lists': lines((at) => `${' '.repeat((at % 60) * 2)}- a`, 3000),
  'backticks of every length': lines((at) => `${'`'.repeat((at % 90) + 1)} a`, 4000),
  'angle brackets': fill('<'),
  'comments never closed': fill('<!--'),
  entities: fill('&amp;&#x41;&nope;'),
  'references that name each other': lines((at) => `[a${at}]: <b${at}>\n[a${at + 1}]`, 8000),
  'a table of 200 columns': lines((at) => (at === 1 ? '|---'.repeat(200) : '|a'.repeat(200)), 480),
  'an ordinary summary, 200,000 characters': fill(
    '## Step\n\nAll **files** of `src/app.py` are there.\n\n- one\n- two\n\n',
  ),
}

/** From the press of a tab to the painted summary, for texts that are hard on a parser (R2). */
export async function measureMarkdown(): Promise<Measure[]> {
  let text = ''
  const run = {
    id: '20260101-000000-abcdef',
    title: 'Hard to read',
    workflow: 'analysis',
    workspace: '/w',
    rehearsal: null,
    created_at: '2026-01-01T00:00:00.000Z',
    ended_at: '2026-01-01T00:10:00.000Z',
    status: 'completed',
    steps: 4,
    steps_done: 4,
    files: 0,
    reason: null,
    gates: [],
  } satisfies RunSummary
  await using window = await openWindow({
    before: async (page) => {
      await answerInstead(page, 'run.list', [run])
      await answerInstead(page, 'run.outputs', () => ({
        result: null,
        summary: { path: '/w/summary.md', text },
      }))
    },
  })
  const { page } = window
  await page.keyboard.press('Control+4')
  await page.getByRole('grid').focus()
  const rows: Measure[] = []
  for (const [name, hard] of Object.entries(texts)) {
    text = hard
    await page.getByRole('button', { name: 'Results and summary' }).click()
    await page.getByText('/w/summary.md').waitFor()
    const times: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      await page.getByRole('tab', { name: 'Result (JSON)' }).click()
      times.push((await page.evaluate(paintedAfterPress)) as number)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    rows.push({ measure: `summary: ${name}`, paddock: milliseconds(median(times)), aim: '200 ms' })
  }
  return rows
}

const paintedAfterPress = `new Promise((done) => {
  const from = performance.now()
  document.querySelector('[role=tab]').click()
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)))
})`
