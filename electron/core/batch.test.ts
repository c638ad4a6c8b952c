import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, type App } from './app.ts'
import { runBatch, type BatchInput, type BatchOptions, type BatchProgress } from './batch.ts'
import { loadConfig } from './config/load-config.ts'
import { startScriptedEndpoint, type ScriptedEndpoint } from './rehearsal/scripted-endpoint.ts'

const workflow = `id: one_step
name: One step
description: A note on a document
steps:
  - {step: 1, agent_role: developer, task_type: note, description: Write a note}
`
const answer = '`src/note.py`:\n\n```python\nprint(1)\n```\n'

let home = ''
let workspace = ''
let endpoint: ScriptedEndpoint
let app: App
let stop: () => Promise<void>

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'paddock-batch-'))
  workspace = join(home, 'workspace')
  mkdirSync(workspace)
  mkdirSync(join(home, 'config/workflows'), { recursive: true })
  writeFileSync(join(home, 'config/workflows/one_step.yaml'), workflow)
  endpoint = await startScriptedEndpoint({
    slots: 2,
    firstTokenMs: 20,
    answer: (messages) =>
      messages.some(({ content }) => content.includes('Nobody can answer this.'))
        ? { status: 400, message: 'No.' }
        : { text: answer },
  })
  const env = { OPENAI_API_BASE: endpoint.url, PADDOCK_CONFIG_DIR: join(home, 'config') }
  const source = { env }
  ;({ app, stop } = createApp(loadConfig(source).settings, { source, dataFolder: join(home, 'data') }))
})
afterEach(async () => {
  await stop()
  await endpoint.stop()
  rmSync(home, { recursive: true })
})

const documentOf = (name: string, text = `What ${name} asks for.`): BatchInput => ({
  name,
  bytes: Buffer.from(text),
})
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => documentOf(`spec ${index + 1}.md`))
const run = (
  inputs: readonly BatchInput[],
  options: Partial<BatchOptions> = {},
  onProgress?: (progress: BatchProgress) => void,
) => runBatch(app, inputs, { workflow: 'one_step', workspace, ...options }, onProgress)
const outcomes = (items: readonly { outcome: string }[]) => items.map(({ outcome }) => outcome)

describe('many documents, each a run of its own (S7, S123)', () => {
  test('twelve: one empty, one unreadable, one refused by the model, one cancelled; the others are made', async () => {
    const inputs = many(12)
    inputs[2] = documentOf('empty.md', '')
    inputs[4] = { name: 'gone.md', bytes: () => Promise.reject(new Error('gone.md is not there')) }
    inputs[6] = documentOf('failing.md', 'Nobody can answer this.')
    inputs[8] = { name: 'late.md', bytes: async () => Buffer.from('Read when it is its turn.') }
    const told: BatchProgress[] = []
    const report = await run(inputs, { atOnce: 3 }, (progress) => {
      told.push(progress)
      if (progress.document === 'spec 10.md' && progress.run && !progress.item)
        void app.run.cancel({ id: progress.run })
    })

    expect(outcomes(report.items)).toEqual([
      'completed',
      'completed',
      'refused',
      'completed',
      'refused',
      'completed',
      'failed',
      'completed',
      'completed',
      'cancelled',
      'completed',
      'completed',
    ])
    expect(report.totals).toMatchObject({
      documents: 12,
      outcomes: { completed: 8, refused: 2, failed: 1, cancelled: 1 },
      files: 8,
    })
    const [first, , empty, , gone, , failing] = report.items
    expect(first).toMatchObject({
      document: 'spec 1.md',
      folder: 'spec-1',
      files: ['src/note.py'],
      written: [],
      error: null,
    })
    expect(first!.tokens.completion).toBeGreaterThan(0)
    expect(empty).toMatchObject({
      run: null,
      folder: null,
      error: { code: 'invalid', hint: expect.any(String) },
    })
    expect(gone!.error?.message).toBe('gone.md is not there')
    expect(failing).toMatchObject({ folder: 'failing', error: { message: expect.stringContaining('No.') } })
    expect(report.totals.tokens.completion).toBe(
      report.items.reduce((sum, { tokens }) => sum + tokens.completion, 0),
    )

    // Nothing is left of those that were refused.
    expect(readdirSync(workspace).sort()).toEqual(
      ['output', 'failing', 'late', ...[1, 2, 4, 6, 8, 10, 11, 12].map((number) => `spec-${number}`)].sort(),
    )
    expect(existsSync(join(workspace, 'spec-1/output', `workflow_${first!.run}.json`))).toBe(true)

    const inFlight = told.map((_, index) => {
      const past = told.slice(0, index + 1)
      return past.filter(({ item }) => !item).length - past.filter(({ item }) => item?.run).length
    })
    expect(Math.max(...inFlight)).toBe(3)
    expect(told.at(-1)).toMatchObject({ done: 12, of: 12 })
    expect(told.filter(({ item }) => item)).toHaveLength(12)
  })

  test('its own summary: for programs as JSON, for people as a page', async () => {
    const report = await run([documentOf('a|b<script>.md'), documentOf('empty.md', '')])
    const [json = '', page = ''] = ['json', 'md'].map((kind) =>
      readFileSync(join(workspace, `output/batch_${report.batch_id}.${kind}`), 'utf8'),
    )
    expect(JSON.parse(json)).toEqual(report)
    expect(report).toMatchObject({
      schema_version: 1,
      workflow_type: 'one_step',
      workspace,
      cancelled: false,
    })
    expect(page).toContain('# Batch of 2 documents: 1 completed')
    expect(page).toContain(String.raw`| a\|b\<script\>.md | completed | 1 | 0 |`)
    expect(page).toMatch(/## What went wrong\n\n- empty\.md, refused: .*0 bytes/)
  })

  test('with accept each file lies in the folder of its document', async () => {
    const report = await run([documentOf('one.md'), documentOf('one.txt')], { accept: true })
    expect(report.items.map(({ folder, written }) => [folder, written]).sort()).toEqual([
      ['one', ['src/note.py']],
      ['one-2', ['src/note.py']],
    ])
    expect(readFileSync(join(workspace, 'one-2/src/note.py'), 'utf8')).toBe('print(1)\n')
  })

  test('a listener that throws ends nothing', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    try {
      const report = await run(many(2), {}, () => {
        throw new Error('A fault of the listener')
      })
      expect(outcomes(report.items)).toEqual(['completed', 'completed'])
      expect(warned).toHaveBeenCalledWith(expect.stringContaining('A fault of the listener'))
    } finally {
      warned.mockRestore()
    }
  })
})

