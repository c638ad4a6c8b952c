import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { CodeInput } from '../../../shared/code.ts'
import { bugNames, makeBugWorkspace } from './bug-sample.fixture.ts'
import { limits } from './limits.ts'
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

describe('hostile layouts', () => {
  test('links are not followed, not even in a circle', async () => {
    const outside = await tree({ 'secret.py': 'x = "outside"', 'dir/b.py': 'x = "outside"' })
    const root = await tree({ 'a.py': 'x = 1', 'sub/c.py': 'x = 1' })
    await symlink(join(outside, 'secret.py'), join(root, 'file-out.py'))
    await symlink(join(outside, 'dir'), join(root, 'folder-out'))
    await symlink('a.py', join(root, 'file-in.py'))
    await symlink('..', join(root, 'sub/up'))
    await symlink('itself', join(root, 'itself'))
    await symlink('nowhere', join(root, 'nowhere.py'))
    const { paths, left } = await readTree(root)
    expect(paths).toEqual(['a.py', 'sub/c.py'])
    const links = ['file-in.py', 'file-out.py', 'folder-out', 'itself', 'nowhere.py', 'sub/up']
    expect(Object.keys(left).toSorted()).toEqual(links)
    expect(new Set(Object.values(left))).toEqual(
      new Set(['is a symbolic link, and only plain files are read']),
    )
  })

  test('a workspace that is itself reached over a link is read', async () => {
    const root = await tree({ 'a.py': 'x = 1' })
    const other = await tree({})
    await symlink(root, join(other, 'link'))
    expect((await readTree(join(other, 'link'))).paths).toEqual(['a.py'])
  })

  test('pipes and sockets are not opened', async () => {
    const root = await tree({ 'a.py': 'x = 1' })
    execFileSync('mkfifo', [join(root, 'pipe.py'), join(root, '.gitignore')])
    const server = createServer().listen(join(root, 's.sock'))
    await new Promise((resolve) => server.once('listening', resolve))
    const { paths, left } = await readTree(root)
    await new Promise((resolve) => server.close(resolve))
    expect(paths).toEqual(['a.py'])
    expect(left).toMatchObject({
      'pipe.py': 'is a pipe, and only plain files are read',
      's.sock': 'is a socket, and only plain files are read',
    })
    expect(left['.gitignore']).toMatch(/is a pipe/)
  })

  test('names that nobody can see or type are left out, and shown without doing harm', async () => {
    const names = [
      'a\nb.py',
      'a\u001b[2Jb.py',
      'a\u202eyp.b',
      'a\u200bb.py',
      'nul.py',
      'c.py ',
      'e\u0301.py',
      'x\\y.py',
      '~root.py',
    ]
    const root = await tree(Object.fromEntries(['ok.py', ...names].map((name) => [name, 'x = 1'])))
    execFileSync('sh', ['-c', "printf 'x = 1' > \"$(printf 'f\\377.py')\""], { cwd: root })
    const { paths, left } = await readTree(root)
    expect(paths).toEqual(['ok.py'])
    expect(Object.keys(left)).toHaveLength(names.length + 1)
    expect(left['a\\u{a}b.py']).toBe('holds a character that cannot be seen.')
    expect(Object.entries(left).flat().join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b]/u)
  })

  test('of names that differ in capitals only, none is taken', async (context) => {
    const root = await tree({
      'src/Tax.py': 'a = 1',
      'src/tax.py': 'b = 1',
      'src/\u017fum.py': 'c',
      'src/sum.py': 'd',
      'src/ok.py': 'x = 1',
    })
    const { paths, left } = await readTree(root)
    if (Object.keys(left).length === 0) skipBecause(context, 'this disk does not tell capitals apart')
    expect(paths).toEqual(['src/ok.py'])
    expect(Object.keys(left).toSorted()).toEqual([
      'src/Tax.py',
      'src/sum.py',
      'src/tax.py',
      'src/\u017fum.py',
    ])
  })

  test('what is no text that people wrote is left out, each with its reason', async () => {
    const root = await tree({
      'a.py': 'x = 1',
      'huge.py': 'x = 1\n'.repeat(limits.fileBytes / 6 + 1),
      'largest.py': 'x = 1\n'.repeat(Math.floor(limits.fileBytes / 6)),
      'zero.py': 'x = 1\0',
      'latin.py': Buffer.from([0x78, 0x3d, 0xe4]),
      'empty.py': ' \n',
      'packed.js': `var a=1;${'b();'.repeat(1000)}`,
      'lib.min.js': 'a()',
      'package-lock.json': '{}',
      'poetry.lock': '',
      'client.py': '# Code generated by swagger. DO NOT EDIT.\nx = 1\n',
      'key.py': `KEY = """-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn'.repeat(4)}\n"""\n`,
    })
    const { paths, left } = await readTree(root)
    expect(paths).toEqual(['a.py', 'largest.py'])
    expect(left).toEqual({
      'huge.py': 'is too large: 257 KB, and at most 256 KB are read of one file',
      'zero.py': 'is not text in UTF-8',
      'latin.py': 'is not text in UTF-8',
      'empty.py': 'is empty',
      'packed.js': 'has lines so long that it was made by a program',
      'lib.min.js': 'is made by a program from other files',
      'package-lock.json': 'is a lock file',
      'poetry.lock': 'is a lock file',
      'client.py': 'says that it was made by a program',
      'key.py': 'seems to hold a secret',
    })
  })

  test('folders of installed, built and cached things are not looked into, whatever they are called', async () => {
    const root = await tree({
      'a.py': 'x = 1',
      'output/workflow.json': '{}',
      'src/output/b.py': 'x = 1',
      '.paddock/ledger.py': 'x = 1',
      'node_modules/x/index.js': 'x()',
      'env/pyvenv.cfg': 'home = /usr',
      'env/lib/x.py': 'x = 1',
      'downloads/CACHEDIR.TAG': 'Signature: 8a477f597d28d172789f06886806bc55',
      'downloads/y.py': 'x = 1',
      '.git/config': '[core]',
      'sub/.git/hooks/x.py': 'x = 1',
    })
    const { paths, left } = await readTree(root)
    expect(paths).toEqual(['a.py', 'src/output/b.py'])
    expect(Object.keys(left).toSorted()).toEqual(['.paddock', 'downloads', 'env', 'node_modules', 'output'])
  })

  test('secrets and files that steer assistants are not even opened', async () => {
    const closed = [
      '.env',
      'conf/.env.prod',
      'id_rsa',
      'tls/server.key',
      '.npmrc',
      '.aws/config',
      'AGENTS.md',
      '.cursor/rules/a.mdc',
      '.vscode/settings.json',
    ]
    const root = await tree(Object.fromEntries(['read.py', ...closed].map((path) => [path, 'a = 1'])))
    // A file system that keeps times of access notes the first one after a change.
    for (const path of ['read.py', ...closed]) await utimes(join(root, path), 1, Date.now() / 1000)
    const { paths } = await readTree(root, { include: ['read.py', ...closed, '**/*', '.*/**'] })
    expect(paths).toEqual(['read.py'])
    const accesses = await Promise.all(closed.map(async (path) => (await stat(join(root, path))).atimeMs))
    if ((await stat(join(root, 'read.py'))).atimeMs === 1000)
      console.log('not shown: this disk keeps no times of access')
    expect(new Set(accesses)).toEqual(new Set([1000]))
  })
})

