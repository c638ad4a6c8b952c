import { join } from 'node:path'
import {
  startFaultServer,
  type FaultServer,
  type Plan,
  type ServerOptions,
} from '../../../e2e/fixtures/fault-server.ts'
import { claimed, started } from '../../../shared/history.fixture.ts'
import type { TextDelta } from '../../../shared/run-event.ts'
import { Settings } from '../../../shared/settings.ts'
import { promptMessages } from '../context/compose.ts'
import type { Journal } from '../journal.ts'
import { openTestRun, type TestRun } from '../test-run.fixture.ts'
import { ask, type AskContext, type Question } from './ask.ts'
import { createModel } from './model.ts'
import { Slots } from './slots.ts'

/** A run, the server that it asks, and the text that was told of while it came. */
export let run: TestRun
export let server: FaultServer
export let deltas: Omit<TextDelta, 'run'>[]

/** Ends them, after each test. */
export async function endAll(): Promise<void> {
  await server.stop()
  run.stop()
}

/** Starts a server that answers by a plan, and a run whose task is under way. */
export async function start(plan: Plan, options: ServerOptions = {}): Promise<void> {
  server = await startFaultServer(plan, options)
  run = await openTestRun({ a: {} })
  deltas = []
  await run.journal.append([started('a')])
}

/** The signal of what is not cancelled. */
export const never = new AbortController().signal

/** What a process of the run asks with: its own journal, and whatever it sets. */
export async function contextOf(
  journal: Journal,
  own: Partial<Settings> = {},
  signal = never,
): Promise<AskContext> {
  const settings = Settings.parse({ openai_api_base: server.base, llm_retry_initial_delay: 0.01, ...own })
  const model = createModel(settings)
  return {
    journal,
    model,
    status: await model.status(signal),
    slots: new Slots(2),
    settings,
    answers: join(run.folder, 'answers'),
    tellDelta: (delta) => deltas.push(delta),
    signal,
  }
}

/** What is asked where a test does not care. */
export const question: Question = {
  task: 'a',
  part: 'answer',
  prompt: { messages: promptMessages('Be brief.', 'Say hello.'), tokens: 20, countedBy: 'server' },
  check: (text) => (text.includes('wrong') ? 'Your answer was wrong.' : null),
}

/** Asks it, with what a test cares about. */
export const askNow = async (own: Partial<Question> = {}, settings: Partial<Settings> = {}, signal = never) =>
  ask({ ...question, ...own }, await contextOf(run.journal, settings, signal))

/** A process that comes after a crash: it opens the run anew and owns it. */
export async function afterCrash(): Promise<AskContext> {
  const { journal } = run.openAgain()
  await journal.append([claimed])
  return contextOf(journal)
}

/** The calls of the run, with how each stands. */
export const calls = (journal = run.journal) =>
  journal.run.tasks['a']!.calls.map(({ id, status, purpose }) => `${id} ${purpose} ${status}`)
