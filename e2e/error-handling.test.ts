import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BaseAgent } from '../electron/core/agents/base-agent.ts'
import { AgentRegistry } from '../electron/core/agents/registry.ts'
import { openCore } from '../electron/core/core.ts'
import { AgentOrchestrator } from '../electron/core/orchestrator.ts'
import { Settings } from '../shared/settings.ts'
import type { TaskResult } from '../shared/task.ts'
import { Workflow } from '../shared/workflow.ts'
import { createHome, runCli, type Finished, type Home } from './fixtures/cli.ts'
import { faults, streamed } from './fixtures/fault-answers.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { llamaServer, makeTinyModel } from './fixtures/llama-server.ts'
import { readResult } from './fixtures/outputs.ts'
import { document, startScriptedModel } from './fixtures/scripted.ts'
import { canaryKey, path, runSmall, whole } from './fixtures/small-run.ts'

/** An address where nobody listens; below the ports that systems give out, so that no other server gets it. */
async function deadBase(): Promise<string> {
  for (;;) {
    try {
      const server = await startFaultServer(() => '', { port: randomInt(20_000, 32_000) })
      await server.stop()
      return server.base
    } catch (error) {
      if (!String(error).includes('EADDRINUSE')) throw error
    }
  }
}

/** The options of a program that may start a server of its own, on a model of these bytes. */
async function ownServer({ folder }: Home, model: Uint8Array): Promise<{ args: string[]; base: string }> {
  const base = await deadBase()
  const file = join(folder, 'tiny.gguf')
  writeFileSync(file, model)
  const config = join(folder, 'config.yaml')
  const profile = { binary: llamaServer, model: file, ctx_size: 8192, gpu_layers: 0, extra_args: ['-t', '1'] }
  writeFileSync(
    config,
    JSON.stringify({ openai_api_base: base, openai_max_tokens: 64, llama_server: profile }),
  )
  return { args: ['--config', config], base }
}

const runArgs = ({ workspace }: Home, ...more: string[]) => [
  'run',
  '--requirement',
  'A greeting.',
  '--workspace',
  workspace,
  '--json',
  ...more,
]

/** What the ledger knows of runs. */
async function runsOf(home: Home): Promise<unknown[]> {
  return JSON.parse((await runCli(home, ['list', '--json'])).stdout) as unknown[]
}

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

