import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bare } from './fixtures/bare-answers.ts'
import { faults, streamed } from './fixtures/fault-answers.ts'
import { startFaultServer, type FaultServer } from './fixtures/fault-server.ts'
import { canaryKey, content, path, runSmall, whole, type SmallRun } from './fixtures/small-run.ts'
import { createHome, runCli } from './fixtures/cli.ts'
import { giants } from './fixtures/giant-answers.ts'
import { readResult } from './fixtures/outputs.ts'
import { breaks, silences } from './fixtures/stream-breaks.ts'
import { answers, contents, oddities } from './fixtures/stream-contents.ts'
import type { StreamFault } from './fixtures/stream-fault.ts'
import { echoes, statuses, waits } from './fixtures/stream-refusals.ts'
import { tellMemory } from './fixtures/tell-memory.ts'

const hash = createHash('sha256').update(content).digest('hex')

const table: object[] = []
afterAll(() => console.log(table.map((row) => Object.values(row).join(' | ')).join('\n')))

const groups = { breaks, silences, statuses, waits, echoes, contents, oddities, answers }
for (const [group, cases] of Object.entries(groups))
  describe.concurrent(`${group} (L1, S86, S90)`, { timeout: 60_000 }, () => {
    test.each(cases)('$fault', async (one) => {
      const run = await runSmall(one)
      check(one, run)
      expect(run.traces).not.toContain(canaryKey)
    })
  })

const body = bare(whole).body
const length = Buffer.byteLength(body)

describe.concurrent('a connection that closes at byte k (L1)', { timeout: 60_000 }, () => {
  const places = Array.from({ length: 24 }, (_, k) => Math.floor(((k + 0.5) * length) / 24))
  test.each(places)(`%i of ${length}`, async (k) => {
    const broken = { ...bare(whole), dropAt: k }
    const run = await runSmall({ say: (n) => (n === 0 ? broken : whole) })
    check({ fault: 'closed at byte k', say: () => broken, calls: 'first retry', step: 'completed' }, run)
    // What had come is kept, and is a beginning of what was said.
    const [part, all] = run.answers
    expect([whole.startsWith(part!), part!.length < whole.length, all]).toEqual([true, true, whole])
  })
})

test('bytes that are not UTF-8 are shown as such, and lose nothing else (L1)', async () => {
  const answer = streamed(whole.replace('hello_3', 'hello_?'))
  const bytes = Buffer.from(String(answer.body))
  bytes[bytes.indexOf('?')] = 0xff
  const run = await runSmall({ say: () => ({ ...answer, body: bytes }) })
  expect([run.result.status, run.asked]).toEqual(['completed', 1])
  expect(run.answers).toEqual([whole.replace('hello_3', 'hello_\uFFFD')])
})

describe('a redirect to another host (L1, E1)', () => {
  let stranger: FaultServer
  beforeAll(async () => void (stranger = await startFaultServer(() => whole)))
  afterAll(() => stranger.stop())

  test.each([301, 302, 303, 307, 308])('%i is not followed, and the key stays here', async (status) => {
    const url = `${stranger.base.replace('127.0.0.1', 'localhost')}/chat/completions`
    const run = await runSmall({ say: () => ({ ...faults.redirect(url), status }) })
    check(
      {
        fault: `a redirect (${status})`,
        say: () => whole,
        calls: 'first',
        step: 'failed',
        says: /sends requests elsewhere, and Paddock does not follow/,
        hint: /OPENAI_API_BASE/,
      },
      run,
    )
    expect(stranger.received).toEqual([])
  })
})

test('what a server sends after a cancel is not heard (L1)', async () => {
  const cancel = new AbortController()
  const parts = String(streamed(whole).body).split(/(?<=\n\n)/)
  let server: FaultServer | undefined
  const run = await runSmall({
    signal: cancel.signal,
    say(_, own) {
      server = own
      setTimeout(() => cancel.abort(), 200)
      return { ...streamed(''), body: parts, everyMs: 10 }
    },
  })
  const [step, next] = run.result.steps
  expect([run.result.status, run.exit, step!.status, next!.status]).toEqual([
    'cancelled',
    130,
    'pending',
    'pending',
  ])
  await expect.poll(() => server!.chats[0]!.aborted).toBe(true)
  expect(server!.chats).toHaveLength(1)
  expect([whole.startsWith(run.answers[0]!), run.answers[0]!.length < whole.length / 2]).toEqual([true, true])
  checkNothing(run)
})

