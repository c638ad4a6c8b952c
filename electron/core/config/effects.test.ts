import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { faults, streamed } from '../../../e2e/fixtures/fault-answers.ts'
import {
  startFaultServer,
  type FaultServer,
  type Plan,
  type ServerOptions,
} from '../../../e2e/fixtures/fault-server.ts'
import type { RunEvent } from '../../../shared/run-event.ts'
import type { SomeSettings } from '../../../shared/settings.ts'
import { Workflow } from '../../../shared/workflow.ts'
import { openCore } from '../core.ts'
import { AgentOrchestrator } from '../orchestrator.ts'
import { createConfigHome, put, type ConfigHome } from './config-home.fixture.ts'

let home: ConfigHome
let server: FaultServer
beforeEach(() => {
  home = createConfigHome()
})
afterEach(async () => {
  await server.stop()
  home.stop()
})

const begin = async (plan: Plan, options: ServerOptions = {}) => {
  server = await startFaultServer(plan, { window: 32_768, ...options })
}

/** Runs so many steps at once on the settings that the person's file holds, and gives what happened. */
async function runWith(own: SomeSettings, steps = 1): Promise<RunEvent[]> {
  put(home.userFile, stringify({ openai_api_base: server.base, llm_retry_initial_delay: 0, ...own }))
  const { settings } = home.load()
  const workflow = Workflow.parse({
    id: 'mine',
    name: 'Mine',
    description: 'My own',
    steps: Array.from({ length: steps }, (_, i) => ({
      step: i + 1,
      agent_role: 'technical_writer',
      task_type: 'work',
      description: `Do part ${i + 1}`,
    })),
  })
  const data = join(home.folder, 'data')
  mkdirSync(data, { recursive: true })
  const core = openCore(settings, { dataFolder: data })
  try {
    const orchestrator = new AgentOrchestrator(home.workspace, settings, core)
    const { id, finish } = await orchestrator.begin(workflow, { requirement: 'A tool that says hello.' })
    await finish()
    return core.ledger.read(id)
  } finally {
    core.ledger.close()
    await core.log.close()
  }
}
const failures = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'call-failed')

