import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { Settings } from '../../../shared/settings.ts'
import { createConfigHome, put, samples, type ConfigHome } from './config-home.fixture.ts'
import type { Origin } from './layers.ts'
import type { ConfigValue } from './load-config.ts'
import { nestValues, settingKeys, valueOf } from './setting-keys.ts'
import { refuseToWorkspace } from './trust.ts'
import { variables } from './variables.ts'

let home: ConfigHome
beforeEach(() => {
  home = createConfigHome()
})
afterEach(() => home.stop())

const keys = [...settingKeys.keys()]
const yamlOf = (key: string, value: unknown) => stringify(nestValues(new Map([[key, value]])))
const valueAt = ({ values }: { values: readonly ConfigValue[] }, key: string) =>
  values.find((one) => one.key === key)!

test('every setting has a sample here, so that none goes untested', () => {
  expect(Object.keys(samples).sort()).toEqual(keys.toSorted())
  const defaults = Settings.parse({})
  const same = keys.filter((key) => samples[key] === valueOf(defaults, settingKeys.get(key)!))
  expect(same).toEqual([])
})

describe('each setting from each layer (S81, S82, S83, S85)', () => {
  const effective = (key: string, config: { settings: Settings; values: readonly ConfigValue[] }) => ({
    value: valueOf(config.settings, settingKeys.get(key)!),
    ...(({ origin, where }) => ({ origin, where }))(valueAt(config, key)),
  })

  test.each(keys)('%s: its default', (key) => {
    const value = valueOf(Settings.parse({}), settingKeys.get(key)!)
    expect(effective(key, home.load())).toEqual({ value, origin: 'default', where: null })
  })

  test.each(keys)("%s: the person's file", (key) => {
    put(home.userFile, `# first line\n${yamlOf(key, samples[key])}`)
    const line = 1 + key.split('.').length
    expect(effective(key, home.load())).toEqual({
      value: samples[key],
      origin: 'user file',
      where: `${home.userFile}:${line}`,
    })
  })

  test.each(keys)("%s: the workspace's file, or its refusal (C1)", (key) => {
    put(home.userFile, yamlOf(key, samples[key]))
    put(home.workspaceFile, yamlOf(key, samples[key]))
    const [section = ''] = key.split('.')
    const refuses = refuseToWorkspace(home.userFile)
    if (refuses(section)) {
      const { message } = home.refusal()
      expect(message).toContain(`${home.workspaceFile}:1:1: ${section} cannot be set by a workspace: `)
      expect(message).toContain(`set it in ${home.userFile}`)
    } else
      expect(effective(key, home.load())).toMatchObject({ value: samples[key], origin: 'workspace file' })
  })

  test.each([...variables].map(([variable, { key }]) => [key, variable]))(
    '%s: %s in the .env file',
    (key, variable) => {
      put(home.envFile, `\n${variable}="${String(samples[key])}"\n`)
      expect(effective(key, home.load())).toEqual({
        value: samples[key],
        origin: '.env file',
        where: `${home.envFile}:2`,
      })
    },
  )

  test.each([...variables].map(([variable, { key }]) => [key, variable]))(
    '%s: %s in the environment',
    (key, variable) => {
      expect(effective(key, home.load({ env: { [variable]: String(samples[key]) } }))).toEqual({
        value: samples[key],
        origin: 'environment',
        where: variable,
      })
    },
  )

  test.each(keys)('%s: run time', (key) => {
    const runtime = nestValues(new Map([[key, samples[key]]]))
    expect(effective(key, home.load({ runtime }))).toEqual({
      value: samples[key],
      origin: 'run time',
      where: null,
    })
  })
})

describe('later layers go over earlier ones, key by key (S81)', () => {
  const layers: [origin: Origin, give: (home: ConfigHome) => object][] = [
    ['default', () => ({})],
    ['user file', ({ userFile }) => (put(userFile, 'llm_timeout: 1\ncode_share: 0.1'), {})],
    ['workspace file', ({ workspaceFile }) => (put(workspaceFile, 'llm_timeout: 2'), {})],
    ['.env file', ({ envFile }) => (put(envFile, 'LLM_TIMEOUT=3'), {})],
    ['environment', () => ({ env: { LLM_TIMEOUT: '4' } })],
    ['run time', () => ({ runtime: { llm_timeout: 5 } })],
  ]
  const pairs = layers.flatMap((lower, i) => layers.slice(i + 1).map((higher) => [lower, higher] as const))

  test.each(pairs.map(([lower, higher]) => [higher[0], lower[0], higher, lower] as const))(
    '%s over %s',
    (origin, _, higher, lower) => {
      const { settings, values } = home.load({ ...lower[1](home), ...higher[1](home) })
      expect(valueAt({ values }, 'llm_timeout').origin).toBe(origin)
      expect(settings.llm_timeout).toBe(layers.findIndex(([name]) => name === origin))
    },
  )

  test('all at once; a key that only one names keeps its value', () => {
    const { settings } = home.load(Object.assign({}, ...layers.map(([, give]) => give(home))))
    expect(settings).toMatchObject({ llm_timeout: 5, code_share: 0.1, task_retry_attempts: 3 })
  })

  test('sections are put together, lists are replaced', () => {
    put(home.userFile, 'agents: { developer: { languages: [go, c], frameworks: [gin] } }')
    put(home.workspaceFile, 'agents: { developer: { languages: [rust] } }')
    expect(home.load().settings.agents.developer).toMatchObject({
      languages: ['rust'],
      frameworks: ['gin'],
      enabled: true,
    })
  })

  test("without a workspace no workspace's file is read", () => {
    put(home.workspaceFile, 'llm_timeout: 2')
    expect(home.load({ workspace: undefined }).settings.llm_timeout).toBe(300)
  })
})
