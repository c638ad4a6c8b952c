import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { Settings } from '../../../shared/settings.ts'
import { createConfigHome, put, samples, type ConfigHome } from './config-home.fixture.ts'
import { fromDict, loadConfig, toDict, type ConfigValue } from './load-config.ts'
import { nestValues, settingKeys } from './setting-keys.ts'

let home: ConfigHome
beforeEach(() => {
  home = createConfigHome()
})
afterEach(() => home.stop())

const keys = [...settingKeys.keys()]
const valueAt = ({ values }: { values: readonly ConfigValue[] }, key: string) =>
  values.find((one) => one.key === key)!

describe('files', () => {
  test("the specification's own example is taken as it stands (S82, S83)", () => {
    const own = join(home.workspace, 'config.yaml')
    put(
      own,
      'workspace: "."\nlog_level: "INFO"\nllm_timeout: 300\nagents:\n  developer:\n    languages: [python, javascript]\n',
    )
    put(
      join(home.workspace, '.env'),
      'OPENAI_API_BASE=http://127.0.0.1:8080/v1\nOPENAI_API_KEY=not-needed\nOPENAI_API_MODEL=devstral\n',
    )
    const { settings, warnings } = home.load({ file: own, workspace: undefined })
    expect(warnings).toEqual([])
    expect(settings).toEqual({
      ...Settings.parse({ agents: { developer: { languages: ['python', 'javascript'] } } }),
      workspace: home.workspace,
    })
  })

  test("a given file stands in for the person's own, with the .env beside it", () => {
    put(home.userFile, 'llm_timeout: 1')
    put(home.envFile, 'OPENAI_API_MODEL=one')
    const file = join(home.workspace, 'mine.yaml')
    put(file, 'task_retry_attempts: 9\nallowed_hosts: [gpu.example]')
    put(join(home.workspace, '.env'), 'OPENAI_API_MODEL=two')
    expect(home.load({ file: relative(process.cwd(), file) }).settings).toMatchObject({
      llm_timeout: 300,
      task_retry_attempts: 9,
      openai_api_model: 'two',
      allowed_hosts: ['gpu.example'],
    })
  })

  test("a workspace's file that the person names is theirs", () => {
    put(home.workspaceFile, 'openai_api_model: qwen')
    expect(home.refusal().message).toContain('openai_api_model cannot be set by a workspace')
    expect(home.load({ file: home.workspaceFile }).settings.openai_api_model).toBe('qwen')
  })

  test('a given .env file is read instead of the one beside the file (S82)', () => {
    put(home.envFile, 'OPENAI_API_MODEL=one\nLLM_TIMEOUT=9')
    const envFile = join(home.workspace, 'my.env')
    put(envFile, 'OPENAI_API_MODEL=two')
    expect(home.load({ envFile }).settings).toMatchObject({ openai_api_model: 'two', llm_timeout: 300 })
  })

  test.each<[string, 'file' | 'envFile']>([
    ['configuration', 'file'],
    ['.env', 'envFile'],
  ])('a %s file that is named and missing says what to do (S89)', (_, option) => {
    const path = join(home.folder, 'none')
    expect(home.refusal({ [option]: path })).toMatchObject({
      code: 'invalid',
      message: `There is no file ${path}.`,
      hint: expect.stringMatching(/leave it out/),
    })
  })

  test('relative paths are meant from the folder of their file, ~ from home (S84)', () => {
    put(
      home.userFile,
      'workspace: projects\nlog_file: ../log/a.log\nbackup_directory: ~/kept\nllama_server: { binary: ./bin/server, model: m.gguf }',
    )
    expect(home.load().settings).toMatchObject({
      workspace: join(home.folder, 'projects'),
      log_file: join(home.folder, '../log/a.log'),
      backup_directory: join(homedir(), 'kept'),
      llama_server: { binary: join(home.folder, 'bin/server'), model: join(home.folder, 'm.gguf') },
    })
    put(home.envFile, 'PADDOCK_LOG_FILE=b.log\nPADDOCK_LLAMA_SERVER_BINARY=my-server')
    expect(home.load().settings).toMatchObject({
      log_file: join(home.folder, 'b.log'),
      llama_server: { binary: 'my-server' },
    })
    expect(home.load({ env: { PADDOCK_LOG_FILE: 'c.log' } }).settings.log_file).toBe('c.log')
  })

  test('a file that is unchanged is not parsed again (S94)', () => {
    const old = new Date('2026-01-01')
    const write = (text: string, time: Date) => {
      writeFileSync(home.userFile, text)
      utimesSync(home.userFile, time, time)
      return home.load().settings.llm_timeout
    }
    expect(write('llm_timeout: 1', old)).toBe(1)
    // Same size, same time: only a parser that looks again could see it.
    expect(write('llm_timeout: 2', old)).toBe(1)
    expect(write('llm_timeout: 2', new Date())).toBe(2)
    expect(write('llm_timeout: 33', statSync(home.userFile).mtime)).toBe(33)
  })

  test('a link that leads to itself is said to be no file', () => {
    put(join(home.workspace, '.paddock', 'other'), '')
    symlinkSync('config.yaml', home.workspaceFile)
    expect(home.refusal().message).toContain(`${home.workspaceFile}: Could not read `)
  })

  test("a link that leads out of the workspace is not followed, so that no file of the person's is told", () => {
    const secret = join(home.folder, 'secret.yaml')
    put(secret, 'sesame: open')
    put(join(home.workspace, '.paddock', 'other'), '')
    symlinkSync(secret, home.workspaceFile)
    const { message } = home.refusal()
    expect(message).toContain('leads out of the workspace')
    expect(message).not.toContain('sesame')
  })

  test('a file that may not be read is told as that (S88)', (context) => {
    put(home.userFile, 'llm_timeout: 1')
    chmodSync(dirname(home.folder), 0o755)
    chmodSync(home.userFile, 0)
    const module = JSON.stringify(join(import.meta.dirname, 'load-config.ts'))
    const code = `import { loadConfig } from ${module}
      try { loadConfig() } catch (error) { console.log(JSON.stringify(error)) }`
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      ...nobody,
      cwd: '/',
      env: home.env,
      encoding: 'utf8',
    })
    if (child.status !== 0 || process.platform === 'win32')
      skipBecause(context, 'no ordinary user can run this')
    expect(JSON.parse(child.stdout)).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/Could not read .*config\.yaml: the system does not permit it/),
    })
  })
})

