import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { faults, streamed, type Answer } from './fixtures/fault-answers.ts'
import { createHome, runCli, startCli } from './fixtures/cli.ts'
import { hashFiles, readResult } from './fixtures/outputs.ts'
import { document, scriptedFiles, startScriptedModel, type ScriptedModel } from './fixtures/scripted.ts'
import type { RunEvent } from '../shared/run-event.ts'

/** The file whose answers go wrong: two files of its step need it, one stands before it. */
const path = 'readtime/estimate.py'
const key = `implementation ${path}`

type Outcome = 'completed' | 'partial'
type Case = {
  fault: string
  /** What is said instead of the file, the nth time that it is asked for (from 0). */
  say: (n: number, scripted: string) => string | Answer | undefined
  outcome: Outcome
  /** How often the file is asked for. */
  requests: number
  /** The types of events that the fault shows itself by, and the purposes of the calls for the file. */
  purposes: string[]
  reason?: RegExp
  env?: Record<string, string>
}

const tries = { TASK_RETRY_ATTEMPTS: '2' }
const half = (text: string) => text.slice(0, Math.floor(text.length / 2))
const bytesOfHalf = (text: string) => Math.floor(String(streamed(text).body).length / 2)
const once = (answer: (text: string) => Answer) => (n: number, text: string) =>
  n === 0 ? answer(text) : undefined
const always = (answer: (text: string) => Answer) => (_: number, text: string) => answer(text)
const drop = (text: string) => faults.drop(text, bytesOfHalf(text))
const full = (text: string) => streamed(text, { finish: 'length' })

const cases: Case[] = [
  {
    fault: 'connection dropped once',
    say: once(drop),
    outcome: 'completed',
    requests: 2,
    purposes: ['first', 'retry'],
  },
  {
    fault: 'connection dropped always',
    say: always(drop),
    outcome: 'partial',
    requests: 2,
    purposes: ['first', 'retry'],
    reason: /broke before the answer was complete/,
    env: tries,
  },
  {
    fault: 'clean end without finish_reason, once',
    say: once((text) => faults.cut(half(text))),
    outcome: 'completed',
    requests: 2,
    purposes: ['first', 'retry'],
  },
  {
    fault: 'clean end without finish_reason, always',
    say: always((text) => faults.cut(text)),
    outcome: 'partial',
    requests: 2,
    purposes: ['first', 'retry'],
    reason: /stopped in the middle/,
    env: tries,
  },
  {
    fault: 'error event',
    say: always((text) => faults.errorEvent(half(text), 500, 'slot failed')),
    outcome: 'partial',
    requests: 1,
    purposes: ['first'],
    reason: /slot failed/,
  },
  {
    fault: '503 loading once',
    say: once(faults.loading),
    outcome: 'completed',
    requests: 2,
    purposes: ['first', 'retry'],
  },
  {
    fault: '503 always',
    say: always(faults.unavailable),
    outcome: 'partial',
    requests: 2,
    purposes: ['first', 'retry'],
    reason: /no slot available/,
    env: tries,
  },
  {
    fault: '400 context',
    say: always(() => faults.overflow(40_000, 32_768)),
    outcome: 'partial',
    requests: 1,
    purposes: ['first'],
    reason: /40000 tokens, and a slot holds 32768/,
  },
  {
    fault: 'length, continued',
    say: (n, text) => (n === 0 ? full(half(text)) : n === 1 ? text.slice(half(text).length) : undefined),
    outcome: 'completed',
    requests: 2,
    purposes: ['first', 'continue'],
  },
  {
    fault: 'length, never ending',
    say: (n, text) => full(n === 0 ? half(text) : `# more ${n}\n`),
    outcome: 'partial',
    requests: 4,
    purposes: ['first', 'continue', 'continue', 'continue'],
    reason: /cut off/,
  },
  {
    fault: 'repetition loop',
    say: always(faults.flood),
    outcome: 'partial',
    requests: 2,
    purposes: ['first', 'again'],
    reason: /repeated the same lines/,
  },
  {
    fault: 'empty answer',
    say: always(() => streamed('')),
    outcome: 'partial',
    requests: 2,
    purposes: ['first', 'again'],
    reason: /empty/,
  },
  {
    fault: 'silence in the middle, once',
    say: once((text) => faults.stall(text, bytesOfHalf(text))),
    outcome: 'completed',
    requests: 2,
    purposes: ['first', 'retry'],
    env: { LLM_TIMEOUT: '4' },
  },
]

const table: object[] = []
afterAll(() => console.table(table))