describe('bounds', () => {
  test('more than 20,000 entries: the rest is not looked at, which is said; others can work meanwhile', async () => {
    const root = await tree({ 'a.py': 'x = 1', 'z/deep/b.py': 'x = 1' })
    const script = 'mkdir d && cd d && seq 1 20100 | sed "s/.*/f&.py/" | xargs touch'
    execFileSync('sh', ['-c', script], { cwd: root })
    let turns = 0
    const timer = setInterval(() => turns++, 5)
    const one = await readTree(root)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(20)
    expect(one.paths).toEqual(['a.py'])
    expect(one.code.left_out[0]).toEqual({
      path: '.',
      reason:
        'has more files and folders than the 20,000 that are looked at; name those that matter with --include',
    })
    expect(one.code.left_out).toHaveLength(limits.leftOut + 1)
    expect(one.code.left_out.at(-1)).toEqual({
      path: '...',
      reason: expect.stringMatching(/^19,\d{3} more were left out$/),
    })
    expect((await readTree(root, { include: ['z/**'] })).paths).toEqual(['z/deep/b.py'])
  })

  test('folders below 30 others are not looked into', async () => {
    const deep = (count: number) => Array.from({ length: count }, () => 'd').join('/')
    const root = await tree({ [`${deep(30)}/a.py`]: 'x = 1', [`${deep(31)}/b.py`]: 'x = 1' })
    const { paths, left } = await readTree(root)
    expect(paths).toEqual([`${deep(30)}/a.py`])
    expect(left).toEqual({ [deep(31)]: 'lies more than 30 folders deep' })
  })

  test('beyond 32 MB, what is named least is not read', async () => {
    const text = '# one line of many\n'.repeat(13_000)
    const files = Object.fromEntries(Array.from({ length: 140 }, (_, index) => [`m${index}.py`, text]))
    const { paths, left } = await readTree(await tree({ ...files, 'notes.md': text }), { about: 'm139.py' })
    expect(paths[0]).toBe('m139.py')
    expect(paths).not.toContain('notes.md')
    expect(left['.']).toBe(
      `holds more than the 32 MB that are read; ${141 - paths.length} files were not looked into`,
    )
  })

  test('a file that grows while it is read is left out or read as it was found', async () => {
    const root = await tree({ 'log.txt': 'line\n' })
    const state = { isOn: true }
    const grow = (async () => {
      while (state.isOn) await writeFile(join(root, 'log.txt'), 'line\n', { flag: 'a' })
    })()
    for (let round = 0; round < 20; round++) {
      const { code, blobs } = await readTree(root)
      for (const [index, { bytes }] of code.files.entries()) expect(blobs[index]!.bytes).toHaveLength(bytes)
    }
    state.isOn = false
    await grow
    expect((await readFile(join(root, 'log.txt'))).length).toBeGreaterThan(5)
  })

  test('a folder that comes and goes does not end the reading', async () => {
    const root = await tree({ 'a.py': 'x = 1' })
    const state = { isOn: true }
    const churn = (async () => {
      while (state.isOn) {
        await mkdir(join(root, 'sub/in'), { recursive: true })
        await writeFile(join(root, 'sub/in/b.py'), 'x = 1').catch(() => {})
        await rm(join(root, 'sub'), { recursive: true })
      }
    })()
    for (let round = 0; round < 30; round++) expect((await readTree(root)).paths).toContain('a.py')
    state.isOn = false
    await churn
  })
})
