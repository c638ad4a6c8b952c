import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHome, runCli } from './fixtures/cli.ts'
import { deadBase, ownServer, runArgs, runsOf } from './fixtures/error-runs.ts'
import { faults, streamed } from './fixtures/fault-answers.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { llamaServer, makeTinyModel } from './fixtures/llama-server.ts'
import { readResult } from './fixtures/outputs.ts'
import { startScriptedModel } from './fixtures/scripted.ts'
import { canaryKey, runSmall, whole } from './fixtures/small-run.ts'

describe.concurrent('errors of the model server (S86)', { timeout: 60_000 }, () => {
  test('nobody answers: said at once, with how to start a server, and nothing has begun', async () => {
    await using home = await createHome()
    const base = await deadBase()
    const { code, stderr } = await runCli(home, runArgs(home), { OPENAI_API_BASE: base })
    expect(code).toBe(1)
    expect(stderr).toContain(`No server answers at ${base}.`)
    const { port } = new URL(base)
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(String.raw`Start it: llama-server -.* --host 127\.0\.0\.1 --port ${port}\b`),
    )
    expect(stderr).toContain('llama_server.model')
    expect(await runsOf(home)).toEqual([])
  })

  test.skipIf(llamaServer === null)(
    'nobody answers, and a model is configured: its server is started',
    async () => {
      await using home = await createHome()
      const { args, base } = await ownServer(home, makeTinyModel({ eosBias: 4 }))
      const { code, stderr, events } = await runCli(home, [...args, ...runArgs(home)])
      // The model is noise, so the step fails: of what the server said, not for want of it.
      expect([code, stderr]).toEqual([1, ''])
      expect(events.some(({ type }) => type === 'answer-ended')).toBe(true)
      expect(readFileSync(join(home.data, 'logs/paddock.log'), 'utf8')).toContain('llama-server started')
      // It ends with the program that started it.
      await expect(fetch(`${base}/models`)).rejects.toThrow('fetch failed')
    },
  )

  test('a time-out tells the seconds of silence and a larger figure', async () => {
    await using home = await createHome()
    const server = await startFaultServer(() => faults.stall(whole, 500), { window: 32_768 })
    try {
      const env = { OPENAI_API_BASE: server.base, LLM_TIMEOUT: '1', TASK_RETRY_ATTEMPTS: '2' }
      const { code } = await runCli(home, runArgs(home), env)
      const { status, steps } = await readResult(home.workspace)
      expect([code, status, server.chats.length]).toEqual([1, 'failed', 2])
      expect(steps[0]!.error).toEqual({
        code: 'unavailable',
        message: `The server at ${server.base} said nothing for 1 s.`,
        hint: 'If the machine is only slow, increase llm_timeout, to 2 for example; else restart the server.',
      })
      // Both calls were given up, not left to run on.
      await Promise.all(server.chats.map(({ closed }) => closed))
      expect(server.chats.map(({ aborted }) => aborted)).toEqual([true, true])
    } finally {
      await server.stop()
    }
  })

  test('a server that keeps sending tokens is borne longer than llm_timeout', async () => {
    const parts = String(streamed(whole).body).split(/(?<=\n\n)/)
    const run = await runSmall({
      say: () => ({ ...streamed(''), body: parts, everyMs: 25 }),
      settings: { llm_timeout: 2 },
    })
    expect([run.result.status, run.asked]).toEqual(['completed', 1])
    const ended = run.events.find((event) => event.type === 'answer-ended')
    expect(ended!.ms).toBeGreaterThan(2000)
  })

  test('an answer that cannot be read is asked for again, after pauses that grow', async () => {
    const run = await runSmall({
      say: () => faults.badJson(whole),
      settings: { task_retry_attempts: 5, llm_retry_initial_delay: 0.02, llm_retry_max_delay: 0.1 },
    })
    expect([run.result.steps[0]!.status, run.asked]).toEqual(['failed', 5])
    const pauses = run.events.flatMap((event) => (event.type === 'call-failed' ? [event.retry_in] : []))
    expect(pauses).toHaveLength(5)
    for (const [index, about] of [20, 40, 80, 100].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(about * 0.75)
      expect(pauses[index]).toBeLessThanOrEqual(about * 1.25)
    }
    expect(pauses[4]).toBeNull()
  })

  test('an answer that is not what was asked is asked for once more; both stay to be read', async () => {
    await using home = await createHome()
    const said = ['I would rather write a poem.', 'Roses are red.']
    const server = await startFaultServer((_, n) => said[n] ?? 'No more.', { window: 32_768 })
    try {
      const { code, events } = await runCli(home, runArgs(home), { OPENAI_API_BASE: server.base })
      const { status, steps } = await readResult(home.workspace)
      expect([code, status, server.chats.length]).toEqual([1, 'failed', 2])
      expect(steps[0]!.calls.map(({ purpose }) => purpose)).toEqual(['first', 'again'])
      expect(steps[0]!.error?.message).toMatch(/not usable, twice/)
      expect(steps[0]!.error?.hint).toMatch(/Look at the raw answer/)
      const answers = join(home.data, 'runs', events[0]!.run, 'answers')
      const kept = readdirSync(answers).map((name) => readFileSync(join(answers, name), 'utf8'))
      expect(kept.sort()).toEqual(said)
    } finally {
      await server.stop()
    }
  })

  test('no error tells the key: not to people, not in the record, not in the outputs', async () => {
    await using home = await createHome()
    const server = await startScriptedModel({ key: canaryKey })
    try {
      const env = { OPENAI_API_BASE: server.base }
      const wrong = await runCli(home, runArgs(home), { ...env, LLAMA_API_KEY: `${canaryKey}-wrong` })
      expect([wrong.code, server.chats.length]).toEqual([2, 0])
      expect(wrong.stderr).toContain('does not accept the API key')
      expect(wrong.stderr).toContain('LLAMA_API_KEY')
      expect(wrong.stdout + wrong.stderr).not.toContain(canaryKey)
      const right = await runCli(home, runArgs(home), { ...env, LLAMA_API_KEY: canaryKey })
      expect(right.code).toBe(0)
      expect(right.stdout + right.stderr).not.toContain(canaryKey)
      const entries = [home.data, home.workspace].flatMap((folder) =>
        readdirSync(folder, { recursive: true, withFileTypes: true }),
      )
      const files = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
      expect(files.length).toBeGreaterThan(10)
      expect(files.filter((file) => readFileSync(file).includes(canaryKey))).toEqual([])
    } finally {
      await server.stop()
    }
  })
})
