import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RunSummary } from '../shared/contract.ts'
import { createHome, runCli } from './fixtures/cli.ts'
import { startScriptedModel } from './fixtures/scripted.ts'
import { hasTerminals, startOnTerminal } from './fixtures/terminal.ts'

/** Sets a title, clears the screen, hides what follows, turns the direction of writing. */
const evil = '\u001b]0;owned\u0007\u001b[2J\u001b[8m\u009b31m\u202e'
const asJson = JSON.stringify(evil).slice(1, -1)
// oxlint-disable-next-line no-control-regex
const steering = /\u001b|\u0007|\u009b|\u202e/

describe('what documents and models say cannot steer the terminal', { timeout: 90_000 }, () => {
  test('in plain output, in what is printed afterwards, and as JSON', async () => {
    await using home = await createHome()
    const model = await startScriptedModel({
      // In every text of the analysis and of the plan, and in every file.
      instead: ({ file }, scripted) =>
        file === null
          ? scripted.replaceAll(/": "(?=[A-Z])/g, `": "${asJson}`)
          : scripted.replace(/(?<=^`{3,}\w+\n)/m, `# ${evil}\n`),
    })
    const name = `notes${evil.replaceAll('/', '')}.md`
    await writeFile(join(home.folder, name), '# \u202eA tool\n\nIt reads times.\n')
    const env = { OPENAI_API_BASE: model.base }
    const args = ['run', name, '--requirement', `${evil}Be quick`, '--workspace', home.workspace, '--accept']
    const done = await runCli(home, args, env)
    await model.stop()
    const [{ id = '' } = {}] = RunSummary.array().parse(
      JSON.parse((await runCli(home, ['list', '--json'])).stdout),
    )
    const later = [
      ['list'],
      ['show', id],
      ['show', id, '--json'],
      ['answer', id],
      ['audit', id],
      ['audit', id, '--json'],
      ['status', id],
      ['workflows'],
    ]
    for (const { stdout, stderr } of [done, ...(await Promise.all(later.map((one) => runCli(home, one))))]) {
      expect(stdout.length).toBeGreaterThan(0)
      expect(stdout).not.toMatch(steering)
      expect(stderr).not.toMatch(steering)
    }
    const raw = await runCli(home, ['answer', id, 'task_1.1'])
    expect(raw.stdout).toContain(asJson)

    if (!hasTerminals) return
    const shown = await startOnTerminal(home, ['answer', id, 'task_3.1']).finished
    expect(shown.code).toBe(0)
    expect(shown.raw).toContain('owned')
    expect(shown.raw).not.toMatch(steering)
  })
})