describe('what a setting of the file does to a run (S81, S85)', () => {
  test('openai_api_base, _key, _model, _temperature and _max_tokens are what the server gets', async () => {
    await begin(() => 'Hello.', { key: 'sesame', models: ['other', 'mine'] })
    await runWith({
      openai_api_key: 'sesame',
      openai_api_model: 'mine',
      openai_temperature: 0.9,
      openai_max_tokens: 77,
    })
    expect(server.chats[0]).toMatchObject({
      headers: { authorization: 'Bearer sesame' },
      body: { model: 'mine', temperature: 0.9, max_tokens: 77 },
    })
  })

  test.each([0.1, 0.3])('llm_timeout: a server that is silent for %d s has failed (S86)', async (seconds) => {
    await begin(() => faults.stall('', -1))
    const events = await runWith({ llm_timeout: seconds, task_retry_attempts: 1 })
    expect(failures(events).map(({ error }) => error.message)).toEqual([
      expect.stringContaining(`said nothing for ${seconds} s`),
    ])
  })

  test.each([1, 2, 4])('task_retry_attempts: %d', async (attempts) => {
    await begin(() => faults.unavailable())
    await runWith({ task_retry_attempts: attempts })
    expect(server.chats).toHaveLength(attempts)
  })

  test.each([
    [0.02, 60, [20, 40, 80]],
    [0.04, 60, [40, 80, 160]],
    [0.02, 0.03, [20, 30, 30]],
    [0, 60, [0, 0, 0]],
  ])(
    'llm_retry_initial_delay %d, llm_retry_max_delay %d: waits of about %j ms',
    async (initial, most, waits) => {
      await begin(() => faults.unavailable())
      const events = await runWith({
        llm_retry_initial_delay: initial,
        llm_retry_max_delay: most,
        task_retry_attempts: 4,
      })
      const waited = failures(events).flatMap(({ retry_in }) => retry_in ?? [])
      // By chance a quarter more or less.
      const off = waited.map((ms, i) => Math.abs(ms - waits[i]!) <= waits[i]! / 4 + 1)
      expect(off).toEqual([true, true, true])
    },
  )

  test.each([0, 1, 3])('llm_max_continuations: %d', async (most) => {
    await begin(() => streamed('It goes on ', { finish: 'length' }))
    const events = await runWith({ llm_max_continuations: most })
    const continued = events.filter((event) => event.type === 'call-started' && event.purpose === 'continue')
    expect(continued).toHaveLength(most)
  })

  test.each([1, 2, 3])('max_concurrent_agents: %d calls are under way at once', async (most) => {
    const held: (() => void)[] = []
    let [peak, left] = [0, 3]
    await begin(
      async () => {
        await new Promise<void>((resolve) => {
          held.push(resolve)
          peak = Math.max(peak, held.length)
          // Nobody is answered before as many have come as may.
          if (held.length < Math.min(most, left)) return
          left -= held.length
          for (const release of held.splice(0)) release()
        })
        return 'Hello.'
      },
      { slots: 8 },
    )
    await runWith({ max_concurrent_agents: most }, 3)
    expect([peak, server.chats.length]).toEqual([most, 3])
  })

  test.each([
    ['DEBUG', ['DEBUG', 'ERROR', 'INFO', 'WARNING']],
    ['INFO', ['ERROR', 'INFO', 'WARNING']],
    ['WARNING', ['ERROR', 'WARNING']],
    ['ERROR', ['ERROR']],
  ] as const)('log_level: %s (S83, S109)', async (level, levels) => {
    await begin(() => faults.unavailable())
    await runWith({ log_level: level, task_retry_attempts: 2 })
    const lines = readFileSync(join(home.folder, 'data/logs/paddock.log'), 'utf8').trim().split('\n')
    const seen = lines.map((line) => (JSON.parse(line) as { level: string }).level)
    expect([...new Set(seen)].sort()).toEqual(levels)
  })

  test('log_file, log_max_megabytes and log_files_kept: where the log lies, and how much of it (S119)', async () => {
    await begin(() => 'Hello.')
    const log = { log_file: join(home.folder, 'elsewhere/a.log'), log_max_megabytes: 0.01, log_files_kept: 2 }
    for (let n = 0; n < 6; n++) await runWith({ ...log, log_level: 'DEBUG' }, 5)
    const names = readdirSync(join(home.folder, 'elsewhere'))
    expect([
      names.length,
      names.filter((name) => name !== 'a.log').every((name) => name.startsWith('a.log.')),
    ]).toEqual([3, true])
    expect(existsSync(join(home.folder, 'data/logs'))).toBe(false)
  })

  test.each([0, 1, 2])('backups_kept: %d (S119)', async (kept) => {
    await begin(() => 'Hello.')
    const runs: string[] = []
    for (let n = 0; n < 3; n++) runs.push((await runWith({ backups_kept: kept }))[0]!.run)
    const folder = join(home.folder, 'data/backups')
    const there = existsSync(folder) ? readdirSync(folder) : []
    // Which of them is for another test: runs of one second have no order.
    expect([there.length, there.filter((run) => !runs.includes(run))]).toEqual([kept, []])
  })

  test('allowed_hosts: a server elsewhere is used, or refused', async () => {
    await begin(() => 'Hello.')
    const elsewhere = { openai_api_base: `http://0.0.0.0:${server.port}/v1` }
    await expect(runWith(elsewhere)).rejects.toMatchObject({
      code: 'invalid',
      hint: expect.stringContaining('allowed_hosts'),
    })
    expect(server.received).toEqual([])
    await runWith({ ...elsewhere, allowed_hosts: ['0.0.0.0'] })
    expect(server.chats).toHaveLength(1)
  })
})
