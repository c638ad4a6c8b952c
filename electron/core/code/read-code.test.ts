import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { CodeInput } from '../../../shared/code.ts'
import { bugNames, makeBugWorkspace } from './bug-sample.fixture.ts'
import { makeTree, readTree } from './tree.fixture.ts'

const folders: string[] = []
async function tree(files: Parameters<typeof makeTree>[0]): Promise<string> {
  const root = await makeTree(files)
  folders.push(root)
  return root
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

describe('what a run is given of a workspace (S25, S92)', () => {
  test('files with path, hash, size and reason, and their bytes as blobs', async () => {
    const text = 'def add(a, b):\r\n    return a - b  # \u00e4\r\n'
    const root = await tree({ 'src/add.py': text })
    const { code, blobs } = await readTree(root, { about: 'src/add.py subtracts' })
    expect(CodeInput.parse(code)).toEqual({
      files: [
        {
          path: 'src/add.py',
          hash: createHash('sha256').update(text).digest('hex'),
          bytes: Buffer.byteLength(text),
          tokens: Math.ceil(Buffer.byteLength(text) / 3),
          why: 'the requirement names src/add.py',
        },
      ],
      left_out: [],
    })
    expect(blobs.map(({ hash }) => hash)).toEqual(code.files.map(({ hash }) => hash))
    expect(Buffer.from(blobs[0]!.bytes).toString()).toBe(text)
  })

  const reports = {
    gcd: ['gcd(17, 0) never ends', 'The gcd of 17 and 0 is never found.'],
    knapsack: ['knapsack(100, items) leaves out an item that just fits', 'Our knapsack comes out too light'],
    quicksort: ['quicksort loses equal numbers', '`quicksort([3, 1, 3])` gives [1, 3]'],
  }
  test.for(bugNames)('a report on %s brings the faulty file and its test first', async (name, context) => {
    const root = await makeBugWorkspace(name)
    if (root === null) return skipBecause(context, 'the sample bugs are not beside the project')
    folders.push(root)
    for (const about of reports[name]) {
      const { paths } = await readTree(root, { about })
      expect(paths.slice(0, 3)).toEqual([`${name}.py`, `test_${name}.py`, 'load_testdata.py'])
      expect(paths).toContain(`json_testcases/${name}.json`)
    }
  })

  test('what does not fit is left out with the figures; smaller files may still fit', async () => {
    const root = await tree({ 'a.py': 'x'.repeat(300), 'b.py': 'y'.repeat(270), 'c.py': 'z'.repeat(27) })
    const { paths, left } = await readTree(root, { about: 'a.py and b.py', budget: 110 })
    expect(paths).toEqual(['b.py', 'c.py'])
    expect(left).toEqual({ 'a.py': 'no room: 100 tokens, 20 left' })
  })

  test('nothing fits into nothing, and an empty workspace is no fault', async () => {
    const root = await tree({ 'a.py': 'x = 1' })
    expect((await readTree(root, { budget: 0 })).left).toEqual({ 'a.py': 'no room: 2 tokens, 0 left' })
    expect((await readTree(await tree({}))).code).toEqual({ files: [], left_out: [] })
  })

  test('a document of the run is not given a second time', async () => {
    const text = `# Wanted\r\n\r\n${'A calculator that adds. '.repeat(10)}\r\n`
    const root = await tree({ 'docs/wanted.md': text, 'docs/other.md': `${text}More.` })
    const { paths, left } = await readTree(root, { about: `x\n${text.replaceAll('\r', '')}` })
    expect(paths).toEqual(['docs/other.md'])
    expect(left).toEqual({ 'docs/wanted.md': 'is one of the documents of this run' })
  })

  test('is cancelled by its signal', async () => {
    const root = await tree({ 'a.py': 'x = 1' })
    await expect(readTree(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a folder that is not there is told as such', async () => {
    await expect(readTree('/nowhere/at/all')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('globs (S92)', () => {
  const files = {
    ...{
      '.gitignore': 'made/\n*.local.py\n',
      'made/client.py': 'x = 1',
      'src/a.py': 'x',
      'src/b.ts': 'x()',
    },
    ...{ 'src/a.local.py': 'x = 2', 'made/.env': 'KEY=1', 'made/key.pem': 'x', 'node_modules/x/i.js': 'x' },
  }
  test.each<[string[], string[]]>([
    [['**/*.py'], ['src/a.py']],
    [['src'], ['src/a.py', 'src/b.ts']],
    [['./src/'], ['src/a.py', 'src/b.ts']],
    [['src/*.{ts,js}'], ['src/b.ts']],
    [['src/a.local.py'], ['src/a.local.py']],
    [['src/**'], ['src/a.py', 'src/b.ts']],
    [['made/**'], ['made/client.py']],
    [['made'], ['made/client.py']],
    [
      ['made/*.py', 'src/b.ts'],
      ['src/b.ts', 'made/client.py'],
    ],
    [['made/.env', 'made/key.pem', 'node_modules/**'], []],
    [['../**', '/etc/**', '**/../../**'], []],
  ])('%j takes %j', async (include, paths) => {
    expect((await readTree(await tree(files), { include })).paths).toEqual(paths)
  })

  test('one that takes nothing is told', async () => {
    const { left } = await readTree(await tree(files), { include: ['src/a.py', 'lib/**'] })
    expect(left).toEqual({ 'lib/**': 'no file that may be read has such a name' })
  })
})
