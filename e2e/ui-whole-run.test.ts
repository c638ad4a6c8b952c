import { readdir } from 'node:fs/promises'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath } from './fixtures/chromium.ts'
import { streamed } from './fixtures/fault-answers.ts'
import type { FaultServer } from './fixtures/fault-server.ts'
import { endless, layOutScene, openRunOf, serveScene, type Scene } from './fixtures/ui-scenes.ts'
import { accessibilityFaults, openWindow, type UiWindow } from './fixtures/ui-window.ts'

const file = (path: string) => `File: \`${path}\`\n\n\`\`\`markdown\n# ${path}\n\`\`\`\n`
/** An answer that takes about two seconds. */
const slow = (text: string) => ({ ...streamed(text), delayMs: 2000 })

const roles = ['business_analyst', 'developer', 'qa_engineer', 'devops_engineer', 'technical_writer'] as const
const ids = ['ba_001', 'dev_001', 'qa_001', 'devops_001', 'writer_001']

/** A step for each of the five, one after the other. */
const relay = (id: string, name: string, types: readonly string[]) =>
  [
    `id: ${id}\nname: ${name}\ndescription: One step after the other\nsteps:`,
    ...types.map(
      (type, at) =>
        `  - { step: ${at + 1}, agent_role: ${roles[at]}, task_type: ${type}, description: Do ${type}${at > 0 ? `, depends_on: [${at}]` : ''} }`,
    ),
  ].join('\n')

describe.skipIf(!chromiumPath)(
  'the agents of a run, from before it works to its end',
  { timeout: 60_000 },
  () => {
    const types = ['outline', 'build', 'probe', 'ship', 'explain']
    const scene: Scene = {
      id: 'relay',
      slots: 2,
      workflow: relay('relay', 'Relay', types),
      answers: {
        hold: () => endless(50),
        ...Object.fromEntries(types.map((type) => [type, () => slow(file(`${type}.md`))])),
      },
    }
    const holding: Scene = { ...scene, id: 'holding', workflow: relay('holding', 'Holding', ['hold']) }
    let model: FaultServer
    let ui: UiWindow
    let holder = ''
    beforeAll(async () => {
      model = await serveScene(scene)
      ui = await openWindow({ env: { OPENAI_API_BASE: model.base, PADDOCK_MAX_CONCURRENT_RUNS: '1' } })
      holder = await start(holding)
    }, 120_000)
    afterAll(async () => {
      await ui[Symbol.asyncDispose]()
      await model.stop()
    })

    async function start(one: Scene): Promise<string> {
      const { output } = await ui.host.call('run.start', await layOutScene(one, ui.home.workspace))
      return (output as { id: string }).id
    }
    const states = async () =>
      (await ui.page.evaluate(
        `[...document.querySelectorAll('[data-agent]')].map((card) => card.dataset.agent + ' ' + card.dataset.status)`,
      )) as string[]
    const all = (status: string) => ids.map((id) => `${id} ${status}`)

    test('all five are there, idle, before the run has its turn; each works; each has ended (S10, S48)', async () => {
      const id = await start(scene)
      await openRunOf(ui.page, id)
      expect(await states()).toEqual(all('idle'))
      await ui.page.waitForTimeout(1000)
      expect(await states()).toEqual(all('idle'))
      expect(await ui.page.locator('[data-agent=ba_001]').textContent()).toContain('Do outline')
      await ui.page.evaluate(recordStates)

      await ui.host.call('run.cancel', { id: holder })
      await expect.poll(states, { timeout: 30_000 }).toEqual(all('completed'))
      const seen = (await ui.page.evaluate('window.seenStates')) as Record<string, string[]>
      // To wait for the slot may be over before it is drawn.
      expect(
        Object.entries(seen).map(([agent, ways]) =>
          [agent, ...ways.filter((way) => way !== 'waiting')].join(' '),
        ),
      ).toEqual(ids.map((agent) => `${agent} working completed`))
      await ui.page.getByText('The run has ended: completed.').first().waitFor()
    })

    test('where nobody leads the run any more, nobody works on it', async () => {
      await ui.host.call('run.cancel', { id: holder })
      const id = await start(holding)
      await openRunOf(ui.page, id)
      await ui.page.locator('[data-agent=ba_001][data-status=working]').waitFor()
      ui.host.started.child.kill('SIGKILL')
      await ui.host.started.finished
      await using later = await openWindow({ home: ui.home, env: { OPENAI_API_BASE: model.base } })
      await openRunOf(later.page, id)
      await later.page.getByText('No process leads this run any more.').first().waitFor()
      expect(await later.page.locator('[data-agent=ba_001]').getAttribute('data-status')).toBe('idle')
    })
  },
)