/** Two parts for a person: what happened, and what to do; nothing of the program's insides. */
function expectPlain(stderr: Finished['stderr']): void {
  expect(stderr.trim().split('\n').length).toBeGreaterThanOrEqual(2)
  expect(stderr).not.toMatch(/\n\s+at |node:|undefined|\[object/)
}

describe.concurrent('errors of the configuration (S89)', { timeout: 60_000 }, () => {
  /** Writes a file into the home, and gives the option that names it. */
  const given = (option: string, name: string, text: string) => (home: Home) => {
    writeFileSync(join(home.folder, name), text)
    return [option, name]
  }
  const wrong: [what: string, options: (home: Home) => string[], ...says: RegExp[]][] = [
    [
      'a .env file that is named and not there',
      () => ['--dotenv', 'none.env'],
      /There is no file \S+\/none\.env\./,
      /lines such as OPENAI_API_BASE=/,
    ],
    [
      'a settings file that is named and not there',
      () => ['--config', 'none.yaml'],
      /There is no file \S+\/none\.yaml\./,
    ],
    [
      'a .env file with a quote that stays open',
      given('--dotenv', 'bad.env', 'LLM_TIMEOUT=5\nOPENAI_API_BASE="http://127.0.0.1:8080/v1\n'),
      /bad\.env:2\b.*OPENAI_API_BASE.*quote/,
    ],
    [
      'what is no YAML',
      given('--config', 'bad.yaml', 'openai_api_model: devstral\nllm_timeout: [1\n'),
      /bad\.yaml:\d+:\d+: This is not YAML/,
    ],
    [
      'settings that there are not, or not so: all of them at once',
      given('--config', 'bad.yaml', 'llm_timeoutt: 5\nllm_timeout: soon\n'),
      /bad\.yaml:1:1: "llm_timeoutt" is no setting: did you mean llm_timeout\?/,
      /bad\.yaml:2:14: llm_timeout: found "soon", expected a number/,
    ],
    [
      'what a workspace may not set',
      ({ workspace }) => {
        mkdirSync(join(workspace, '.paddock'))
        writeFileSync(join(workspace, '.paddock/config.yaml'), 'openai_api_base: http://127.0.0.1:1/v1\n')
        return []
      },
      /\.paddock\/config\.yaml:1.*openai_api_base/,
    ],
    [
      'a model file that is not there',
      given('--config', 'own.yaml', 'llama_server:\n  model: /none/model.gguf\n'),
      /There is no model file \/none\/model\.gguf\./,
      /Set llama_server\.model to a \.gguf file\. Start it yourself: llama-server -hf/,
    ],
    [
      'a program for the server that is not there',
      ({ folder }) => {
        writeFileSync(join(folder, 'tiny.gguf'), 'GGUF')
        const profile = { model: join(folder, 'tiny.gguf'), binary: '/none/llama-server' }
        return given('--config', 'own.yaml', JSON.stringify({ llama_server: profile }))({ folder } as Home)
      },
      /\/none\/llama-server/,
    ],
  ]
  test.each(wrong)('%s: told before anything begins', async (_, options, ...says) => {
    await using home = await createHome()
    const base = await deadBase()
    const args = [...options(home), ...runArgs(home)]
    const { code, stderr } = await runCli(home, args, { OPENAI_API_BASE: base })
    expect(code).toBe(2)
    for (const words of says) expect(stderr).toMatch(words)
    expectPlain(stderr)
    expect(await runsOf(home)).toEqual([])
  })

  test.skipIf(llamaServer === null)(
    'a model file that is none: told with what the server said of it',
    async () => {
      await using home = await createHome()
      const { args } = await ownServer(home, Buffer.from('This is no model.'))
      const { code, stderr } = await runCli(home, [...args, ...runArgs(home)])
      expect(code).toBe(2)
      expect(stderr).toMatch(/llama-server cannot load the model \S+tiny\.gguf\.\n.*Get the file anew/)
      expect(await runsOf(home)).toEqual([])
    },
  )

  test('a server that has no such model: told with what to set', async () => {
    await using home = await createHome()
    const server = await startFaultServer(() => faults.missing(), { own: false, models: [] })
    try {
      const { code } = await runCli(home, runArgs(home), { OPENAI_API_BASE: server.base })
      const { steps } = await readResult(home.workspace)
      expect([code, steps[0]!.error?.message]).toEqual([1, expect.stringMatching(/no such path or model/)])
      expect(steps[0]!.error?.hint).toContain('OPENAI_API_MODEL has to be one that the server lists')
    } finally {
      await server.stop()
    }
  })
})

describe.concurrent('paths in answers (S88)', () => {
  const outside = [
    '../outside.py',
    '/etc/outside.py',
    'a/../../outside.py',
    'C:\\outside.py',
    'con.py',
    '.git/hooks/pre-commit',
    'a\\..\\..\\outside.py',
  ]
  test.each(outside)('%s is given no place', async (name) => {
    const run = await runSmall({ say: () => whole.replace(path, name) })
    expect(run.result.files.filter(({ written }) => written)).toEqual([])
    expect(run.workspace).toEqual({})
    const { unplaced, files } = run.result
    // Kept for a person, with the reason: as a block without a name, or as a file that is held back.
    const reasons = [...unplaced.map(({ reason }) => reason), ...files.map(({ held }) => held)]
    expect(reasons).toEqual([expect.stringMatching(/\w/)])
  })

  test('folders are made for a path that is sound', async () => {
    const deep = 'one/two/three/four/hello.py'
    const run = await runSmall({ say: () => whole.replace(path, deep) })
    expect([Object.keys(run.workspace), run.result.status]).toEqual([[deep], 'completed'])
  })
})