describe('a batch that is cancelled (S13, S123)', () => {
  test('ends what runs, begins nothing more, and has its summary all the same', async () => {
    const cancel = new AbortController()
    const report = await run(many(6), { atOnce: 2, signal: cancel.signal }, ({ item }) => {
      if (item === null) cancel.abort()
    })
    expect(report.cancelled).toBe(true)
    expect(outcomes(report.items).slice(2)).toEqual(Array(4).fill('not started'))
    expect(outcomes(report.items).slice(0, 2)).toEqual(['cancelled', 'cancelled'])
    expect(readFileSync(join(workspace, `output/batch_${report.batch_id}.md`), 'utf8')).toContain(
      'was **cancelled**',
    )
    expect((await app.run.list()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
  })

  test('before it began: no run at all', async () => {
    const report = await run(many(3), { signal: AbortSignal.abort() })
    expect(outcomes(report.items)).toEqual(Array(3).fill('not started'))
    expect(await app.run.list()).toEqual([])
  })
})

describe('what cannot be a batch is said at once (S106)', () => {
  const own = join('.paddock', 'workflows')
  test.each<[string, () => Promise<unknown>, object]>([
    ['no document', () => run([]), { code: 'invalid' }],
    ['no run at once', () => run(many(1), { atOnce: 0 }), { code: 'invalid' }],
    [
      'an unknown workflow',
      () => run(many(1), { workflow: 'none' }),
      { code: 'not-found', hint: expect.stringContaining('one_step') },
    ],
    [
      "Paddock's own data folder",
      () => {
        mkdirSync(join(home, 'data', 'mine'), { recursive: true })
        return run(many(1), { workspace: join(home, 'data', 'mine') })
      },
      { code: 'invalid', message: expect.stringContaining('keeps its own data') },
    ],
    ['no workspace', () => run(many(1), { workspace: join(home, 'nowhere') }), { code: 'not-found' }],
    [
      "a workflow of the workspace's own",
      () => {
        mkdirSync(join(workspace, own), { recursive: true })
        writeFileSync(join(workspace, own, 'ours.yaml'), workflow.replace('one_step', 'ours'))
        return run(many(1), { workflow: 'ours' })
      },
      { code: 'invalid', hint: expect.stringContaining('ours.yaml') },
    ],
  ])('%s', async (_, begin, expected) => {
    await expect(begin()).rejects.toMatchObject(expected)
    expect(await app.run.list()).toEqual([])
  })
})
