import { describe, expect, test } from 'vitest'
import type { NewRunEvent } from '../../../shared/run-event.ts'
import type { Blob } from '../store/ledger.ts'
import { FileWriter } from './file-writer.ts'

const block = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`
const answer = [
  'Here are the files.\n',
  block('python:src/app.py', 'print("a")\n'),
  `File: \`src/util.js\`\n${block('js', 'export const b = 1\n')}`,
  block('bash', 'python3 src/app.py\n'),
].join('\n')

function createWriter() {
  const events: NewRunEvent[] = []
  const blobs = new Map<string, string>()
  const keep = async (more: readonly NewRunEvent[], contents: readonly Blob[]) => {
    events.push(...more)
    for (const { hash, bytes } of contents) blobs.set(hash, Buffer.from(bytes).toString())
  }
  const drafts = () =>
    events.flatMap((event) =>
      event.type === 'file-drafted' ? [{ ...event.draft, content: blobs.get(event.draft.hash) }] : [],
    )
  return { writer: new FileWriter(keep), events, blobs, drafts }
}

describe('FileWriter', () => {
  test('parseCodeBlocks gives every block, with its path where the answer states one (S63)', () => {
    const blocks = createWriter().writer.parseCodeBlocks(answer)
    expect(blocks.map(({ path, language }) => [path, language])).toEqual([
      ['src/app.py', 'python'],
      ['src/util.js', 'js'],
      [null, 'bash'],
    ])
  })

  test('extractFileStructure gives path and content of whole files (S65)', () => {
    const { writer } = createWriter()
    const structure = { 'src/app.py': 'print("a")\n', 'src/util.js': 'export const b = 1\n' }
    expect(writer.extractFileStructure(answer)).toEqual(structure)
    expect(writer.extractFileStructure('```python:a.py\nprint(')).toEqual({})
  })

  test('writeCodeBlocks drafts files, and leaves what has no name unplaced (S64)', async () => {
    const { writer, events, drafts } = createWriter()
    const paths = await writer.writeCodeBlocks(answer, 'task_3', 'developer', 'task_3.1')
    expect(paths).toEqual(['src/app.py', 'src/util.js'])
    expect(drafts()).toMatchObject([
      { path: 'src/app.py', content: 'print("a")\n', complete: true, call: 'task_3.1', line: 4 },
      { path: 'src/util.js', content: 'export const b = 1\n', complete: true },
    ])
    expect(events.filter(({ type }) => type === 'block-unplaced')).toHaveLength(1)
  })

  test('two contents for one path are a conflict, and neither is written (S64)', async () => {
    const { writer, events } = createWriter()
    const twice = block('python:a.py', 'x = 1\n') + block('python:a.py', 'x = 2\n')
    expect(await writer.writeCodeBlocks(twice, 'task_3', 'developer')).toEqual([])
    expect(events).toMatchObject([{ type: 'file-conflicted', path: 'a.py', versions: [{}, {}] }])
  })

  test('writeFile drafts content of our own, and refuses to leave the workspace (S66)', async () => {
    const { writer, drafts } = createWriter()
    expect(await writer.writeFile('docs/plan.md', '# Plan\n', 'task_2', 'developer')).toBe('docs/plan.md')
    expect(drafts()).toMatchObject([{ path: 'docs/plan.md', content: '# Plan\n', how: 'task' }])
    await expect(writer.writeFile('../plan.md', '', 'task_2', 'developer')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('writeJson drafts data as readable JSON (S67)', async () => {
    const { writer, drafts } = createWriter()
    await writer.writeJson('data/report.json', { made: 2 }, 'task_4', 'qa_engineer')
    expect(drafts()).toMatchObject([{ path: 'data/report.json', content: '{\n  "made": 2\n}\n' }])
  })

  test('the blocks of a flood are kept in a bounded number of pieces', async () => {
    const { writer, events, blobs } = createWriter()
    await writer.writeCodeBlocks(block('', 'x\n').repeat(5000), 'task_3', 'developer')
    expect(events).toHaveLength(101)
    expect(events.at(-1)).toMatchObject({
      type: 'block-unplaced',
      block: { reason: expect.stringContaining('4900') },
    })
    expect([...blobs.values()].some((content) => content.split('\n').length > 4900)).toBe(true)
  })
})

describe('one planned file', () => {
  const inner = '"""Use:\n\n```\nf()\n```\n"""\n\ndef f():\n    return 1\n'

  test.each([
    ['a whole file', block('python', 'x = 1\n'), null],
    [
      'a whole file and how to run it',
      block('python:a.py', 'x = 1\n') + block('bash', 'python3 a.py\n'),
      null,
    ],
    ['a block that never closes', '```python\nx = 1\n', 'never closed'],
    ['no block at all', 'I would write x = 1.', 'no code block'],
    ['another file', block('python:b.py', 'x = 1\n'), 'another file'],
    ['a fence inside the text of a file', `File: \`a.py\`\n${block('python', inner)}`, null],
    [
      'a file that leaves lines out',
      block('python:a.py', 'x = 1\n# ... rest of the code\n'),
      'a part of a.py out',
    ],
    ['a file that ends in brackets', block('python:a.py', 'x = [\n    1,\n'), 'inside brackets'],
    ['the same with longer fences', `\`\`\`\`python\n${inner}\`\`\`\`\n`, null],
  ])('%s', (_, text, problem) => {
    const wrong = createWriter().writer.whatIsWrong(text, 'a.py')
    if (problem === null) expect(wrong).toBeNull()
    else expect(wrong).toContain(problem)
  })

  test('from a cut-off answer it is a draft, but not a whole one', async () => {
    const { writer, drafts } = createWriter()
    const source = { call: 'task_3.1', complete: false }
    const made = await writer.writePlannedFile(
      block('python', 'x = 1\n'),
      'a.py',
      'task_3',
      'developer',
      source,
    )
    expect([made, drafts()]).toMatchObject([[], [{ path: 'a.py', complete: false }]])
  })
})
