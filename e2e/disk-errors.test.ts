import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHome, runCli, type Finished, type Home } from './fixtures/cli.ts'
import { asOrdinaryUser, giveAway, giveHome, whyNoOrdinaryUser } from './fixtures/ordinary-user.ts'
import { hashFiles, readResult } from './fixtures/outputs.ts'
import {
  document,
  scriptedFiles,
  startScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
} from './fixtures/scripted.ts'
import { leaveOnly, mountSmallDisk, whyNoSmallDisk, type SmallDisk } from './fixtures/small-disk.ts'
import { blobOf } from '../electron/core/store/ledger.ts'

const noUser = whyNoOrdinaryUser()
if (noUser !== null) console.warn(`Skipped, what permissions refuse: ${noUser}.`)
const noDisk = whyNoSmallDisk()
if (noDisk !== null) console.warn(`Skipped, what a full disk refuses: ${noDisk}.`)

/** What accepting writes: all but what is held back, and what the first two steps decide. */
const accepted = new Map([...scriptedFiles].filter(([path]) => path !== 'Dockerfile'))
const hashesOf = (files: ReadonlyMap<string, string>) =>
  Object.fromEntries([...files].map(([path, content]) => [path, blobOf(content).hash]))

/** Runs a test with a model server and a home of an ordinary user. */
async function withModel(
  work: (home: Home, model: ScriptedModel, env: NodeJS.ProcessEnv) => Promise<void>,
  options: ScriptedModelOptions = {},
): Promise<void> {
  await using home = await createHome()
  const model = await startScriptedModel(options)
  try {
    await work(home, model, { OPENAI_API_BASE: model.base })
  } finally {
    await model.stop()
  }
}

const runArgs = ({ workspace }: Home, ...more: string[]) => [
  'run',
  document,
  '--workspace',
  workspace,
  '--accept',
  ...more,
]

describe.skipIf(noUser !== null)('what permissions refuse (S88)', { timeout: 60_000 }, () => {
  const withUser = (work: Parameters<typeof withModel>[0]) => () =>
    withModel(async (home, model, env) => {
      giveHome(home)
      await work(home, model, { ...env, ...asOrdinaryUser })
    })

  test(
    'files that cannot be written are warned of, and the run goes on to its end',
    withUser(async (home, _, env) => {
      const locked = join(home.workspace, 'readtime')
      mkdirSync(locked, { mode: 0o555 })
      const readme = join(home.workspace, 'README.md')
      writeFileSync(readme, 'mine', { mode: 0o444 })
      giveAway(locked, readme)
      const refused = ['readtime/content.py', 'readtime/estimate.py', 'readtime/__init__.py', 'README.md']
      const { code, stdout } = await runCli(home, runArgs(home), env)
      expect(code).toBe(0)
      for (const path of refused)
        expect(stdout).toMatch(
          new RegExp(String.raw`Could not write ${path}: (the system does not permit it|it is read-only)\.`),
        )
      // The steps, the outputs and all the other files are there.
      const result = await readResult(home.workspace)
      const id = result.workflow_id
      expect(result.status).toBe('completed')
      expect(result.steps.every(({ status }) => status === 'completed')).toBe(true)
      const told = result.files.filter((file) => file.refused !== null)
      expect(told.map(({ path }) => path).sort()).toEqual(refused.sort())
      expect(told.every(({ written }) => !written)).toBe(true)
      const summary = readFileSync(join(home.workspace, `output/workflow_summary_${id}.md`), 'utf8')
      expect(summary).toContain('not in the workspace: Could not write README.md: it is read-only.')
      const there = await hashFiles(home.workspace)
      const others = [...accepted].filter(([path]) => !refused.includes(path))
      expect(there).toMatchObject(hashesOf(new Map(others)))
      expect(readFileSync(readme, 'utf8')).toBe('mine')
      // Nothing is lost: the export has them, and once it is permitted they are written.
      const exported = await hashFiles(join(home.workspace, 'output/generated', id, 'merged'))
      expect(exported).toMatchObject(hashesOf(accepted))
      chmodSync(locked, 0o755)
      chmodSync(readme, 0o644)
      const again = await runCli(home, ['accept', id], env)
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Written: README.md')])
      expect(await hashFiles(home.workspace)).toMatchObject(hashesOf(accepted))
    }),
  )

  test(
    'a workspace that may not be written to: told before anything begins',
    withUser(async (home, model, env) => {
      chmodSync(home.workspace, 0o555)
      const { code, stderr } = await runCli(home, runArgs(home), env)
      expect([code, model.received]).toEqual([2, []])
      expect(stderr).toContain(`Paddock may not write to the folder ${home.workspace}.`)
      expect(stderr).toContain('permit writing there')
    }),
  )

  test(
    'outputs that cannot be written: the run waits, and a resume asks nothing again',
    withUser(async (home, model, env) => {
      const output = join(home.workspace, 'output')
      mkdirSync(output, { mode: 0o555 })
      giveAway(output)
      const first = await runCli(home, runArgs(home), env)
      expect(first.code).toBe(1)
      expect(first.stderr).toMatch(
        /Could not write output\/\S+: the system does not permit it\.\n.*paddock resume/,
      )
      const calls = model.chats.length
      chmodSync(output, 0o755)
      const second = await runCli(home, ['resume'], env)
      expect([second.code, model.chats.length]).toEqual([0, calls])
      expect((await readResult(home.workspace)).status).toBe('completed')
    }),
  )

  test(
    'a data folder that may not be written to: told before anything begins',
    withUser(async (home, model, env) => {
      mkdirSync(home.data, { mode: 0o555 })
      giveAway(home.data)
      const { code, stderr } = await runCli(home, runArgs(home), env)
      expect([code, model.received]).toEqual([1, []])
      expect(stderr).toMatch(/data folder .*\n.*PADDOCK_DATA_DIR/s)
      expect(stderr).toContain(home.data)
    }),
  )
})