describe('what people see', () => {
  test('the key is never shown, and everything else is', () => {
    put(home.userFile, 'openai_api_key: sesame\nllm_timeout: 5')
    const config = home.load({ env: { LLAMA_API_KEY: 'sesame-two' } })
    expect(config.settings.openai_api_key).toBe('sesame-two')
    expect(valueAt(config, 'openai_api_key')).toMatchObject({ value: '(set)', where: 'LLAMA_API_KEY' })
    expect(JSON.stringify([config.values, config.warnings])).not.toContain('sesame')
    expect(valueAt(home.load({ env: {} }), 'llm_timeout').value).toBe(5)
    expect(config.values.map(({ key }) => key)).toEqual(keys)
  })

  test('OPENAI_API_KEY of the environment is never read; in our own .env it is (S82, S104)', () => {
    const env = { OPENAI_API_KEY: 'sk-real', OPENAI_BASE_URL: 'https://api.openai.com/v1' }
    expect(home.load({ env }).settings).toEqual(Settings.parse({}))
    put(home.envFile, 'OPENAI_API_KEY=mine')
    expect(home.load({ env }).settings.openai_api_key).toBe('mine')
    put(home.envFile, 'LLAMA_API_KEY=llama\nOPENAI_API_KEY=mine')
    expect(home.load({ env }).settings.openai_api_key).toBe('llama')
  })

  test.each(['workspace', 'current folder'])('a .env of the %s is not read, and said so', (which) => {
    const path = join(home.workspace, '.env')
    put(path, 'OPENAI_API_BASE=http://127.0.0.1:9/v1\nDATABASE_URL=x\nLOG_LEVEL=DEBUG\nOPENAI_API_KEY=sesame')
    const cwd = vi.spyOn(process, 'cwd').mockReturnValue(which === 'workspace' ? home.folder : home.workspace)
    const config = home.load(which === 'workspace' ? {} : { workspace: undefined })
    cwd.mockRestore()
    expect(config.settings).toEqual(Settings.parse({}))
    expect(config.warnings).toEqual([
      `${path} is not read, though it has OPENAI_API_BASE, LOG_LEVEL, OPENAI_API_KEY. If they are meant for Paddock, put them into ${home.envFile}.`,
    ])
  })

  test("a project's .env without a name of ours is nobody's business", () => {
    put(join(home.workspace, '.env'), 'DATABASE_URL=x\nPORT=80')
    expect(home.load().warnings).toEqual([])
  })

  test.each<[string, string, RegExp]>([
    ['userFile', 'workspace: .', /config\.yaml:1: workspace is the folder of the configuration itself/],
    [
      'userFile',
      'openai_api_base: http://gpu.example:8080/v1\nallowed_hosts: [GPU.example]',
      /documents leave this machine: the model server is gpu\.example:8080.*without encryption/,
    ],
    [
      'userFile',
      'openai_api_base: https://gpu.example/v1\nallowed_hosts: [gpu.example]',
      /documents leave this machine: the model server is gpu\.example, as allowed_hosts permits\.$/,
    ],
    [
      'userFile',
      'openai_max_tokens: 4096\nllama_server: { model: /m.gguf, ctx_size: 4096 }',
      /ctx_size \(4096\) has no room for an answer of openai_max_tokens \(4096\)/,
    ],
    ['envFile', 'LOG_LEVEL=DEBUG', /\.env:1: LOG_LEVEL is not read: its name here is PADDOCK_LOG_LEVEL/],
    ['envFile', 'OPENAI_MODEL=x', /\.env:1: OPENAI_MODEL is not read: did you mean OPENAI_API_MODEL/],
    ['envFile', 'LLM_TIMEOUT=1\nLLM_TIMEOUT=2', /\.env:2: LLM_TIMEOUT replaces that of line 1/],
    ['envFile', 'ALLOWED_HOSTS=gpu.example', /ALLOWED_HOSTS is not read: set allowed_hosts in config\.yaml/],
  ])('a note on %s: %j', (file, text, note) => {
    put(home[file as 'userFile' | 'envFile'], text)
    expect(home.load().warnings).toEqual([expect.stringMatching(note)])
  })

  test('misspelled variables of ours are named, those of others are not (S106)', () => {
    const theirs = { LOG_LEVEL: 'x', WORKSPACE: 'x', INCLUDE: 'x', OPENAI_MODEL: 'x', PADDOCK_DATA_DIR: 'x' }
    const tools = { PADDOCK_DEBUG: '1', PADDOCK_LLAMA_SERVER: 'x', PADDOCK_CACHE_DIR: 'x', PADDOCK_LONG: '1' }
    const ours = { PADDOCK_LOG_LEVL: 'DEBUG', PADDOCK_ALLOWED_HOSTS: 'evil.example' }
    const { settings, warnings } = home.load({ env: { ...theirs, ...tools, ...ours } })
    expect(settings).toEqual(Settings.parse({}))
    expect(warnings).toEqual([
      'The variable PADDOCK_LOG_LEVL is not read: did you mean PADDOCK_LOG_LEVEL?',
      'The variable PADDOCK_ALLOWED_HOSTS is not read: set allowed_hosts in config.yaml.',
    ])
  })
})

