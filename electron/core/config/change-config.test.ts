import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { changeSetting } from './change-config.ts'
import { createConfigHome, put, samples, type ConfigHome } from './config-home.fixture.ts'
import { configVersions } from './config-versions.ts'
import { settingKeys, valueOf } from './setting-keys.ts'

let home: ConfigHome
let file: string
beforeEach(() => {
  home = createConfigHome()
  file = home.userFile
})
afterEach(() => {
  vi.useRealTimers()
  home.stop()
})

const text = () => readFileSync(file, 'utf8')
const isWindows = skips(process.platform === 'win32', 'rights and links of POSIX, as this is Windows')

describe('changing a setting', () => {
  test.each([...settingKeys.keys()])('%s is set, read, and taken out again (S81, S119)', async (key) => {
    await changeSetting(file, key, samples[key])
    expect(valueOf(home.load().settings, settingKeys.get(key)!)).toEqual(samples[key])
    await changeSetting(file, key, null)
    expect(text()).toBe('')
  })

  test.each<[before: string, key: string, value: unknown, after: string]>([
    [
      '# mine\nllm_timeout: 300 # seconds\n\n# below\ncode_share: 0.5\n',
      'llm_timeout',
      12.5,
      '# mine\nllm_timeout: 12.5 # seconds\n\n# below\ncode_share: 0.5\n',
    ],
    ['# only words\n', 'llm_timeout', 5, '# only words\n\nllm_timeout: 5\n'],
    ['llm_timeout: 5', 'log_level', 'DEBUG', 'llm_timeout: 5\nlog_level: DEBUG\n'],
    [
      'agents:\n  developer: # who writes\n    languages: [python, go] # in this order\n',
      'agents.developer.languages',
      ['rust'],
      'agents:\n  developer:\n    # who writes\n    languages: [rust] # in this order\n',
    ],
    [
      'agents:\nllm_timeout: 5\n',
      'agents.qa_engineer.enabled',
      false,
      'agents:\n  qa_engineer:\n    enabled: false\nllm_timeout: 5\n',
    ],
    [
      'agents: # none yet\n',
      'agents.qa_engineer.enabled',
      false,
      'agents:\n  # none yet\n  qa_engineer:\n    enabled: false\n',
    ],
    ['llm_timeout: 5\r\ncode_share: 0.5\r\n', 'llm_timeout', 6, 'llm_timeout: 6\r\ncode_share: 0.5\r\n'],
    ['{ "llm_timeout": 5 }\n', 'llm_timeout', 6, '{"llm_timeout": 6}\n'],
    ['openai_api_model: "a # b"\n', 'openai_api_model', 'c # d', 'openai_api_model: "c # d"\n'],
    ['llm_timeout: soon\n', 'llm_timeout', 7, 'llm_timeout: 7\n'],
    ['# a\nllm_timeout: 5\n# b\ncode_share: 0.1\n', 'llm_timeout', null, '# a\n# b\ncode_share: 0.1\n'],
    ['# head\n\n# a\nllm_timeout: 5\n', 'llm_timeout', null, '# head\n\n# a\n'],
    ['llm_timeout: 5\n# about b\ncode_share: 0.1\n', 'code_share', null, 'llm_timeout: 5\n# about b\n'],
    ['# s\nllama_server:\n  # a\n  slots: 2\n', 'llama_server.slots', null, '# s\n'],
    ['llama_server: { slots: 2 }\nllm_timeout: 5\n', 'llama_server.slots', null, 'llm_timeout: 5\n'],
    ['llm_timeout:   5\n', 'code_share', null, 'llm_timeout:   5\n'],
    ['# only words\n', 'code_share', null, '# only words\n'],
  ])('%j with %s: %j', async (before, key, value, after) => {
    put(file, before)
    await changeSetting(file, key, value)
    expect(text()).toBe(after)
  })

  test.each<[key: string, value: unknown, message: RegExp]>([
    ['llm_timout', 5, /"llm_timout" is no setting/],
    ['__proto__', 5, /is no setting/],
    ['agents', {}, /"agents" is no setting/],
    ['agents.developer', {}, /is no setting/],
    ['llm_timeout', 'soon', /llm_timeout: found "soon", expected a number/],
    ['llm_timeout', '5', /found "5"/],
    ['include', ['../x'], /a glob inside the workspace/],
    ['openai_api_key', 'ses ame', /not repeated here/],
  ])('%s: %j is refused, and nothing changes (S106)', async (key, value, message) => {
    put(file, 'code_share: 0.1\n')
    await expect(changeSetting(file, key, value)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    })
    expect(text()).toBe('code_share: 0.1\n')
    expect(await configVersions(file)).toEqual([])
  })

  test.each<[string, string | Uint8Array, RegExp]>([
    ['bad YAML', 'llm_timeout: [5\n', /config\.yaml:2:1: /],
    ['another setting that is wrong', 'llm_timeout: soon\n', /config\.yaml:1:14: llm_timeout: found "soon"/],
    ['a list', '- a\n', /cannot be set in .*config\.yaml as it is|At the top/],
    ['binary', Buffer.from([255, 0]), /no text in UTF-8/],
  ])('a file with %s is left as it is', async (_, content, message) => {
    put(file, content)
    await expect(changeSetting(file, 'code_share', 0.1)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    })
    expect(readFileSync(file)).toEqual(Buffer.from(content))
  })

  test('a server elsewhere is refused at once, with what to do, until its host is permitted', async () => {
    put(file, '# mine\n')
    const elsewhere = () => changeSetting(file, 'openai_api_base', 'http://gpu.example:8080/v1')
    await expect(elsewhere()).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('is not on this machine (gpu.example)'),
      hint: expect.stringContaining('allowed_hosts: ["gpu.example"]'),
    })
    expect(text()).toBe('# mine\n')
    await changeSetting(file, 'allowed_hosts', ['gpu.example'])
    await elsewhere()
    expect(text()).toContain('http://gpu.example:8080/v1')
    // Whoever takes a permission back may do so, whatever else is set.
    await changeSetting(file, 'allowed_hosts', null)
    expect(text()).not.toContain('allowed_hosts')
  })

  test('a change that would make the file too large is refused', async () => {
    put(file, `# ${'x'.repeat(256 * 1024 - 20)}\n`)
    await expect(changeSetting(file, 'openai_api_model', 'm'.repeat(400))).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(text()).not.toContain('mmm')
  })

  test.skipIf(isWindows)(
    'a new file and its versions are for their owner only; rights of a file stay',
    async () => {
      await changeSetting(file, 'openai_api_key', 'sesame')
      await changeSetting(file, 'openai_api_key', 'sesame-two')
      const [version] = await configVersions(file)
      expect(
        [file, join(home.folder, 'versions', `config.yaml.${version}`)].map(
          (path) => statSync(path).mode & 0o777,
        ),
      ).toEqual([0o600, 0o600])
      chmodSync(file, 0o640)
      await changeSetting(file, 'openai_api_key', 'sesame-three')
      expect(statSync(file).mode & 0o777).toBe(0o640)
    },
  )

  test.skipIf(isWindows)('a file that is a link stays one; its target changes', async () => {
    const target = join(home.workspace, 'dotfiles.yaml')
    put(target, 'llm_timeout: 5\n')
    symlinkSync(target, file)
    await changeSetting(file, 'llm_timeout', 6)
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe('llm_timeout: 6\n')
    expect(await configVersions(file)).toHaveLength(1)
  })

  test('a folder in its place is told, not replaced', async () => {
    mkdirSync(file)
    await expect(changeSetting(file, 'llm_timeout', 6)).rejects.toMatchObject({ code: 'conflict' })
  })
})