describe.concurrent('faults in the implementation step', { timeout: 60_000 }, () => {
  for (const { fault, say, outcome, requests, purposes, reason, env } of cases)
    test(`${fault} (S5, S86, S90)`, async () => {
      await using home = await createHome()
      const model = await startScriptedModel({
        instead: (asked, scripted) => (asked.key === key ? say(asked.before, scripted) : undefined),
      })
      try {
        const args = ['run', document, '--workspace', home.workspace, '--accept', '--json']
        const { code, events } = await runCli(home, args, { OPENAI_API_BASE: model.base, ...env })
        const error = await check(home.workspace, events, model, { fault, outcome, code })
        expect(model.counts().get(key)).toBe(requests)
        expect(purposesOf(events)).toEqual(purposes)
        if (reason) expect(error).toMatch(reason)
      } finally {
        await model.stop()
      }
    })

  test('server killed and back in 1.5 s (S5, S90)', async () => {
    await using home = await createHome()
    let reached = () => {}
    const dying = new Promise<void>((resolve) => (reached = resolve))
    const first = await startScriptedModel({
      instead: (asked, scripted) => {
        if (asked.key !== key) return undefined
        reached()
        return faults.stall(scripted, bytesOfHalf(scripted))
      },
    })
    const args = ['run', document, '--workspace', home.workspace, '--accept', '--json']
    const { finished } = startCli(home, args, { OPENAI_API_BASE: first.base })
    await dying
    await sleep(100)
    await first.stop()
    await sleep(1500)
    const second = await startScriptedModel({ port: first.port })
    try {
      const { code, events } = await finished
      await check(home.workspace, events, second, {
        fault: 'server killed and back in 1.5 s',
        outcome: 'completed',
        code,
      })
      expect([...new Set(purposesOf(events))]).toEqual(['first', 'retry'])
      expect(second.counts().get(key)).toBe(1)
      expect([...second.counts()].filter(([other]) => first.counts().has(other))).toEqual([[key, 1]])
    } finally {
      await second.stop()
    }
  })

  test('after a fault that stayed, resume asks only for what failed (S37, S87)', async () => {
    await using home = await createHome()
    let broken = true
    const model = await startScriptedModel({
      instead: (asked, scripted) => (broken && asked.key === key ? drop(scripted) : undefined),
    })
    const env = { OPENAI_API_BASE: model.base, ...tries }
    try {
      const args = ['run', document, '--workspace', home.workspace, '--accept', '--json']
      const first = await runCli(home, args, env)
      expect(first.code).toBe(1)
      const before = model.counts()
      broken = false
      const second = await runCli(home, ['resume', '--json'], env)
      expect(second.code).toBe(0)
      expect((await readResult(home.workspace)).status).toBe('completed')
      const repeated = [...before.keys()].filter((one) => model.counts().get(one) !== before.get(one))
      expect(repeated).toEqual([key])
      const files = await hashFiles(home.workspace)
      expect(files[path]).toBe(hashOf(scriptedFiles.get(path)!))
    } finally {
      await model.stop()
    }
  })
})

type Expected = { fault: string; outcome: Outcome; code: number | null }

/** Checks what holds for every fault; returns the error of the implementation step, and adds a row to the table. */
async function check(
  workspace: string,
  events: RunEvent[],
  model: ScriptedModel,
  { fault, outcome, code }: Expected,
): Promise<string> {
  const result = await readResult(workspace)
  const step = result.steps.find(({ task_type }) => task_type === 'implementation')!
  const failures = events.filter(({ type }) => type === 'call-failed').length
  table.push({
    fault,
    step: step.status,
    run: result.status,
    exit: code,
    calls: purposesOf(events).join(' '),
    'call-failed': failures,
    reason: (step.error?.message ?? '').slice(0, 120),
  })

  expect(result.status).toBe(outcome)
  expect(code).toBe(outcome === 'completed' ? 0 : 1)
  expect(step.status).toBe(outcome === 'completed' ? 'completed' : 'failed')
  expect(result.steps.filter(({ status }) => status === 'blocked')).toHaveLength(
    outcome === 'completed' ? 0 : 3,
  )

  // No truncated text counts as a whole file, anywhere: in the result, in the workspace, in the export.
  const own = [...scriptedFiles].map(([name, content]) => [name, hashOf(content)] as const)
  const whole = result.files.filter(({ complete, conflict }) => complete && !conflict)
  for (const { path: name, hash } of whole.filter(({ path: made }) => scriptedFiles.has(made)))
    expect([name, hash]).toEqual([name, new Map(own).get(name)])
  expect(whole.some((file) => file.path === path)).toBe(outcome === 'completed')
  const exported = await hashFiles(`${workspace}/output/generated/${result.workflow_id}/merged`)
  for (const found of [await hashFiles(workspace), exported]) {
    expect(Object.hasOwn(found, path)).toBe(outcome === 'completed')
    for (const [name, hash] of own.filter(([one]) => Object.hasOwn(found, one)))
      expect([name, found[name]]).toEqual([name, hash])
  }

  // Nor does one run on: a later prompt holds the whole file or none of it.
  const content = scriptedFiles.get(path)!.trimEnd()
  for (const { raw, body } of model.chats.filter((chat) => chat.raw.includes(`# File: ${path}`))) {
    const { messages } = body as { messages: { content: string }[] }
    expect(messages.some((message) => message.content.includes(content)) || raw).toBe(true)
  }
  if (outcome === 'partial') {
    expect(model.chats.some(({ raw }) => raw.includes(`# File: ${path}`))).toBe(false)
    expect(result.not_made.map((file) => file.path)).toContain(path)
    expect(model.asked.every(({ task }) => !['testing', 'deployment', 'documentation'].includes(task))).toBe(
      true,
    )
  }
  return step.error?.message ?? ''
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

function purposesOf(events: RunEvent[]): string[] {
  const calls = new Set(
    events.flatMap((event) =>
      event.type === 'call-queued' && event.part === `file ${path}` ? [event.call] : [],
    ),
  )
  return events.flatMap((event) =>
    event.type === 'call-started' && calls.has(event.call) ? [event.purpose] : [],
  )
}