/** Keeps what states each card goes through. */
const recordStates = `(() => {
  window.seenStates = Object.fromEntries([...document.querySelectorAll('[data-agent]')].map((card) => [card.dataset.agent, []]))
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.dataset.agent) window.seenStates[target.dataset.agent].push(target.dataset.status)
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-status'] })
})()`

describe.skipIf(!chromiumPath)('a whole run without the command line (S6)', { timeout: 60_000 }, () => {
  const scene: Scene = {
    id: 'mixed',
    slots: 2,
    workflow: `id: mixed
name: Mixed luck
description: One step fails
steps:
  - { step: 1, agent_role: business_analyst, task_type: outline, description: Outline the work }
  - { step: 2, agent_role: developer, task_type: build, description: Build the counter, depends_on: [1] }
  - { step: 3, agent_role: devops_engineer, task_type: ship, description: Ship the counter, depends_on: [2] }
`,
    answers: {
      outline: () => slow(file('docs/outline.md')),
      build: () => slow(file('docs/counter.md')),
      ship: () => ({
        status: 400,
        body: JSON.stringify({
          error: { code: 400, message: 'The grammar cannot be read', type: 'invalid_request_error' },
        }),
      }),
    },
  }
  let model: FaultServer
  let ui: UiWindow
  let page: Page
  beforeAll(async () => {
    model = await serveScene(scene)
    ui = await openWindow({ env: { OPENAI_API_BASE: model.base, TASK_RETRY_ATTEMPTS: '1' } })
    page = ui.page
    await layOutScene(scene, ui.home.workspace)
  }, 120_000)
  afterAll(async () => {
    await ui[Symbol.asyncDispose]()
    await model.stop()
  })

  test('input and choice of a workflow: the form says what is missing until nothing is', async () => {
    await page.getByText('Drop a document, or write the requirement.').waitFor()
    await page.getByLabel('Requirement in your own words').fill('Count the words of a text.')
    await page.getByText('Name the folder that the files are for.').waitFor()
    await page.getByLabel('Folder that the files are for').fill(ui.home.workspace)
    await page.getByRole('radio', { name: /^Mixed luck/ }).click()
    const start = page.getByRole('button', { name: /^Start run/ })
    await expect.poll(() => start.getAttribute('aria-disabled')).toBeNull()
    await start.click()
  })

  test('progress: which step is on, how many are completed, and who is at it', async () => {
    await page.getByRole('heading', { level: 1, name: 'Count the words of a text.' }).waitFor()
    await page.getByRole('article', { name: 'Analyst, working' }).waitFor()
    await expect
      .poll(() => page.locator('h1').locator('..').textContent())
      .toMatch(/Step 1 of 3.*At work \d+:\d\d/)
    await page.getByRole('progressbar', { name: '1 of 3 steps completed' }).waitFor()
    await page.getByRole('article', { name: 'Developer, working' }).waitFor()
    await page.getByRole('progressbar', { name: '2 of 3 steps completed' }).waitFor()
  })

  test('an error says what happened and what to do, and what is kept', async () => {
    const card = page.getByRole('article', { name: 'DevOps engineer, error' })
    await card.waitFor()
    await expect
      .poll(() => card.textContent())
      .toMatch(/The grammar cannot be read[^]*see what the server wrote in its log/)
    await page.getByText(/^Ship the counter did not come to an end: .*The grammar cannot be read/).waitFor()
    await page.getByText(/^Everything else is kept; resume tries what failed once more\./).waitFor()
    await card.getByRole('button', { name: 'Run again' }).waitFor()
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('results: the files, to be looked at before any of them is written', async () => {
    await page.getByRole('button', { name: 'Review 2 files' }).click()
    const files = page.getByRole('treeitem', { name: /\.md/ })
    await expect.poll(() => files.count()).toBe(2)
    expect((await files.allInnerTexts()).join('\n')).toMatch(/outline\.md[^]*counter\.md/)
    expect(await readdir(ui.home.workspace)).not.toContain('docs')
  })

  test('summary: what was asked, made and not made, in words', async () => {
    await page.keyboard.press('Control+4')
    await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain('Partly completed')
    await page.getByRole('grid').focus()
    await page.getByRole('button', { name: 'Results and summary' }).click()
    const dialog = page.getByRole('dialog', { name: /^Results of/ })
    await dialog.getByRole('heading').nth(1).waitFor()
    await expect
      .poll(() => dialog.innerText())
      .toMatch(
        /docs\/counter\.md[^]*The grammar cannot be read|The grammar cannot be read[^]*docs\/counter\.md/,
      )
    await page.keyboard.press('Escape')
    expect([ui.faults, ui.strays]).toEqual([[], []])
  })
})
