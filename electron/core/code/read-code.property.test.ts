import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeTree, readTree } from './tree.fixture.ts'

const outsideText = 'the text of a file outside'
const secretText = 'the text of a secret file'

const folder = fc.constantFrom(
  'src',
  'tests',
  'a',
  'B',
  'secrets',
  'node_modules',
  '.cursor',
  'output',
  '.git',
  'x y',
  '[id]',
)
const ordinary = fc.constantFrom(
  'a.py',
  'A.py',
  'test_a.py',
  'b.ts',
  'c.md',
  'd.json',
  'Dockerfile',
  '.gitignore',
  'e\n.py',
)
const secret = fc.constantFrom(
  '.env',
  '.ENV.local',
  'id_rsa',
  'x.pem',
  'credentials.json',
  '.npmrc',
  'secrets.yml',
  '.netrc',
)
const place = <T>(name: fc.Arbitrary<T>) =>
  fc.tuple(fc.array(folder, { maxLength: 3 }), name).map(([folders, name]) => [...folders, name].join('/'))
const content = fc.constantFrom(
  'x = 1\n',
  'from a import b\nb()\n',
  '*.py\n!b/\n',
  'a/\n',
  '',
  '\0',
  'y = 2\n'.repeat(50),
)
const target = fc.constantFrom('..', '../..', '/etc', 'OUTSIDE', 'OUTSIDE/file.py', 'a.py', 'src', '.')

const layout = fc.record({
  files: fc.array(fc.tuple(place(ordinary), content), { maxLength: 10 }),
  secrets: fc.array(place(secret), { maxLength: 4 }),
  links: fc.array(fc.tuple(place(fc.constantFrom('link', 'l.py')), target), { maxLength: 4 }),
  include: fc.constantFrom(
    [],
    ['**/*'],
    ['src', 'node_modules/**', '.env'],
    ['**/.env', '**/*.pem', '../**'],
    ['a/**', '*.py'],
  ),
  about: fc.constantFrom(
    '',
    'a(1) fails',
    'src/a.py',
    '.env and id_rsa and link/file.py',
    '../outside/file.py',
  ),
  budget: fc.constantFrom(null, 0, 1, 7, 40, 200),
})

type Layout = { files: [string, string][]; secrets: string[]; links: [string, string][] }

async function build(root: string, outside: string, { files, secrets, links }: Layout): Promise<void> {
  const put = async (path: string, make: (place: string) => Promise<unknown>) => {
    // A file may already lie where a folder would have to be: then this one is not made.
    await mkdir(dirname(join(root, path)), { recursive: true })
      .then(() => make(join(root, path)))
      .catch(() => {})
  }
  for (const [path, text] of files) await put(path, (place) => writeFile(place, text))
  for (const path of secrets) await put(path, (place) => writeFile(place, secretText))
  for (const [path, to] of links) await put(path, (place) => symlink(to.replace('OUTSIDE', outside), place))
}

test('whatever lies there: no more tokens than the budget, nothing from outside, no secret, always the same (S92)', async () => {
  const outside = await makeTree({ 'file.py': outsideText })
  const property = fc.asyncProperty(layout, async (given) => {
    const root = await makeTree({})
    try {
      await build(root, outside, given)
      const { code, blobs, paths } = await readTree(root, given)
      const tokens = code.files.reduce((sum, file) => sum + file.tokens, 0)
      expect(tokens).toBeLessThanOrEqual(given.budget ?? Infinity)
      expect(blobs.map(({ hash }) => hash)).toEqual(code.files.map(({ hash }) => hash))
      const texts = blobs.map(({ bytes }) => Buffer.from(bytes).toString())
      expect(texts.filter((text) => text === outsideText || text === secretText)).toEqual([])
      for (const path of paths) {
        expect(await realpath(join(root, path))).toBe(join(root, path))
        expect(path).toMatch(
          /^(?!output\/)(?!.*(?:^|\/)(?:\.git|node_modules|secrets|\.cursor|\.env.*|id_rsa)(?:\/|$))/i,
        )
      }
      const left = code.left_out.map(({ path }) => path)
      expect(left.filter((path) => paths.includes(path))).toEqual([])
      expect((await readTree(root, given)).code).toEqual(code)
    } finally {
      await rm(root, { recursive: true })
    }
  })
  await fc.assert(property, { numRuns: 150 })
  await rm(outside, { recursive: true })
})
