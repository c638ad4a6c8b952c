import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const packages = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
)
const anyPackage = new RegExp(`^(${packages.join('|')})(/|$)`)

/** Which folder may import what; the first that matches a file holds. The table stands in ARCHITECTURE.md too. */
const layers: readonly { folder: string; mayImport: readonly RegExp[] }[] = [
  { folder: 'shared/', mayImport: [/^shared\//, /^zod$/] },
  { folder: 'electron/core/', mayImport: [/^(shared|electron\/core)\//, /^node:/, anyPackage] },
  {
    folder: 'electron/terminal/',
    mayImport: [
      /^(shared|electron\/core|electron\/terminal)\//,
      /^electron\/host\/web/,
      /^node:/,
      anyPackage,
    ],
  },
  // The browser's host runs where there is no Electron.
  { folder: 'electron/host/web', mayImport: [/^(shared|electron\/core|electron\/host)\//, /^node:/] },
  {
    folder: 'electron/host/',
    mayImport: [/^(shared|electron\/core|electron\/host)\//, /^node:/, /^electron$/, anyPackage],
  },
  { folder: 'electron/preload.ts', mayImport: [/^shared\//, /^electron$/] },
  { folder: 'electron/main.ts', mayImport: [/^(shared|electron)\//, /^node:/, /^electron$/, anyPackage] },
  { folder: 'electron/', mayImport: [/^(shared|electron)\//, /^node:/, anyPackage] },
  // Components get what they show and tell what was done: they know neither stores nor the core.
  { folder: 'renderer/components/', mayImport: [/^shared\//, /^renderer\/(?!stores|views|api)/, anyPackage] },
  { folder: 'renderer/stores/', mayImport: [/^shared\//, /^renderer\/(?!views|components)/, anyPackage] },
  { folder: 'renderer/', mayImport: [/^(shared|renderer)\//, anyPackage] },
]

/** All that is written by hand, tests and their fixtures too. */
const written = ['shared', 'electron', 'renderer', 'e2e', 'bench', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => /\.(tsx?|mjs)$/.test(name))
const sources = written.filter(
  (name) => /^(shared|electron|renderer)\/.*\.tsx?$/.test(name) && !/\.(test|fixture)\.tsx?$/.test(name),
)

const read = (file: string) => readFileSync(join(root, file), 'utf8')

const statement = /^(?:import\s*|(?:import|export)\b[^'"`;=(]*\bfrom\s*)['"]([^'"\n]+)['"]/gm
const dynamic = /\bimport\(\s*['"`]([^'"`\n]+)/g

/** What a source imports, statically or not, in every kind of quotes; paths from the project's root. */
function importsOf(source: string, file: string): string[] {
  const found = [...source.matchAll(statement), ...source.matchAll(dynamic)]
  return found.map(([, target = '']) =>
    target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
  )
}

describe('the house keeps to its plan (S2, S9, S121)', () => {
  test.each(sources)('%s', (file) => {
    const layer = layers.find(({ folder }) => file.startsWith(folder))!
    const strangers = importsOf(read(file), file).filter(
      (target) => !layer.mayImport.some((rule) => rule.test(target)),
    )
    expect(strangers).toEqual([])
    expect(read(file)).not.toMatch(/@ts-ignore|@ts-expect-error|oxlint-disable|export default/)
  })

  test.each([
    "import 'electron'",
    'import x from "electron"',
    "import {\n  x,\n} from 'electron'",
    "const x = await import('electron')",
    'void import(`electron`)',
    "export * from 'electron'",
    "export { x } from 'electron'",
    "import type { x } from 'electron'",
  ])('an import is seen: %j', (source) => expect(importsOf(source, 'shared/x.ts')).toEqual(['electron']))

  test('no file has more than 300 lines, tests and their fixtures neither', () => {
    expect(written).toEqual(expect.arrayContaining(['shared/run.test.ts', 'e2e/fixtures/cli.ts']))
    expect(written.filter((file) => read(file).split('\n').length > 301)).toEqual([])
  })

  test('the median file is about 80 lines', () => {
    const lines = sources.map((file) => read(file).split('\n').length).sort((one, other) => one - other)
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(100)
  })

  test.each([
    ['unit', 'shared/run.test.ts'],
    ['integration', 'e2e/scripted-run.test.ts'],
    ['error scenarios', 'e2e/faults.test.ts'],
    ['edge cases of file parsing', 'electron/core/files/parse.test.ts'],
  ])('there are tests of this kind: %s (S122)', (_, file) => {
    expect(read(file).match(/\btest(\.each)?\(/g)?.length).toBeGreaterThanOrEqual(3)
  })

  test('types are strict, and nothing may loosen them (S121)', () => {
    const { compilerOptions } = JSON.parse(read('tsconfig.json')) as { compilerOptions: object }
    expect(compilerOptions).toMatchObject({
      strict: true,
      noUncheckedIndexedAccess: true,
      erasableSyntaxOnly: true,
    })
  })
})
