import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import {
  startFaultServer,
  type ChatRequest,
  type FaultServer,
  type Plan,
  type ServerOptions,
} from '../../e2e/fixtures/fault-server.ts'
import { Settings } from '../../shared/settings.ts'
import { Workflow, type WorkflowStep } from '../../shared/workflow.ts'
import { openCore, type Core } from './core.ts'
import { AgentOrchestrator } from './orchestrator.ts'

/** What the runs of these tests are to do. */
export const input = { requirement: 'A tool that says hello.' }

/** A step of a workflow, with what a test cares about. */
export const step = (
  step: number,
  agent_role: string,
  depends_on: number[] = [],
  more: Partial<WorkflowStep> = {},
) => ({
  step,
  agent_role,
  task_type: 'work',
  description: `Do part ${step}`,
  depends_on,
  ...more,
})

export const workflowOf = (...steps: object[]) =>
  Workflow.parse({ id: 'mine', name: 'Mine', description: 'My own', steps })

/** One step, two side by side that rest on it, and one that rests on both. */
export const branches = workflowOf(
  step(1, 'business_analyst'),
  step(2, 'qa_engineer', [1]),
  step(3, 'devops_engineer', [1]),
  step(4, 'technical_writer', [2, 3]),
)

/** What the test has started, with the folder that it lies in. */
export let folder: string
export let server: FaultServer
export let core: Core
export let orchestrator: AgentOrchestrator

/** What ends it, last first. */
export const cleanups: (() => unknown)[] = []

/** Ends all that a test has started. */
export async function endAll(): Promise<void> {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
}

/** Starts a server that answers by a plan, and an orchestrator on it. */
export async function start(plan: Plan, options: ServerOptions = {}, settings: Partial<Settings> = {}) {
  folder = mkdtempSync(join(tmpdir(), 'paddock-orchestrator-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'workspace'))
  server = await startFaultServer(plan, { window: 32_768, ...options })
  cleanups.push(() => server.stop())
  const given = { openai_api_base: server.base, llm_retry_initial_delay: 0.01, ...settings }
  core = openCore(Settings.parse(given), { dataFolder: join(folder, 'data') })
  cleanups.push(() => core.ledger.close())
  orchestrator = lead()
}

/** Another orchestrator on the same core. */
export const lead = () => new AgentOrchestrator(join(folder, 'workspace'), core.settings, core)

/** What a prompt says at its end: "ROLE / TYPE" of its task. */
export const taskOf = ({ messages }: ChatRequest) =>
  /^# Your task: (.*)$/m.exec(messages[1]!.content)?.[1] ?? ''
/** Earlier steps are named in what they handed over: the task itself comes last. */
export const stepOf = ({ messages }: ChatRequest) =>
  Number(/.*Do part (\d+)/s.exec(messages[1]!.content)?.[1])

/** Answers that wait until they are let go, one by one. */
export function createHolds() {
  const held = new Map<number, () => void>()
  const plan: Plan = async (request) => {
    await new Promise<void>((resolve) => held.set(stepOf(request), resolve))
    return 'Decided.'
  }
  const release = async (number: number) => {
    await expect.poll(() => held.has(number), { interval: 5 }).toBe(true)
    held.get(number)!()
    held.delete(number)
  }
  return { plan, release, held: () => [...held.keys()], forget: () => held.clear() }
}