describe.skipIf(noDisk !== null)('a disk that is full (S88, D1)', { timeout: 60_000 }, () => {
  const expectFull = ({ code, stderr }: Finished) => {
    expect(code).toBe(1)
    expect(stderr).toMatch(/the disk is full|disk is full/)
    expect(stderr).toMatch(/[Ff]ree (some )?space/)
    expect(stderr).toContain('paddock resume')
    expect(stderr).not.toMatch(/\n\s+at |\[object/)
  }

  test.each([4, 56, 106])('the workspace of 256 KB has %i KB left', (kilobytes) =>
    withModel(async (home, model, env) => {
      using disk = mountSmallDisk(home.workspace, 256)
      leaveOnly(home.workspace, kilobytes)
      expectFull(await runCli(home, runArgs(home), env))
      // No file is there in part.
      const partly = await hashFiles(home.workspace)
      delete partly['filler']
      for (const [path, hash] of Object.entries(hashesOf(accepted)))
        expect([undefined, hash]).toContain(partly[path])
      const calls = model.chats.length
      disk.empty()
      const second = await runCli(home, ['resume'], env)
      expect([second.code, model.chats.length]).toEqual([0, calls])
      expect(await hashFiles(home.workspace)).toMatchObject(hashesOf(accepted))
      const { status, files } = await readResult(home.workspace)
      expect([status, files.filter(({ refused }) => refused !== null)]).toEqual(['completed', []])
    }),
  )

  test.each([
    ['requirements_analysis', 1],
    ['implementation', 2],
    ['documentation', 1],
  ])("the data folder's disk fills up during %s", async (task, most) => {
    let disk: SmallDisk | null = null
    let filled = false
    const instead: ScriptedModelOptions['instead'] = (asked) => {
      if (asked.task === task && !filled) disk?.fill()
      filled ||= asked.task === task
      return undefined
    }
    await withModel(
      async (home, model, env) => {
        using own = mountSmallDisk(home.data, 8192)
        disk = own
        const first = await runCli(home, runArgs(home, '--json'), env)
        expectFull(first)
        const asked = model.chats.length
        const acknowledged = first.events.filter(({ type }) => type === 'answer-ended').length
        own.empty()
        const second = await runCli(home, ['resume', '--json'], env)
        expect(second.code).toBe(0)
        // Asked again is only what had no end in the ledger.
        const again = [...model.counts().values()].reduce((sum, count) => sum + count - 1, 0)
        expect(again).toBeLessThanOrEqual(asked - acknowledged)
        expect(again).toBeLessThanOrEqual(most)
        expect((await readResult(home.workspace)).status).toBe('completed')
        expect(await hashFiles(home.workspace)).toMatchObject(hashesOf(accepted))
      },
      { instead },
    )
  })

  test('the data folder has a disk of 256 KB, which is too small for a run', () =>
    withModel(async (home, model, env) => {
      using disk = mountSmallDisk(home.data, 256)
      const first = await runCli(home, runArgs(home, '--json'), env)
      expectFull(first)
      const acknowledged = first.events.filter(({ type }) => type === 'answer-ended').length
      const asked = model.chats.length
      disk.grow(64 * 1024)
      const begun = first.events.length > 0
      const second = await runCli(home, begun ? ['resume', '--json'] : runArgs(home, '--json'), env)
      expect(second.code).toBe(0)
      const again = [...model.counts().values()].reduce((sum, count) => sum + count - 1, 0)
      expect(again).toBeLessThanOrEqual(asked - acknowledged)
      expect(await hashFiles(home.workspace)).toMatchObject(hashesOf(accepted))
    }))
})
