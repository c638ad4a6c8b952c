import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Settings } from '../../shared/settings.ts'
import { openCore } from './core.ts'
import { AgentOrchestrator } from './orchestrator.ts'
import { startScriptedEndpoint } from './rehearsal/scripted-endpoint.ts'
import { createWorkflow } from './workflow-templates.ts'

test('while five agents stream at once the event loop keeps turning (S3, S91)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-responsive-'))
  const endpoint = await startScriptedEndpoint({
    answer: () => ({ text: 'It is decided, and here is why. '.repeat(40) }),
    slots: 5,
    tokensPerSecond: 400,
  })
  const settings = Settings.parse({ openai_api_base: endpoint.url })
  const core = openCore(settings, { dataFolder: join(folder, 'data') })
  let turns = 0
  const timer = setInterval(() => turns++, 10)
  try {
    const steps = [1, 2, 3, 4, 5].map((step) => ({
      step,
      agent_role: 'developer',
      task_type: 'note',
      description: `Think of ${step}`,
    }))
    const workflow = createWorkflow({ id: 'five', name: 'Five', description: 'At once', steps })
    const began = performance.now()
    const result = await new AgentOrchestrator(folder, settings, core).executeWorkflow(workflow, {
      requirement: 'x',
    })
    const spent = performance.now() - began
    expect(result.status).toBe('completed')
    // Five answers of 0.8 s: one after the other they would take 4 s.
    expect(spent).toBeLessThan(4000)
    // A loop that never waits would turn once in 10 ms; a blocked one would not turn at all.
    expect(turns).toBeGreaterThan(spent / 10 / 4)
  } finally {
    clearInterval(timer)
    await endpoint.stop()
    core.ledger.close()
    rmSync(folder, { recursive: true })
  }
})
