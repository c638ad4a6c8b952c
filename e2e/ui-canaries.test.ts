import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  canaries,
  findCanaries,
  inEnvironment,
  inErrors,
  inSettings,
  inWorkspace,
} from '../electron/core/log/canaries.fixture.ts'
import type { RunSummary } from '../shared/contract.ts'
import type { ShownConfig } from '../shared/reports.ts'
import { chromiumPath, launchChromium } from './fixtures/chromium.ts'
import { createHome, type Home } from './fixtures/cli.ts'
import { errorBody, faults, streamed, type Answer } from './fixtures/fault-answers.ts'
import type { FaultServer } from './fixtures/fault-server.ts'
import { layOutScene, openRunOf, serveScene, type Scene } from './fixtures/ui-scenes.ts'
import { dropFiles, openWindow, type UiWindow } from './fixtures/ui-window.ts'
import { missingIn, searchSinks, type Meant, type SinkCounts } from './fixtures/search-sinks.ts'
import { walkWindow, watchSinks, type WindowSinks } from './fixtures/window-sinks.ts'
import { startDesktop } from './stand-in/start-desktop.ts'

/** As long as a busy machine may need. */
const patience = { timeout: 20_000 }

const counts: SinkCounts = new Map()
afterAll(() => {
  const looked = [...counts.values()].reduce((sum, { searches }) => sum + searches, 0)
  console.log(`K1, window: ${canaries.length} canaries x ${counts.size} sinks, looked for ${looked} times`)
  console.table(Object.fromEntries(counts))
})

const { secret: key } = inSettings.key
const secretEnvironment = {
  ...Object.fromEntries(Object.entries(inEnvironment).map(([name, { secret }]) => [name, secret])),
  LLAMA_API_KEY: key,
}

/** Every way in which a server's errors may quote a secret, one a step; and a step that goes well. */
const quoted: Readonly<Record<string, () => string | Answer>> = {
  well: () => 'File: `notes.md`\n\n```markdown\n# Notes\n```\n',
  header: () => ({
    status: 500,
    body: errorBody(500, `bad request: ${inErrors.header.secret}`, 'server_error'),
  }),
  address: () => ({
    status: 400,
    body: errorBody(400, `cannot reach ${inErrors.address.secret} now`, 'invalid_request_error'),
  }),
  giving: () => ({ status: 500, body: errorBody(500, `no such key: ${key}`, 'server_error') }),
  refused: () => ({ status: 401, body: errorBody(401, `Invalid API Key ${key}`, 'authentication_error') }),
  redirect: () => faults.redirect(inErrors.redirect.secret),
  event: () => faults.errorEvent('It begins', 500, `the server has ${inErrors.event.secret} set`),
  html: () => ({ status: 503, body: `<html>${inErrors.header.secret} ${key}</html>` }),
  type: () => ({ headers: { 'content-type': `text/html; ${key}` }, body: key }),
  finish: () => streamed('It ends', { finish: `key ${key}` }),
}
const roles = ['business_analyst', 'developer', 'qa_engineer', 'devops_engineer', 'technical_writer']
const scene: Scene = {
  id: 'quoted',
  slots: 4,
  workflow: [
    'id: quoted\nname: Quoted\ndescription: Errors that quote secrets\nsteps:',
    ...Object.keys(quoted).map(
      (type, at) =>
        `  - { step: ${at + 1}, agent_role: ${roles[at % roles.length]}, task_type: ${type}, description: Do ${type} }`,
    ),
  ].join('\n'),
  answers: quoted,
}

/** The same without what fails. */
const onlyWell = { workflow: scene.workflow.split('\n').slice(0, 5).join('\n') }

/** A folder full of secrets, under names that are never read. */
function layOutSecrets({ workspace }: Home): void {
  for (const [name, { secret }] of Object.entries(inWorkspace)) writeFileSync(join(workspace, name), secret)
}

type Watched = { readonly ui: UiWindow; readonly sinks: WindowSinks; readonly model: FaultServer }

