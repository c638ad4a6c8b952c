import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Settings } from '../../shared/settings.ts'
import { createApp } from './app.ts'

test('a run does not begin where only a mistake leads; nothing is made there, and nothing is on the list', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-choice-'))
  const { app, stop } = createApp(Settings.parse({}), { dataFolder: join(folder, 'data') })
  onTestFinished(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })
  const within = join(folder, 'data', 'new')
  const given = { workflow: 'feature_development', requirement: 'A tool.' }
  const refused = { code: 'invalid', message: expect.stringContaining('cannot be a workspace') }
  for (const workspace of [within, parse(folder).root]) {
    const begun = [
      app.run.start({ ...given, workspace, create_workspace: true }),
      app.run.start({ ...given, workspace }),
      app.run.rehearse({ workflow: 'bug_fix', workspace }),
    ]
    for (const one of await Promise.allSettled(begun))
      expect(one).toMatchObject({ status: 'rejected', reason: refused })
  }
  expect(existsSync(within)).toBe(false)
  expect(await app.run.list()).toEqual([])
})