test('a server that is gone, and back (L1, S86)', async () => {
  let second: Promise<FaultServer> | undefined
  const run = await runSmall({
    settings: { task_retry_attempts: 12, llm_retry_max_delay: 0.2 },
    async say(_, first) {
      second ??= sleep(100)
        .then(() => first.stop())
        .then(() => sleep(400))
        .then(() => startFaultServer((_request, n) => (n === 0 ? whole : 'Fine.'), { port: first.port }))
      return faults.stall(whole, 900)
    },
  })
  const { chats, stop } = await second!
  await stop()
  expect([run.result.status, run.exit, run.asked, chats.length]).toEqual(['completed', 0, 1, 2])
  const said = run.events.flatMap((event) => (event.type === 'call-failed' ? [event.error.message] : []))
  expect(said[0]).toMatch(/broke before the answer was complete/)
  expect(said.length).toBeGreaterThan(1)
  expect(new Set(said.slice(1).map((message) => message.replace(/http\S+/, 'URL')))).toEqual(
    new Set(['No server answers at URL']),
  )
  checkWhole('', run)
})

describe('answers without measure, each in a process of its own (L1)', () => {
  test.each(giants)(
    '$fault, in bounded memory (S93)',
    { timeout: 60_000 },
    async ({ fault, make, says, asked }) => {
      await using home = await createHome()
      const server = await startFaultServer(make, { window: 32_768 })
      try {
        const args = ['run', '--requirement', 'A greeting.', '--workspace', home.workspace, '--json']
        const env = { OPENAI_API_BASE: server.base, NODE_OPTIONS: tellMemory }
        const { code, stderr } = await runCli(home, args, env)
        const { status, steps } = await readResult(home.workspace)
        const { message = '', hint = '' } = steps[0]!.error ?? {}
        const megabytes = Math.round(Number(/maxRSS=(\d+)/.exec(stderr)?.[1]) / 1024)
        const calls = `${server.chats.length}, ${megabytes} MB`
        table.push({ fault, calls, step: steps[0]!.status, run: status, exit: code, message, hint })
        expect([status, code, server.chats.length]).toEqual(['failed', 1, asked])
        expect([message, hint]).toEqual([expect.stringMatching(says), expect.stringMatching(/\w/)])
        // It is cut off where its limit is, not when it is through.
        expect(megabytes).toBeLessThan(700)
        await Promise.all(server.chats.map(({ closed }) => closed))
      } finally {
        await server.stop()
      }
    },
  )
})

/** Checks what holds for every fault, and what was said of this one. */
function check(one: StreamFault, run: SmallRun): void {
  const { result, exit, events, asked } = run
  const [step, next] = result.steps
  const purposes = step!.calls.map(({ purpose }) => purpose).join(' ')
  const { message = '', hint = '' } = step!.error ?? {}
  table.push({
    fault: one.fault,
    asked,
    purposes,
    step: step!.status,
    run: result.status,
    exit,
    message,
    hint,
  })
  expect({ purposes, asked, step: step!.status, message }).toMatchObject({
    purposes: one.calls,
    asked: one.calls.split(' ').length,
    step: one.step,
  })
  if (one.step === 'completed') checkWhole(one.fault, run)
  else {
    checkNothing(run)
    expect([result.status, exit, next!.status]).toEqual(['failed', 1, 'blocked'])
    expect(message).toMatch(one.says!)
    expect(hint).toMatch(one.hint!)
  }
  const pauses = events.flatMap((event) => (event.type === 'call-failed' ? [event.retry_in] : []))
  if (one.pause) {
    expect(pauses[0]).toBeGreaterThanOrEqual(one.pause[0])
    expect(pauses[0]).toBeLessThanOrEqual(one.pause[1])
  }
}

function checkWhole(fault: string, { result, exit, workspace, exported }: SmallRun): void {
  expect([result.status, exit]).toEqual(['completed', 0])
  expect(result.steps.map(({ error }) => error)).toEqual([null, null])
  // That one brings a file of its own.
  if (fault.startsWith('single bytes')) return
  expect(result.files.map((file) => [file.path, file.hash, file.complete])).toEqual([[path, hash, true]])
  expect([workspace, exported[path]]).toEqual([{ [path]: hash }, hash])
}

/** What was cut off counts nowhere as a file: not in the result, the workspace or the export. */
function checkNothing({ result, workspace, exported }: SmallRun): void {
  expect(result.files.filter(({ complete, written }) => complete || written)).toEqual([])
  expect(workspace).toEqual({})
  expect(Object.keys(exported).filter((name) => name === path)).toEqual([])
}
