import { describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { Settings } from '../../../shared/settings.ts'
import { loadSettings } from './load-settings.ts'

const errorOf = (...given: Parameters<typeof loadSettings>): AppError => {
  try {
    loadSettings(...given)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was accepted.')
}

describe('where a setting comes from', () => {
  test('nothing given: the defaults (S82, S85)', () => {
    expect(loadSettings({})).toEqual(Settings.parse({}))
    expect(loadSettings({}).task_retry_attempts).toBe(3)
  })

  test.each<[string, string, Partial<Settings>]>([
    ['OPENAI_API_BASE', 'http://localhost:9/v1', { openai_api_base: 'http://localhost:9/v1' }],
    ['OPENAI_API_MODEL', 'qwen', { openai_api_model: 'qwen' }],
    ['OPENAI_TEMPERATURE', '0.7', { openai_temperature: 0.7 }],
    ['OPENAI_TEMPERATURE', '0', { openai_temperature: 0 }],
    ['OPENAI_MAX_TOKENS', '1024', { openai_max_tokens: 1024 }],
    ['LLAMA_API_KEY', 'secret', { openai_api_key: 'secret' }],
    ['LLM_TIMEOUT', '12.5', { llm_timeout: 12.5 }],
    ['TASK_RETRY_ATTEMPTS', '5', { task_retry_attempts: 5 }],
  ])('the environment goes over the defaults: %s=%s (S81, S82, S85)', (variable, value, own) => {
    expect(loadSettings({ [variable]: value })).toEqual({ ...Settings.parse({}), ...own })
  })

  test('what is given at run time goes over the environment (S81)', () => {
    const env = { LLM_TIMEOUT: '10', OPENAI_API_MODEL: 'one' }
    expect(loadSettings(env, { llm_timeout: 20 })).toMatchObject({ llm_timeout: 20, openai_api_model: 'one' })
  })

  test('an empty variable is none (S82)', () => {
    expect(loadSettings({ OPENAI_API_BASE: '', LLM_TIMEOUT: '', LLAMA_API_KEY: '' })).toEqual(
      Settings.parse({}),
    )
  })

  test("OPENAI_API_KEY is never read: it is often a key for somebody else's server (S104)", () => {
    const settings = loadSettings({ OPENAI_API_KEY: 'sk-real', OPENAI_BASE_URL: 'https://api.openai.com/v1' })
    expect(settings).toEqual(Settings.parse({}))
  })
})

describe('what cannot be used is named, with its bound (S89, S106)', () => {
  test.each([
    ['LLM_TIMEOUT', 'soon', 'NaN'],
    ['LLM_TIMEOUT', '0', '>0'],
    ['LLM_TIMEOUT', '-1', '>0'],
    ['OPENAI_TEMPERATURE', '3', '<=2'],
    ['OPENAI_MAX_TOKENS', '1', '>=16'],
    ['OPENAI_MAX_TOKENS', '20.5', 'int'],
    ['TASK_RETRY_ATTEMPTS', '0', '>=1'],
    ['TASK_RETRY_ATTEMPTS', '21', '<=20'],
    ['OPENAI_API_BASE', 'localhost', 'URL'],
    ['OPENAI_API_BASE', 'ftp://localhost', 'URL'],
  ])('%s=%s', (variable, value, bound) => {
    const error = errorOf({ [variable]: value })
    expect(error).toMatchObject({ code: 'invalid', hint: expect.any(String) })
    expect(error.message).toMatch(new RegExp(`^The setting ${variable} cannot be used: `))
    expect(error.message).toContain(bound)
  })

  test('at run time the setting is named, not a variable', () => {
    expect(errorOf({}, { llm_timeout: -1 }).message).toMatch(/^The setting llm_timeout /)
    expect(errorOf({}, { llm_timout: 1 } as Partial<Settings>).message).toContain('llm_timout')
  })

  test('a key is not repeated in an error', () => {
    expect(errorOf({ LLAMA_API_KEY: 'secret', LLM_TIMEOUT: '0' }).message).not.toContain('secret')
  })
})
