import { describe, expect, test } from 'vitest'
import { Settings } from './settings.ts'

test('nothing has to be set: these are the defaults (S82, S83, S85)', () => {
  expect(Settings.parse({})).toEqual({
    openai_api_base: 'http://127.0.0.1:8080/v1',
    openai_api_key: 'not-needed',
    openai_api_model: 'devstral',
    openai_temperature: 0.2,
    openai_max_tokens: 8192,
    llm_timeout: 300,
    llm_retry_initial_delay: 1,
    llm_retry_max_delay: 60,
    task_retry_attempts: 3,
    llm_max_continuations: 3,
    max_concurrent_agents: 5,
  })
})

describe('bounds (S106)', () => {
  test.each<[keyof Settings, unknown[], unknown[]]>([
    [
      'openai_api_base',
      ['http://localhost:1/v1', 'https://127.0.0.1'],
      ['', 'localhost', 'file:///x', 'ftp://x'],
    ],
    ['openai_api_key', ['k'], ['']],
    ['openai_api_model', ['m'], ['']],
    ['openai_temperature', [0, 2], [-0.1, 2.1, Number.NaN]],
    ['openai_max_tokens', [16], [15, 16.5, Number.POSITIVE_INFINITY]],
    ['llm_timeout', [0.5, 3600], [0, -1]],
    ['llm_retry_initial_delay', [0], [-1]],
    ['llm_retry_max_delay', [0], [-1]],
    ['task_retry_attempts', [1, 20], [0, 21, 2.5]],
    ['llm_max_continuations', [0, 20], [-1, 21]],
    ['max_concurrent_agents', [1, 64], [0, 65]],
  ])('%s', (name, good, bad) => {
    const accepts = (value: unknown) => Settings.safeParse({ [name]: value }).success
    expect(good.map(accepts)).toEqual(good.map(() => true))
    expect(bad.map(accepts)).toEqual(bad.map(() => false))
  })

  test('a setting that nobody knows is refused, so that a misspelled one is noticed', () => {
    expect(Settings.safeParse({ llm_timout: 3 }).success).toBe(false)
  })
})
