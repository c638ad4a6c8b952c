import fc from 'fast-check'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderNameFor, makeFolderFor } from './batch-folder.ts'
import { checkPath } from './files/path-rules.ts'

test.each([
  ['Requirements v2.md', 'Requirements-v2'],
  ['a/b\\spec.txt', 'spec'],
  ['../../etc/passwd', 'passwd'],
  ['.env', 'env'],
  ['.git', 'git'],
  ['Anforderungen_für_Café.md', 'Anforderungen_für_Café'],
  ['要件定義.md', '要件定義'],
  ['con.md', 'document-con'],
  ['output.md', 'document-output'],
  ['....', 'document'],
  ['', 'document'],
  ['a\u0000b\n.md', 'a-b'],
  [`${'long '.repeat(100)}.md`, `${'long-'.repeat(9)}long`],
])('%j gets the folder %s (S106, S123)', (document, folder) => {
  expect(folderNameFor(document)).toBe(folder)
})

test('any name gets one folder that is allowed on every system (S106)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (document) => {
      const name = folderNameFor(document)
      expect(checkPath(name)).toBe(name.normalize('NFC'))
      expect(name).not.toMatch(/[/\\]/)
    }),
    { numRuns: 5000 },
  )
})

test('an existing folder is never taken', async () => {
  const root = mkdtempSync(join(tmpdir(), 'paddock-batch-'))
  try {
    mkdirSync(join(root, 'spec'))
    writeFileSync(join(root, 'spec-2'), '')
    const folders = await Promise.all(
      ['spec.md', 'spec.txt', 'a/spec.md'].map((name) => makeFolderFor(root, name)),
    )
    expect(folders.sort()).toEqual(['spec-3', 'spec-4', 'spec-5'])
    expect(readdirSync(root).sort()).toEqual(['spec', 'spec-2', 'spec-3', 'spec-4', 'spec-5'])
    await expect(makeFolderFor(join(root, 'gone'), 'a.md')).rejects.toMatchObject({ name: 'AppError' })
  } finally {
    rmSync(root, { recursive: true })
  }
})
