import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { applyEvent, emptyRun, type Run } from '../../shared/run.ts'
import { Settings } from '../../shared/settings.ts'
import { createApp, type App } from './app.ts'
import { startScriptedEndpoint, type ScriptedEndpoint } from './rehearsal/scripted-endpoint.ts'

/** Where the test's workspaces and data lie, and the server that its runs ask. */
export let folder: string
export let endpoint: ScriptedEndpoint

/** What the server was asked, and what it says; while it holds, it answers nobody until it is let go. */
export const model = { asked: [] as string[], held: [] as (() => void)[], isHolding: false, answer: '' }

/** What is stopped after the test, last first. */
export const stops: (() => Promise<unknown>)[] = []

/** Starts a server for each test. */
export async function setUp(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'paddock-runs-'))
  model.asked = []
  model.held = []
  model.isHolding = false
  model.answer = 'It is decided, and here is why.'
  endpoint = await startScriptedEndpoint({
    slots: 4,
    answer: async (messages) => {
      const prompt = messages.at(-1)!.content
      model.asked.push(/# Your task: (.*)/.exec(prompt.slice(prompt.lastIndexOf('# Your task: ')))![1]!)
      if (model.isHolding) await new Promise<void>((resolve) => model.held.push(resolve))
      return { text: model.answer }
    },
  })
}

/** Ends all that a test has started. */
export async function tearDown(): Promise<void> {
  release()
  for (const stop of stops.splice(0).toReversed()) await stop()
  await endpoint.stop()
  rmSync(folder, { recursive: true })
}

/** Lets every answer go. */
export const release = () => {
  model.isHolding = false
  for (const resolve of model.held.splice(0)) resolve()
}

/** Opens an app that is stopped after the test; several share one data folder, as processes do. */
export function open(settings: object = {}): App {
  const given = Settings.parse({ openai_api_base: endpoint.url, ...settings })
  const { app, stop } = createApp(given, { dataFolder: join(folder, 'data') })
  stops.push(stop)
  return app
}

/** Makes a workspace with a workflow of its own. */
export function prepare(name: string, ...steps: string[]): { workspace: string; workflow: string } {
  const workspace = join(folder, name)
  mkdirSync(join(workspace, '.paddock/workflows'), { recursive: true })
  const text = `id: mine\nname: Mine\ndescription: My own\nsteps:\n${steps.map((step) => `  - { ${step} }\n`).join('')}`
  writeFileSync(join(workspace, '.paddock/workflows/mine.yaml'), text)
  return { workspace, workflow: 'mine' }
}

/** A step that writes a note. */
export const note = (step: number, more = '') =>
  `step: ${step}, agent_role: developer, task_type: note_${step}, description: Note ${step}${more}`

/** Starts a run, and gives its id. */
export const start = async (app: App, of: { workspace: string; workflow: string }, more: object = {}) =>
  (await app.run.start({ ...of, requirement: 'A tool.', ...more })).id

/** How it stands with a run. */
export const stateOf = async (app: App, id: string): Promise<Run> =>
  (await app.run.events({ id })).reduce(applyEvent, emptyRun)

/** Waits for what comes by itself. */
export const until = async (condition: () => unknown) => {
  await expect.poll(condition, { interval: 10, timeout: 5000 }).toBe(true)
}
