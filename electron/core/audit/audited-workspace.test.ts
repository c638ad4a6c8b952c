import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditEntry } from '../../../shared/audit.ts'
import { openWorkspace, type Workspace } from '../files/workspace.ts'
import { blobOf } from '../store/ledger.ts'
import { openLedger } from '../store/sqlite.ts'
import { auditWorkspace, type AuditedWrite } from './audited-workspace.ts'

let folder: string
let root: string
let plain: Workspace
let entries: AuditedWrite[]
let workspace: Workspace
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'paddock-audit-')))
  root = join(folder, 'workspace')
  mkdirSync(root)
  plain = await openWorkspace(root)
  entries = []
  workspace = auditWorkspace(plain, (entry) => entries.push(entry))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (path: string, text: string) => workspace.write(path, Buffer.from(text))
const hashOf = (text: string) => blobOf(text).hash
const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string

describe('every write is on record (S107)', () => {
  test('a new file, with folders', async () => {
    await write('a/b/new.txt', 'one')
    const path = join(root, 'a/b/new.txt')
    expect(entries).toEqual([{ at, action: 'created', path, hash: hashOf('one'), previous: null, bytes: 3 }])
    expect(readFileSync(path, 'utf8')).toBe('one')
  })

  test('one that takes the place of another, with what stood there', async () => {
    writeFileSync(join(root, 'old.txt'), 'one')
    await write('old.txt', 'zwei')
    await write('old.txt', '')
    expect(entries.map(({ action, hash, previous, bytes }) => [action, hash, previous, bytes])).toEqual([
      ['replaced', hashOf('zwei'), hashOf('one'), 4],
      ['replaced', hashOf(''), hashOf('zwei'), 0],
    ])
  })

  test('an empty file stood there: it is replaced, not created', async () => {
    writeFileSync(join(root, 'empty.txt'), '')
    await write('empty.txt', 'x')
    expect(entries).toMatchObject([{ action: 'replaced', previous: hashOf('') }])
  })

  test.each<[string, string, () => void]>([
    ['a path that leaves the workspace', '../out.txt', () => {}],
    ['a path that no file may have', 'a\0b', () => {}],
    ['a folder in its place', 'place', () => mkdirSync(join(root, 'place'))],
    ['a file on its way', 'way/a.txt', () => writeFileSync(join(root, 'way'), 'x')],
    ['a link that leads out', 'link.txt', () => symlinkSync('/etc/passwd', join(root, 'link.txt'))],
    ['a folder that is a link', 'out/a.txt', () => symlinkSync(folder, join(root, 'out'))],
  ])('one that failed, for %s: the error stays what it is', async (_, path, spoil) => {
    spoil()
    const expected: unknown = await plain.write(path, Buffer.from('x')).catch((error: unknown) => error)
    await expect(write(path, 'x')).rejects.toEqual(expected)
    expect(entries).toEqual([
      { at, action: 'failed', path: join(root, path), hash: hashOf('x'), previous: null, bytes: 1 },
    ])
  })

  test('many at once, each with its own line', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `many/${n}.txt`)
    await Promise.all(names.map((name) => write(name, name)))
    const lines = entries.map(({ path, hash }) => `${path} ${hash}`)
    expect(lines.sort()).toEqual(names.map((name) => `${join(root, name)} ${hashOf(name)}`).sort())
  })

  test('reading is as it was, and is on no record', async () => {
    writeFileSync(join(root, 'a.txt'), 'one')
    expect((await workspace.read('a.txt'))?.toString()).toBe('one')
    expect(await workspace.read('b.txt')).toBeNull()
    expect(workspace.root).toBe(root)
    expect(entries).toEqual([])
  })
})

test('in the ledger the record is there after a restart (S107)', async () => {
  const data = join(folder, 'data')
  const run = '20260101-000000-abcdef'
  const ledger = openLedger(data)
  const audited = auditWorkspace(plain, (entry) => ledger.audit({ ...entry, run }))
  await audited.write('a.txt', Buffer.from('one'))
  await audited.write('a.txt', Buffer.from('two'))
  ledger.close()
  const again = openLedger(data)
  const lines = again.audited(run)
  again.close()
  expect(lines.map((line) => AuditEntry.parse(line))).toMatchObject([
    { action: 'created', path: join(root, 'a.txt'), hash: hashOf('one') },
    { action: 'replaced', previous: hashOf('one'), hash: hashOf('two') },
  ])
})