describe('dictionaries (S84)', () => {
  test('there and back is the same', () => {
    const settings = fromDict(nestValues(new Map(Object.entries(samples))))
    expect(fromDict(toDict(settings))).toEqual(settings)
    expect(toDict(settings)).toEqual(settings)
    expect(fromDict({})).toEqual(Settings.parse({}))
  })

  test('what is made of settings can be changed without changing them', () => {
    const settings = Settings.parse({})
    toDict(settings).agents!.developer!.languages!.push('cobol')
    expect(settings).toEqual(Settings.parse({}))
  })

  test('what cannot be used is named, all at once', () => {
    const wrong: object = { llm_timeout: 'soon', agents: { developer: { language: ['x'] } } }
    expect(() => fromDict(wrong)).toThrow(
      'The configuration cannot be used:\n  llm_timeout: found "soon", expected a number above 0, at most 86400.\n' +
        '  "agents.developer.language" is no setting: did you mean agents.developer.languages?',
    )
  })
})

test('nothing at all is given: the real environment and folders are read', () => {
  vi.stubEnv('PADDOCK_CONFIG_DIR', home.folder)
  vi.stubEnv('LLM_TIMEOUT', '77')
  put(home.userFile, 'task_retry_attempts: 7')
  expect(loadConfig().settings).toMatchObject({ llm_timeout: 77, task_retry_attempts: 7 })
  vi.unstubAllEnvs()
  expect(readFileSync(home.userFile, 'utf8')).toBe('task_retry_attempts: 7')
})
