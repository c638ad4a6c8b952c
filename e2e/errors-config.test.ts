import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHome, runCli, type Home } from './fixtures/cli.ts'
import { deadBase, expectPlain, ownServer, runArgs, runsOf } from './fixtures/error-runs.ts'
import { faults } from './fixtures/fault-answers.ts'
import { startFaultServer } from './fixtures/fault-server.ts'
import { llamaServer } from './fixtures/llama-server.ts'
import { readResult } from './fixtures/outputs.ts'

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