/** A window on a core in an environment full of secrets; resolves with what was found in everything that passed. */
async function watched(
  work: (watched: Watched) => Promise<void>,
  { meant = {}, hasServer = true }: { meant?: Meant; hasServer?: boolean } = {},
): Promise<string[]> {
  await using home = await createHome()
  const configuration = join(home.folder, 'config')
  mkdirSync(configuration)
  writeFileSync(join(configuration, 'config.yaml'), `log_level: DEBUG\nllm_retry_initial_delay: 0.01\n`)
  layOutSecrets(home)
  const model = await serveScene(scene, { key })
  try {
    let sinks!: WindowSinks
    const env = {
      ...secretEnvironment,
      ...(hasServer ? { OPENAI_API_BASE: model.base } : {}),
      PADDOCK_CONFIG_DIR: configuration,
      TASK_RETRY_ATTEMPTS: '2',
    }
    const before = async (page: UiWindow['page']) => {
      sinks = watchSinks(page)
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      page.on('request', (request) => sinks.add('requests', `${request.url()} ${request.postData() ?? ''}`))
      page.on('response', async (response) => {
        if (response.url().includes('/call/')) sinks.add('answers', await response.text().catch(() => ''))
      })
    }
    const ui = await openWindow({ home, env, before })
    try {
      const stop = followEvents(ui, sinks)
      await work({ ui, sinks, model })
      await ui.page.waitForTimeout(200)
      stop()
    } finally {
      await ui.page.context().browser()!.close()
      await ui.host.stop()
    }
    const { stdout, stderr } = await ui.host.started.finished
    sinks.add('stdout of the host', stdout)
    sinks.add('stderr of the host', stderr)
    for (const sink of ['page', 'requests', 'answers', 'sessionStorage'])
      expect([sink, (sinks.texts[sink]?.length ?? 0) > 20]).toEqual([sink, true])
    return searchSinks(sinks.texts, counts, meant)
  } finally {
    await model.stop()
  }
}

/** Reads the events of the host as a page does, byte by byte. */
function followEvents({ host }: UiWindow, sinks: WindowSinks): () => void {
  const stop = new AbortController()
  const read = async () => {
    const headers = { authorization: `Bearer ${host.token}`, origin: host.origin }
    const response = await fetch(`${host.origin}/events`, { headers, signal: stop.signal })
    for await (const piece of response.body!) sinks.add('events', Buffer.from(piece).toString())
  }
  void read().catch(() => {})
  return () => stop.abort()
}

/** Starts the scene's run as the page would, waits for its end and opens it. */
async function playRun({ ui }: Watched, more: object = {}): Promise<void> {
  const input = { ...(await layOutScene(scene, ui.home.workspace)), include: ['**'], ...more }
  const { output, error } = await ui.host.call('run.start', input)
  expect(error).toBeUndefined()
  const { id } = output as { id: string }
  const hasEnded = async () => {
    const list = (await ui.host.call('run.list')).output as RunSummary[]
    return list.find((run) => run.id === id)?.ended_at !== null
  }
  await expect.poll(hasEnded, { timeout: 30_000 }).toBe(true)
  await openRunOf(ui.page, id)
}

