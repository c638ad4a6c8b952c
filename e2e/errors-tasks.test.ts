import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BaseAgent } from '../electron/core/agents/base-agent.ts'
import { AgentRegistry } from '../electron/core/agents/registry.ts'
import { openCore } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import { Settings } from '../shared/settings.ts'
import type { TaskResult } from '../shared/task.ts'
import { Workflow } from '../shared/workflow.ts'
import { createHome, runCli, type Home } from './fixtures/cli.ts'
import { expectPlain, runArgs, runsOf } from './fixtures/error-runs.ts'
import { faults } from './fixtures/fault-answers.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { readResult } from './fixtures/outputs.ts'
import { document, startScriptedModel } from './fixtures/scripted.ts'

describe.concurrent('errors of tasks (S87)', { timeout: 60_000 }, () => {
  test('a failed agent fails its task and what needs it, nothing else, and the log has it', async () => {
    await using home = await createHome()
    const server = await startScriptedModel({
      instead: ({ task }) => (task === 'testing' ? faults.broken() : undefined),
    })
    try {
      const args = ['run', document, '--workspace', home.workspace, '--json']
      const { code } = await runCli(home, args, { OPENAI_API_BASE: server.base })
      const { status, steps } = await readResult(home.workspace)
      expect([code, status]).toEqual([1, 'partial'])
      const states = Object.fromEntries(steps.map((step) => [step.task_type, step.status]))
      expect(states).toEqual({
        requirements_analysis: 'completed',
        architecture_design: 'completed',
        implementation: 'completed',
        testing: 'failed',
        deployment: 'completed',
        documentation: 'blocked',
      })
      expect(server.asked.some(({ task }) => task === 'documentation')).toBe(false)
      const log = readFileSync(join(home.data, 'logs/paddock.log'), 'utf8')
      expect(log).toMatch(/\[qa_001\] Error: .*failed/)
      expect(log).toMatch(/Blocked task/)
    } finally {
      await server.stop()
    }
  })

  test("an agent of one's own that falls is a failed task as well", async () => {
    await using home = await createHome()
    const server = await startFaultServer(() => 'Decided.', { window: 32_768 })
    class Falling extends BaseAgent {
      getSystemPrompt = () => 'You fall.'
      processTask = (): Promise<TaskResult> => Promise.reject(new TypeError('I fell.'))
    }
    const agents = new AgentRegistry()
    agents.register('faller', { make: (id, folder, config) => new Falling(id, 'custom', folder, config) })
    const core = openCore(Settings.parse({ openai_api_base: server.base }), { dataFolder: home.data, agents })
    try {
      const step = (number: number, role: string, ...needs: number[]) => ({
        step: number,
        agent_role: role,
        task_type: 'note',
        description: `Step ${number}`,
        depends_on: needs,
      })
      const workflow = Workflow.parse({
        id: 'own',
        name: 'Own',
        description: 'Own',
        steps: [step(1, 'developer'), step(2, 'faller', 1), step(3, 'developer', 2), step(4, 'developer', 1)],
      })
      const lead = new AgentOrchestrator(home.workspace, core.settings, core)
      const { status, steps } = await lead.executeWorkflow(workflow, { requirement: 'X' })
      expect(steps.map((one) => one.status)).toEqual(['completed', 'failed', 'blocked', 'completed'])
      expect([status, steps[1]!.error]).toEqual([
        'partial',
        { code: 'internal', message: 'I fell.', hint: expect.stringContaining('paddock resume') },
      ])
    } finally {
      core.ledger.close()
      await core.log.close()
      await server.stop()
    }
    expect(readFileSync(join(home.data, 'logs/paddock.log'), 'utf8')).toMatch(
      /\[faller_001\] Error: .*I fell\./,
    )
  })

  const wrong: [what: string, args: (home: Home) => string[], says: RegExp][] = [
    [
      'no document and no words',
      ({ workspace }) => ['run', '--workspace', workspace],
      /nothing to work from/i,
    ],
    [
      'a document that is not there',
      ({ workspace }) => ['run', 'none.md', '--workspace', workspace],
      /no file none\.md/,
    ],
    [
      'an empty document',
      ({ folder, workspace }) => {
        writeFileSync(join(folder, 'empty.md'), '')
        return ['run', 'empty.md', '--workspace', workspace]
      },
      /empty/,
    ],
    ['a folder as document', ({ workspace }) => ['run', workspace, '--workspace', workspace], /not a file/],
    [
      'a document that no slot has room for',
      ({ folder, workspace }) => {
        writeFileSync(join(folder, 'long.md'), 'one more word '.repeat(20_000))
        return ['run', 'long.md', '--workspace', workspace]
      },
      /too long for this server/,
    ],
    ['a workflow that is not there', (home) => runArgs(home, '--workflow', 'poetry'), /poetry/],
    [
      'a workflow that goes in a circle',
      (home) => {
        const folder = join(home.workspace, '.paddock/workflows')
        mkdirSync(folder, { recursive: true })
        const step = (own: number, need: number) =>
          `  - { step: ${own}, agent_role: developer, task_type: x, description: X, depends_on: [${need}] }\n`
        const head = 'id: circle\nname: Circle\ndescription: A circle\nsteps:\n'
        writeFileSync(join(folder, 'circle.yaml'), head + step(1, 2) + step(2, 1))
        return runArgs(home, '--workflow', 'circle')
      },
      /circle/i,
    ],
    [
      'a file as workspace',
      ({ folder }) => {
        writeFileSync(join(folder, 'file'), '')
        return ['run', '--requirement', 'X', '--workspace', 'file']
      },
      /workspace|folder/,
    ],
  ]
  test.each(wrong)('%s: told before anything begins', async (_, args, says) => {
    await using home = await createHome()
    const server = await startScriptedModel()
    try {
      const { code, stderr } = await runCli(home, args(home), { OPENAI_API_BASE: server.base })
      expect(code).toBe(2)
      expect(stderr).toMatch(says)
      expectPlain(stderr)
      expect([await runsOf(home), server.chats]).toEqual([[], []])
    } finally {
      await server.stop()
    }
  })

  test('a server elsewhere: refused before anything is sent', async () => {
    await using home = await createHome()
    const { code, stderr } = await runCli(home, runArgs(home), {
      OPENAI_API_BASE: 'http://192.0.2.1:8080/v1',
    })
    expect(code).toBe(2)
    expect(stderr).toMatch(/not on this machine/)
    expect(await runsOf(home)).toEqual([])
  })
})
