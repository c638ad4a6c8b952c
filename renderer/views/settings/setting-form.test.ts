import { describe, expect, test } from 'vitest'
import { findSettings, sectionOf } from './find-settings.ts'
import { readValue, settingForm, writeValue } from './setting-form.ts'

describe('how a setting is edited', () => {
  test.each([
    ['openai_api_base', 'text'],
    ['openai_api_key', 'secret'],
    ['openai_temperature', 'number'],
    ['max_concurrent_agents', 'number'],
    ['allowed_hosts', 'words'],
    ['include', 'lines'],
    ['log_level', 'choice'],
    ['log_file', 'text'],
    ['llama_server.model', 'text'],
    ['llama_server.extra_args', 'lines'],
    ['agents.developer.enabled', 'switch'],
    ['agents.developer.temperature', 'number'],
    ['agents.developer.languages', 'words'],
    ['agents.technical_writer.formats', 'words'],
    ['no.such', 'text'],
  ])('%s as %s', (key, kind) => expect(settingForm(key).kind).toBe(kind))

  test('a choice has its choices', () =>
    expect(settingForm('log_level').choices).toEqual(['DEBUG', 'INFO', 'WARNING', 'ERROR']))

  test.each<[string, unknown, string]>([
    ['llm_timeout', 300, '300'],
    ['log_file', null, ''],
    ['agents.developer.languages', ['rust', 'go'], 'rust, go'],
    ['include', ['src/**', '{a,b}.py'], 'src/**\n{a,b}.py'],
  ])('%s is written and read back', (key, value, text) => {
    const form = settingForm(key)
    expect(writeValue(form, value)).toBe(text)
    expect(readValue(form, text)).toEqual(value)
  })

  test.each<[string, string, unknown]>([
    ['llm_timeout', ' 12.5 ', 12.5],
    ['llm_timeout', 'ten minutes', 'ten minutes'],
    ['llm_timeout', '1e3', '1e3'],
    ['llm_timeout', '', null],
    ['openai_api_base', '', null],
    ['allowed_hosts', ' a , ,b ', ['a', 'b']],
    ['allowed_hosts', '', []],
  ])('%s: %j means %j', (key, text, value) => expect(readValue(settingForm(key), text)).toEqual(value))

  test('a key is never shown', () => expect(writeValue(settingForm('openai_api_key'), '(set)')).toBe(''))
})

describe('finding a setting', () => {
  const values = ['openai_temperature', 'agents.developer.temperature', 'log_level', 'some_new_one'].map(
    (key) => ({
      key,
      value: null,
      origin: 'default',
      where: null,
    }),
  )
  const found = (words: string, section = 'model') =>
    findSettings(values, words, section).map(({ key }) => key)
  test('by its section', () => expect(found('', 'storage')).toEqual(['log_level']))
  test('by words of its name, label and section', () => {
    expect(found('temperature')).toEqual(['openai_temperature', 'agents.developer.temperature'])
    expect(found('developer temperature')).toEqual(['agents.developer.temperature'])
    expect(found('least logged')).toEqual(['log_level'])
  })
  test('one that has no section of its own is not lost', () => expect(sectionOf('some_new_one')).toBe('more'))
})
