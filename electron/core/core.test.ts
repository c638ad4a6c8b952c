import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Settings } from '../../shared/settings.ts'
import { closeCore, openCore, withSettings, type Core } from './core.ts'

let folder: string
let core: Core
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-core-'))
  core = openCore(Settings.parse({}), { dataFolder: folder })
})
afterEach(async () => {
  await closeCore(core)
  rmSync(folder, { recursive: true })
})

test('other settings for the same server share its slots, and are asked of it in their own way', () => {
  const other = withSettings(core, { ...core.settings, llm_timeout: 1 })
  expect([other.slots === core.slots, other.server === core.server]).toEqual([true, true])
  expect([other.model === core.model, other.settings.llm_timeout]).toEqual([false, 1])
  expect(withSettings(core, { ...core.settings, log_level: 'DEBUG' }).model).toBe(core.model)
})

test('another server has slots of its own, for all who ask it, and ends with the core', () => {
  const elsewhere = { ...core.settings, openai_api_base: 'http://127.0.0.1:18080/v1' }
  const [one, two] = [withSettings(core, elsewhere), withSettings(core, { ...elsewhere, llm_timeout: 1 })]
  expect(one.slots).not.toBe(core.slots)
  expect([one.slots === two.slots, one.server === two.server]).toEqual([true, true])
  expect([...core.servers.values()].map(({ server }) => server)).toEqual([core.server, one.server])
})