describe.skipIf(!chromiumPath)('20 canaries, wherever a secret could end up in the window (K1, S107)', () => {
  const settings = [
    ['openai_api_base', 'Server address', /^Model/, inSettings.login],
    ['openai_api_base', 'Server address', /^Model/, inSettings.query],
    ['llama_server.extra_args', 'Further arguments', /^Own model server/, inSettings.argument],
  ] as const

  test('errors that quote secrets, in an environment and on a workspace full of them', async () => {
    const leaks = await watched(async (given) => {
      await playRun(given)
      await walkWindow(given.ui.page, given.sinks)
      // The walk saw what there was to see.
      const { texts } = given.sinks
      const failed = Object.keys(quoted).flatMap((_, at) => (at === 0 ? [] : [`task_${at + 1}`]))
      const errors = failed.flatMap((id) => [`Failed task: ${id},`, `Call ${id}.1: `])
      expect(missingIn(texts['page'], ...errors, 'Kind of error', '[redacted]')).toEqual([])
      expect(missingIn(texts['events'], '"type":"task-failed"', '[redacted]')).toEqual([])
      expect(missingIn(texts['clipboard'], '# Your task')).toEqual([])
      const keyed = given.model.received.filter(({ headers }) => headers.authorization === `Bearer ${key}`)
      expect(keyed.length).toBeGreaterThan(9)
    })
    expect(leaks).toEqual([])
  }, 120_000)

  test('a document with a secret in it: shown to its person and to the model, and kept nowhere', async () => {
    const { secret, name } = inErrors.event
    const theirs = ['page', 'requests', 'answers', 'clipboard']
    const leaks = await watched(
      async ({ ui, sinks }) => {
        const { page, home } = ui
        await layOutScene({ ...scene, ...onlyWell }, home.workspace)
        await page.getByText('Drop a document, or write the requirement.').waitFor()
        await dropFiles(page, [{ name: 'notes.md', text: `# Notes\n\nAt the customer's: ${secret}\n` }])
        await page.getByText('1 document read').waitFor()
        await page.getByRole('button', { name: 'Compare with what was read' }).click()
        await page.getByRole('dialog', { name: 'What was read' }).getByText(secret).first().waitFor()
        await sinks.look()
        await page.keyboard.press('Escape')
        await page.getByLabel('Folder that the files are for').fill(home.workspace)
        await page.getByRole('radio', { name: /^Quoted/ }).click()
        await page.getByRole('button', { name: /^Start run/ }).click()
        await page.getByText('The run has ended: completed.').first().waitFor(patience)
        await walkWindow(page, sinks)
        for (const sink of theirs) expect([sink, findCanaries(sinks.texts[sink]!)]).toEqual([sink, [name]])
      },
      { meant: Object.fromEntries(theirs.map((sink) => [sink, [name]])) },
    )
    expect(leaks).toEqual([])
  }, 120_000)

  test('in a file of settings that cannot be used, and are not repeated', async () => {
    const leaks = await watched(
      async ({ ui: { page, host }, sinks }) => {
        const { file } = (await host.call('settings.get', {})).output as ShownConfig
        const before = readFileSync(file, 'utf8')
        for (const [name, , , { secret }] of settings) {
          const isList = name.endsWith('args')
          const entry = isList
            ? `llama_server: { extra_args: ['--api-key', '${secret}'] }`
            : `${name}: ${secret}`
          writeFileSync(file, `${before}${entry}\n`)
          await page.reload()
          await page.getByRole('navigation', { name: 'Main' }).waitFor()
          await page.keyboard.press('Control+5')
          await page.getByRole('alert').filter({ hasText: name }).first().waitFor(patience)
          await sinks.look()
        }
      },
      { hasServer: false },
    )
    expect(leaks).toEqual([])
  }, 60_000)

  test('typed into a setting and refused: in the field and in what is sent, and nowhere else', async () => {
    const typed = settings.map(([, , , { name }]) => name)
    const leaks = await watched(
      async ({ ui: { page }, sinks }) => {
        await page.keyboard.press('Control+5')
        const sections = page.getByRole('navigation', { name: 'Sections' })
        for (const [name, label, section, { secret }] of settings) {
          await sections.getByRole('button', { name: section }).click()
          const field = page.getByLabel(label)
          await field.fill(name.endsWith('args') ? `--api-key\n${secret}` : secret)
          await field.blur()
          await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
          await sinks.look()
        }
        for (const sink of ['page', 'requests'])
          expect([sink, findCanaries(sinks.texts[sink]!)]).toEqual([sink, typed])
      },
      { meant: { page: typed, requests: typed }, hasServer: false },
    )
    expect(leaks).toEqual([])
  }, 60_000)
})

describe.skipIf(!chromiumPath)('the same in the desktop window (K1, S107)', () => {
  test('errors that quote secrets: what passes between page and app, and what the system is told', async () => {
    await using home = await createHome()
    layOutSecrets(home)
    const model = await serveScene(scene, { key })
    const browser = await launchChromium()
    const before = { ...process.env }
    Object.assign(process.env, secretEnvironment, { OPENAI_API_BASE: model.base, TASK_RETRY_ATTEMPTS: '1' })
    try {
      await using desktop = await startDesktop({ data: home.data, browser })
      const page = await desktop.page()
      const sinks = watchSinks(page)
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      const { standIn } = desktop
      const { invoke } = standIn
      standIn.invoke = async (...given) => {
        sinks.add('IPC messages', JSON.stringify(given.slice(2)))
        const answer = await invoke(...given)
        sinks.add('IPC messages', JSON.stringify(answer))
        return answer
      }
      const { webContents } = desktop.window()
      const send = webContents.send.bind(webContents)
      webContents.send = (...given) => {
        sinks.add('IPC events', JSON.stringify(given))
        send(...given)
      }
      await layOutScene(scene, home.workspace)
      await page.getByLabel('Requirement in your own words').fill('Count the words.')
      await page.getByLabel('Folder that the files are for').fill(home.workspace)
      await page.getByRole('radio', { name: /^Quoted/ }).click()
      await page.getByRole('button', { name: /^Start run/ }).click()
      await page.getByText('did not come to an end').first().waitFor(patience)
      await walkWindow(page, sinks)
      sinks.add('notifications, dialogs, menus', JSON.stringify({ ...standIn.records, blockers: [] }))
      expect(missingIn(sinks.texts['IPC events'], '"type":"task-failed"', '[redacted]')).toEqual([])
      expect(missingIn(sinks.texts['IPC messages'], '[redacted]')).toEqual([])
      expect(searchSinks(sinks.texts, counts)).toEqual([])
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
      Object.assign(process.env, before)
      await browser.close()
      await model.stop()
    }
  }, 120_000)
})
