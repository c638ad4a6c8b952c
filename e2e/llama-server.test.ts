import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunEvent } from '../shared/run-event.ts'
import { createHome, runCli } from './fixtures/cli.ts'
import { llamaServer, startLlamaServer, type LlamaServerOptions } from './fixtures/llama-server.ts'
import { readResult } from './fixtures/outputs.ts'
import { document } from './fixtures/scripted.ts'

/** The tiny model's template has thoughts, and noise may never come out of them; so the server is told to know none. */
const withoutThoughts = { args: ['--reasoning-format', 'none'] }
const mayLack = process.env['CI'] !== 'true'

const cases: { name: string; server: LlamaServerOptions; maxTokens: number; reachesFiles: boolean }[] = [
  {
    name: 'that ends its answers soon',
    server: { eosBias: 4, ...withoutThoughts },
    maxTokens: 2000,
    reachesFiles: true,
  },
  {
    name: 'that never ends an answer by itself',
    server: { eosBias: -30, ...withoutThoughts },
    maxTokens: 1300,
    reachesFiles: true,
  },
  { name: 'that may think for ever', server: { model: { seed: 2 } }, maxTokens: 200, reachesFiles: false },
]

describe.skipIf(llamaServer === null && mayLack)(
  'a run on the real llama-server, with a model of noise',
  { timeout: 150_000 },
  () => {
    for (const { name, server: options, maxTokens, reachesFiles } of cases)
      test(`${name}: every step ends honestly (S56, S74, S111)`, async () => {
        await using home = await createHome()
        const server = await startLlamaServer({ contextSize: 65_536, ...options })
        try {
          const env = {
            OPENAI_API_BASE: server.base,
            OPENAI_MAX_TOKENS: String(maxTokens),
            OPENAI_TEMPERATURE: '1',
          }
          const args = ['run', document, '--workflow', 'feature_development', '--workspace', home.workspace]
          let run = await runCli(home, [...args, '--accept', '--json'], env)
          const id = run.events[0]?.run ?? ''
          // Noise may fail before the plan: then a person would go on, and so does this test.
          let tries = reachesFiles ? 3 : 0
          while (tries-- > 0 && !hasPlan(run.events)) run = await runCli(home, ['resume', '--json'], env)

          expect(run).toMatchObject({ code: 1, stderr: '' })
          const result = await readResult(home.workspace)
          expect(result.workflow_id).toBe(id)
          expect(['partial', 'failed']).toContain(result.status)
          for (const { status, error, summary } of result.steps) {
            expect(['completed', 'failed', 'blocked']).toContain(status)
            expect(status === 'completed' ? summary : error?.message).toBeTruthy()
          }
          const calls = result.steps.flatMap((step) => step.calls)
          expect(calls.every(({ status }) => ['ended', 'failed', 'void'].includes(status))).toBe(true)
          const parts = Map.groupBy(calls, ({ part }) => part)
          for (const [part, asked] of parts)
            expect([part, asked.length]).toEqual([part, expect.toSatisfy(atMost(12))])
          expect(result.files.every(({ verdict }) => verdict.state === 'not run')).toBe(true)
          const summary = await readFile(join(home.workspace, `output/workflow_summary_${id}.md`), 'utf8')
          expect(summary).toContain('## Not made')
          report(name, run.events, result.status)
          if (!reachesFiles) return

          const plan = run.events.find((event) => event.type === 'plan-made')
          const planned = plan?.files.filter(({ kind }) => kind === 'implementation') ?? []
          expect(planned.length).toBeGreaterThanOrEqual(2)
          const asked = [...parts.keys()].filter((part) => part.startsWith('file '))
          expect(asked.length).toBeGreaterThanOrEqual(2)
        } finally {
          await server.stop()
        }
      })
  },
)

const atMost = (most: number) => (count: number) => count <= most
const hasPlan = (events: readonly RunEvent[]) => events.some(({ type }) => type === 'plan-made')

function report(name: string, events: readonly RunEvent[], status: string): void {
  const ms = Date.parse(events.at(-1)!.at) - Date.parse(events[0]!.at)
  const calls = events.flatMap((event) =>
    event.type === 'answer-ended' ? [`${event.call} ${event.finish} ${event.usage.completion}`] : [],
  )
  console.info(`A model ${name}: ${status} after ${Math.round(ms / 1000)} s. ${calls.join(', ')}`)
}
