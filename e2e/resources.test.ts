import { createWriteStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { skips } from './fixtures/skip.ts'
import { openCore } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import { createWorkflow } from '../electron/core/workflow-templates.ts'
import { Settings } from '../shared/settings.ts'
import { createHome, runCli } from './fixtures/cli.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { tellMemory } from './fixtures/tell-memory.ts'
import { whole } from './fixtures/small-run.ts'

function* modules(bytes: number): Generator<string> {
  for (let sent = 0, n = 0; sent < bytes; n++) {
    const lines = Array.from(
      { length: 2000 },
      (_, line) => `x_${n}_${line} = 'line ${line} of module ${n}'\n`,
    )
    const text = `File: \`src/m${n}.py\`\n\n\`\`\`python\n${lines.join('')}\`\`\`\n\n`
    sent += text.length
    yield text
  }
}

test('the files of an answer of 50 MB are found in bounded memory (S93)', { timeout: 60_000 }, async () => {
  await using home = await createHome()
  const file = join(home.folder, 'answer.md')
  await pipeline(Readable.from(modules(50 * 2 ** 20)), createWriteStream(file))
  // What it needs counts, and not when the collector comes on a busy machine: more heap than this fails it.
  const options = `--max-old-space-size=350 ${tellMemory}`
  const { code, stdout, stderr } = await runCli(home, ['extract', file], { NODE_OPTIONS: options })
  const megabytes = Math.round(Number(/maxRSS=(\d+)/.exec(stderr)?.[1]) / 1024)
  console.log(`50 MB: ${stdout.split('\n').length} files, at most ${megabytes} MB`)
  expect(code).toBe(0)
  expect(stdout.split('\n').length).toBeGreaterThan(500)
  expect(megabytes).toBeLessThan(600)
})

test.skipIf(skips(!existsSync('/proc/self/fd'), 'files left open, as there is no /proc/self/fd here'))(
  'runs that have ended leave no file open (S93)',
  async () => {
    await using home = await createHome()
    const server = await startFaultServer(() => whole, { window: 32_768 })
    const settings = Settings.parse({ openai_api_base: server.base })
    const core = openCore(settings, { dataFolder: home.data })
    const steps = [{ step: 1, agent_role: 'developer', task_type: 'note', description: 'Write' }]
    const workflow = createWorkflow({ id: 'one', name: 'One', description: 'One', steps })
    const run = () =>
      new AgentOrchestrator(home.workspace, settings, core).executeWorkflow(workflow, { requirement: 'X' })
    const open = () => readdirSync('/proc/self/fd').length
    try {
      await run()
      const before = open()
      for (let n = 0; n < 20; n++) expect((await run()).status).toBe('completed')
      // Kept connections may be a few more or less; a file for each run would be 20.
      await expect.poll(() => open() - before).toBeLessThan(5)
    } finally {
      core.ledger.close()
      await core.log.close()
      await server.stop()
    }
  },
)
