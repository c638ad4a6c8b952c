import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { foldEvents, emptyRun, type Run } from '../../shared/run.ts'
import { Settings } from '../../shared/settings.ts'
import { createApp, type App } from './app.ts'

let folder: string
let app: App
let stop: () => Promise<void>

beforeAll(() => {
  vi.stubEnv('PADDOCK_REHEARSAL_PACE', '200')
  folder = mkdtempSync(join(tmpdir(), 'paddock-review-'))
  const made = createApp(Settings.parse({}), { dataFolder: join(folder, 'data') })
  app = made.app
  stop = made.stop
})
afterAll(async () => {
  await stop()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const stateOf = async (id: string): Promise<Run> => foldEvents(emptyRun, await app.run.events({ id }))
const lastOf = (run: Run, path: string) => run.files[path]!.versions.at(-1)!

let count = 0
/** A finished rehearsal in a workspace of its own. */
async function rehearsed(): Promise<{ id: string; workspace: string; run: Run }> {
  const workspace = join(folder, `workspace-${++count}`)
  const { id } = await app.run.rehearse({ workflow: 'bug_fix', workspace })
  await app.run.wait({ id })
  return { id, workspace, run: await stateOf(id) }
}
const fixed = 'durations/parse.py'

describe('looking at what a run made', () => {
  test('shows drafts, prompts and the file as it is on disk, and nothing else of the ledger or the disk', async () => {
    const { id, workspace, run } = await rehearsed()
    const draft = lastOf(run, fixed)
    const text = await app.run.content({ id, hash: draft.hash })
    expect(Buffer.byteLength(text)).toBe(draft.bytes)
    const onDisk = await app.run.disk({ id, path: fixed })
    expect(onDisk?.text).toBe(readFileSync(join(workspace, fixed), 'utf8'))
    expect(onDisk?.text).not.toBe(text)

    const prompt = Object.values(run.tasks)[0]!.calls[0]!.prompt!
    expect(JSON.parse(await app.run.content({ id, hash: prompt }))[0]).toMatchObject({ role: 'system' })

    const other = await rehearsed()
    const foreign = lastOf(other.run, 'docs/bug-report.md').hash
    if (foreign !== lastOf(run, 'docs/bug-report.md').hash)
      await expect(app.run.content({ id, hash: foreign })).rejects.toMatchObject({ code: 'not-found' })
    await expect(app.run.content({ id, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'not-found' })
    writeFileSync(join(workspace, 'secret.txt'), 'secret')
    for (const path of ['secret.txt', '../data/ledger.db', '/etc/passwd', '__proto__'])
      await expect(app.run.disk({ id, path })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('has result and summary with their places', async () => {
    const { id, workspace } = await rehearsed()
    const { result, summary } = await app.run.outputs({ id })
    expect(result?.path).toBe(join(workspace, `output/workflow_${id}.json`))
    expect(JSON.parse(result!.text)).toMatchObject({ workflow_id: id })
    expect(summary?.text).toMatch(/rehearsal/i)
    rmSync(summary!.path)
    expect((await app.run.outputs({ id })).summary).toBeNull()
  })
})

describe('deciding and editing', () => {
  test('records a decision and takes it back, and writes nothing', async () => {
    const { id, workspace, run } = await rehearsed()
    const before = readFileSync(join(workspace, fixed), 'utf8')
    const { hash } = lastOf(run, fixed)
    await app.run.decide({ id, path: fixed, hash, decision: 'rejected' })
    expect((await stateOf(id)).files[fixed]!.decision).toBe('rejected')
    expect(Object.values((await stateOf(id)).tasks).filter(({ stale }) => stale).length).toBeGreaterThan(0)
    await app.run.decide({ id, path: fixed, hash, decision: null })
    expect((await stateOf(id)).files[fixed]!.decision).toBeNull()
    expect(readFileSync(join(workspace, fixed), 'utf8')).toBe(before)
    await expect(
      app.run.decide({ id, path: fixed, hash: 'a'.repeat(64), decision: 'accepted' }),
    ).rejects.toMatchObject({ code: 'conflict', hint: expect.stringContaining('newer one') })
  })

  test('an edit becomes the last version, is what gets written, and marks what was built on it stale', async () => {
    const { id, workspace, run } = await rehearsed()
    const base = lastOf(run, fixed).hash
    await app.run.edit({ id, path: fixed, base, content: 'mine = 1\n' })
    const edited = await stateOf(id)
    expect(lastOf(edited, fixed)).toMatchObject({ how: 'person', agent: 'you', complete: true })
    expect(Object.values(edited.tasks).some(({ stale }) => stale?.includes('was edited'))).toBe(true)
    await expect(app.run.edit({ id, path: fixed, base, content: 'late' })).rejects.toMatchObject({
      code: 'conflict',
    })

    // Back to the agent's words, and to one's own again: each time it is the last that counts.
    const own = lastOf(edited, fixed).hash
    const words = await app.run.content({ id, hash: base })
    await app.run.edit({ id, path: fixed, base: own, content: words })
    await app.run.edit({ id, path: fixed, base, content: 'mine = 1\n' })
    const { written } = await app.run.accept({ id, paths: [fixed] })
    expect(written).toEqual([fixed])
    expect(readFileSync(join(workspace, fixed), 'utf8')).toBe('mine = 1\n')
    const { seq } = await stateOf(id)
    expect(await app.run.accept({ id, paths: [fixed] })).toEqual({ written: [], already: [fixed], held: [] })
    expect((await stateOf(id)).seq).toBe(seq)
  })

  test('what a person wrote outlives a step that is run once more: both claim the path then', async () => {
    const { id, run } = await rehearsed()
    const { hash, task } = lastOf(run, fixed)
    await app.run.edit({ id, path: fixed, base: hash, content: 'mine = 1\n' })
    expect(await app.run.retry({ id, task })).toEqual({ id })
    await app.run.wait({ id })
    const again = await stateOf(id)
    expect(again.tasks[task]).toMatchObject({ status: 'completed', attempt: 2 })
    expect(again.files[fixed]!.conflict.map(({ how }) => how)).toEqual(['person', expect.any(String)])

    const [mine] = again.files[fixed]!.conflict
    await app.run.choose({ id, path: fixed, hash: mine!.hash })
    const settled = await stateOf(id)
    expect(settled.files[fixed]!.conflict).toEqual([])
    expect(lastOf(settled, fixed).hash).toBe(mine!.hash)
    await expect(app.run.choose({ id, path: fixed, hash: 'b'.repeat(64) })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('does not write over what changed on disk since the person looked', async () => {
    const { id, workspace } = await rehearsed()
    const changes = await app.run.changes({ id })
    const seen = Object.fromEntries(changes.map(({ path, disk }) => [path, disk]))
    writeFileSync(join(workspace, fixed), 'changed meanwhile\n')
    const { held } = await app.run.accept({ id, paths: [fixed, 'docs/bug-report.md'], seen })
    expect(held).toEqual([{ path: fixed, reason: expect.stringContaining('since you looked') }])
    expect(readFileSync(join(workspace, fixed), 'utf8')).toBe('changed meanwhile\n')
    expect(existsSync(join(workspace, 'docs/bug-report.md'))).toBe(true)
  })
})

describe('steps and lists', () => {
  test('a step is not run again while it is under way, unknown, or not begun', async () => {
    const { id } = await rehearsed()
    await expect(app.run.retry({ id, task: 'nothing' })).rejects.toMatchObject({ code: 'not-found' })
    const workspace = join(folder, 'busy')
    const busy = await app.run.rehearse({ workflow: 'bug_fix', workspace })
    const [task] = Object.keys((await stateOf(busy.id)).tasks)
    await expect(app.run.retry({ id: busy.id, task: task! })).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('Stop it'),
    })
    await expect(app.run.remove(busy)).rejects.toMatchObject({ code: 'conflict' })
    await app.run.cancel(busy)
  })

  test('takes an ended run off the list and leaves its files; going on with it brings it back', async () => {
    const { id, workspace } = await rehearsed()
    await app.run.remove({ id })
    expect((await app.run.list()).some((run) => run.id === id)).toBe(false)
    expect(existsSync(join(workspace, `output/workflow_${id}.json`))).toBe(true)
    const task = Object.keys((await stateOf(id)).tasks).at(-1)!
    await app.run.retry({ id, task })
    await app.run.wait({ id })
    expect((await app.run.list()).some((run) => run.id === id)).toBe(true)
  })

  test('a rehearsal refuses any document but its own', async () => {
    const bug = (await app.system.rehearsals()).find(({ workflow }) => workflow === 'bug_fix')
    const workspace = join(folder, 'own')
    const other = { name: 'mine.md', base64: Buffer.from('A tool.').toString('base64') }
    await expect(
      app.run.rehearse({ workflow: 'bug_fix', workspace, documents: [other] }),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('mine.md') })
    expect(existsSync(workspace)).toBe(false)
    const { id } = await app.run.rehearse({ workflow: 'bug_fix', workspace, documents: [bug!.document] })
    expect(await app.run.wait({ id })).toEqual({ outcome: 'completed' })
  })
})
