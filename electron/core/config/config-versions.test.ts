import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { changeSetting, restoreConfig } from './change-config.ts'
import { createConfigHome, put, type ConfigHome } from './config-home.fixture.ts'
import { configVersions } from './config-versions.ts'

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
const versionText = (version: string) =>
  readFileSync(join(home.folder, 'versions', `config.yaml.${version}`), 'utf8')

describe('versions (S119)', () => {
  test('what was before is kept, newest first, and can be put back', async () => {
    put(file, '# first\nllm_timeout: 1\n')
    await changeSetting(file, 'llm_timeout', 2)
    await changeSetting(file, 'llm_timeout', 3)
    const versions = await configVersions(file)
    expect(versions.map(versionText)).toEqual(['# first\nllm_timeout: 2\n', '# first\nllm_timeout: 1\n'])
    await restoreConfig(file, versions[1]!)
    expect(text()).toBe('# first\nllm_timeout: 1\n')
    expect(home.load().settings.llm_timeout).toBe(1)
    const after = await configVersions(file)
    expect(after.map(versionText)).toEqual([
      '# first\nllm_timeout: 3\n',
      '# first\nllm_timeout: 2\n',
      '# first\nllm_timeout: 1\n',
    ])
  })

  test('a change that changes nothing keeps nothing', async () => {
    put(file, 'llm_timeout: 1\n')
    await changeSetting(file, 'llm_timeout', 1)
    await changeSetting(file, 'code_share', null)
    expect(await configVersions(file)).toEqual([])
  })

  test('the newest 20 stay, in order even where the clock is put back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    for (let i = 1; i <= 25; i++) {
      vi.setSystemTime(Date.UTC(2026, 0, 1) - i * 1000)
      await changeSetting(file, 'llm_timeout', i)
    }
    const versions = await configVersions(file)
    expect(versions.map(versionText)).toEqual(
      Array.from({ length: 20 }, (_, i) => `llm_timeout: ${24 - i}\n`),
    )
  })

  test('the oldest that is kept can be put back when it is about to go', async () => {
    for (let i = 1; i <= 21; i++) await changeSetting(file, 'llm_timeout', i)
    const oldest = (await configVersions(file)).at(-1)!
    await restoreConfig(file, oldest)
    expect(text()).toBe('llm_timeout: 1\n')
  })

  test.each(['20260101T000000000Z', '../config.yaml', '../../workspace/x', '', '.lock'])(
    'there is no version %j',
    async (version) => {
      await changeSetting(file, 'llm_timeout', 1)
      await changeSetting(file, 'llm_timeout', 2)
      await expect(restoreConfig(file, version)).rejects.toMatchObject({
        code: 'not-found',
        hint: expect.stringMatching(/^Versions: \d{8}T\d{9}Z$/),
      })
    },
  )

  test('a version that cannot be used any more is not put back', async () => {
    put(file, 'retired_setting: 1\n')
    await expect(changeSetting(file, 'llm_timeout', 1)).rejects.toMatchObject({ code: 'invalid' })
    put(join(home.folder, 'versions', 'config.yaml.20260101T000000000Z'), 'retired_setting: 1\n')
    put(file, 'llm_timeout: 5\n')
    await expect(restoreConfig(file, '20260101T000000000Z')).rejects.toMatchObject({
      message: expect.stringContaining('"retired_setting" is no setting'),
    })
    expect(text()).toBe('llm_timeout: 5\n')
  })

  test('files beside each other keep their versions apart', async () => {
    const other = join(home.folder, 'other.yaml')
    put(file, 'llm_timeout: 1\n')
    put(other, 'llm_timeout: 1\n')
    await changeSetting(other, 'llm_timeout', 2)
    expect(await configVersions(file)).toEqual([])
    expect(await configVersions(other)).toHaveLength(1)
  })
})

describe('several processes', () => {
  const program = join(import.meta.dirname, 'changer.fixture.ts')
  const start = (key: string, numbers: number[]) =>
    spawn(process.execPath, [program, file, key, ...numbers.map(String)], { stdio: 'inherit' })

  test('two that change one file lose nothing of each other', async () => {
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8]
    const keys = ['llm_timeout', 'task_retry_attempts', 'max_concurrent_runs']
    const ended = await Promise.all(keys.map((key) => once(start(key, numbers), 'close')))
    expect(ended.map(([code]: unknown[]) => code)).toEqual([0, 0, 0])
    expect(home.load().settings).toMatchObject({
      llm_timeout: 8,
      task_retry_attempts: 8,
      max_concurrent_runs: 8,
    })
    // Each of the 24 changes found what the one before it had left: one value differs, or one key is new.
    const states = [...(await configVersions(file)).toReversed().map(versionText), text()].map(
      (state) => new Set(state.split('\n')),
    )
    const steps = states.slice(1).map((state, i) => [...state].filter((line) => !states[i]!.has(line)).length)
    expect(steps).toEqual(steps.map(() => 1))
    expect(readdirSync(home.folder).sort()).toEqual(['config.yaml', 'versions'])
  })

  test('changes of one process at once are done one after the other', async () => {
    await Promise.all([
      changeSetting(file, 'llm_timeout', 1),
      changeSetting(file, 'code_share', 0.1),
      changeSetting(file, 'log_level', 'DEBUG'),
    ])
    expect(home.load().settings).toMatchObject({ llm_timeout: 1, code_share: 0.1, log_level: 'DEBUG' })
  })

  test('one that is killed in the middle leaves a whole file, and no lock', async () => {
    put(file, 'llm_timeout: 1\n')
    const child = start(
      'llm_timeout',
      Array.from({ length: 2000 }, (_, i) => i + 1),
    )
    await expect.poll(() => existsSync(join(home.folder, 'versions', '.lock'))).toBe(true)
    await sleep(50)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(home.load().settings.llm_timeout).toBeGreaterThanOrEqual(1)
    await changeSetting(file, 'code_share', 0.1)
    expect(home.load().settings.code_share).toBe(0.1)
  })

  test('one that is held up for long is told of', async () => {
    vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(0).mockReturnValue(20_000)
    mkdirSync(join(home.folder, 'versions'))
    const holder = new DatabaseSync(join(home.folder, 'versions', '.lock'))
    holder.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    await expect(changeSetting(file, 'llm_timeout', 1)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is being changed by another program'),
    })
    holder.close()
    vi.restoreAllMocks()
  })
})
