import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skipBecause, skips } from '../../../e2e/fixtures/skip.ts'
import { AppError } from '../../../shared/errors.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const isWindows = skips(
  process.platform === 'win32',
  'pipes, devices and rights of POSIX, as this is Windows',
)
const isRoot = process.getuid?.() === 0

let root = ''
let workspace: Workspace
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'paddock-workspace-')))
  workspace = await openWorkspace(root)
})
afterEach(async () => {
  await rm(root, { recursive: true })
})

async function errorOf(act: Promise<unknown>): Promise<AppError> {
  const error = await act.then(
    () => new Error('It went through.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw error
  expect(error.hint).toBeTruthy()
  return error
}

function write(path: string, text: string): Promise<void> {
  return workspace.write(path, Buffer.from(text))
}

function textAt(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8')
}

async function modeOf(path: string): Promise<number> {
  return (await lstat(join(root, path))).mode & 0o7777
}

/** The errors of acts such as "read:a/b", done by a user whom permissions stop; null where there is no such user. */
function errorsOfOrdinaryUser(...acts: string[]): unknown {
  const program = join(import.meta.dirname, 'ordinary-user.fixture.ts')
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const child = spawnSync(process.execPath, [program, root, ...acts], {
    ...nobody,
    cwd: '/',
    encoding: 'utf8',
  })
  return child.status === 0 ? JSON.parse(child.stdout) : null
}

describe('opening a workspace (S105)', () => {
  test('gives the canonical root', async () => {
    await mkdir(join(root, 'real'))
    await symlink('real', join(root, 'link'))
    expect((await openWorkspace(join(root, 'link', '.', '..', 'link'))).root).toBe(join(root, 'real'))
  })

  test('makes the folder only when asked to', async () => {
    const path = join(root, 'new', 'er')
    expect((await errorOf(openWorkspace(path))).code).toBe('not-found')
    expect(existsSync(path)).toBe(false)
    expect((await openWorkspace(path, { create: true })).root).toBe(path)
  })

  test('refuses what is no folder', async () => {
    await writeFile(join(root, 'file'), '')
    await symlink('nowhere', join(root, 'dangling'))
    expect((await errorOf(openWorkspace(join(root, 'file')))).code).toBe('invalid')
    expect((await errorOf(openWorkspace(join(root, 'file'), { create: true }))).code).toBe('invalid')
    expect((await errorOf(openWorkspace(join(root, 'file', 'below')))).code).toBe('invalid')
    expect((await errorOf(openWorkspace(''))).code).toBe('invalid')
    expect((await errorOf(openWorkspace(join(root, 'dangling')))).code).toBe('not-found')
  })

  test.skipIf(isWindows)('refuses a folder that may not be written to (S88)', async (context) => {
    await chmod(root, 0o555)
    const errors = errorsOfOrdinaryUser('read:file')
    await chmod(root, 0o755)
    if (errors === null) skipBecause(context, 'no ordinary user can run this')
    expect(errors).toEqual([
      { code: 'invalid', message: `Paddock may not write to the folder ${root}.`, hint: expect.any(String) },
    ])
  })
})

describe('writing and reading (S66)', () => {
  test('makes the folders on the way and gives back the same bytes', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0xc3, 0x28])
    await workspace.write('a/b\\c/file.bin', bytes)
    expect(await workspace.read('./a/b/c/file.bin')).toEqual(bytes)
    expect(await readdir(join(root, 'a/b/c'))).toEqual(['file.bin'])
  })

  test('takes an empty file and 5 MB', async () => {
    await write('empty', '')
    await workspace.write('large', Buffer.alloc(5_000_000, 'x'))
    expect((await workspace.read('empty'))?.length).toBe(0)
    expect((await workspace.read('large'))?.equals(Buffer.alloc(5_000_000, 'x'))).toBe(true)
  })

  test('takes the longest name and the deepest folder (P8)', async () => {
    const deepest = `${'d/'.repeat(31)}file`
    await write('x'.repeat(255), 'long')
    await write(deepest, 'deep')
    expect(await textAt('x'.repeat(255))).toBe('long')
    expect(await textAt(deepest)).toBe('deep')
  })

  test('reads null where there is no file', async () => {
    await write('file', 'x')
    expect(await workspace.read('nothing')).toBeNull()
    expect(await workspace.read('no/thing')).toBeNull()
    expect(await workspace.read('file/below')).toBeNull()
  })

  test('checks every path (S105)', async () => {
    for (const path of ['../x', '/etc/passwd', '.git/config', 'CON', 'a\u202eb', '']) {
      expect((await errorOf(workspace.read(path))).code).toBe('invalid')
      expect((await errorOf(write(path, 'x'))).code).toBe('invalid')
    }
    expect(await readdir(root)).toEqual([])
  })

  test('50 writes at once to one file leave one of them whole, and to one new folder all of them', async () => {
    const texts = Array.from({ length: 50 }, (_, index) => String(index).repeat(10_000))
    await Promise.all(texts.map((text) => write('same/file', text)))
    expect(texts).toContain(await textAt('same/file'))
    await Promise.all(texts.map((text, index) => write(`new/er/${index}`, text)))
    expect(await readdir(join(root, 'new/er'))).toHaveLength(50)
    expect(await readdir(join(root, 'same'))).toEqual(['file'])
  })

  test('says that the workspace is gone, and does not make it again', async () => {
    await rm(root, { recursive: true })
    expect((await errorOf(write('file', 'x'))).code).toBe('not-found')
    expect(existsSync(root)).toBe(false)
    await mkdir(root)
  })
})

describe('what lies in the way', () => {
  test('a file where a folder is needed: the message names both (P8)', async () => {
    await write('a/file', 'old')
    const error = await errorOf(write('a/file/below/new.txt', 'new'))
    expect(error.code).toBe('conflict')
    expect(error.message).toContain('a/file/below/new.txt')
    expect(error.message).toContain('a/file is a file')
    expect(await textAt('a/file')).toBe('old')
  })

  test('a folder where a file is meant (P8)', async () => {
    await mkdir(join(root, 'folder'))
    for (const act of [() => write('folder', 'x'), () => workspace.read('folder')]) {
      const error = await errorOf(act())
      expect(error.code).toBe('conflict')
      expect(error.message).toContain('a folder')
    }
  })

  test.skipIf(isWindows)('a pipe, a socket: refused at once, by reading and writing (P10)', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    const server = createServer().listen(join(root, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    for (const kind of ['pipe', 'socket']) {
      const acts = [() => write(kind, 'x'), () => workspace.read(kind), () => write(`${kind}/below`, 'x')]
      for (const act of acts) {
        const error = await errorOf(act())
        expect(error.code).toBe('conflict')
        expect(error.message).toContain(`a ${kind}`)
      }
    }
    await new Promise((resolve) => server.close(resolve))
  })

  test.skipIf(isWindows)('a device (P10)', async (context) => {
    const made = spawnSync('mknod', [join(root, 'device'), 'c', '1', '3'])
    if (made.status !== 0) skipBecause(context, 'devices can be made by root only')
    expect((await errorOf(write('device', 'x'))).message).toContain('a device')
    expect((await errorOf(workspace.read('device'))).message).toContain('a device')
  })

  test('a link to a device (P10)', async () => {
    await symlink('/dev/zero', join(root, 'zero'))
    expect((await errorOf(workspace.read('zero'))).code).toBe('conflict')
    expect((await errorOf(write('zero', 'x'))).code).toBe('conflict')
  })

  test('another hard link keeps its bytes (P10)', async () => {
    await mkdir(join(root, 'outside'))
    await write('outside/kept', 'old')
    await link(join(root, 'outside/kept'), join(root, 'file'))
    await write('file', 'new')
    expect(await textAt('outside/kept')).toBe('old')
    expect(await textAt('file')).toBe('new')
  })
})

describe.skipIf(isWindows)('permissions (P10)', () => {
  test('a new file has what the umask leaves of 0644', async () => {
    const umask = process.umask(0o027)
    await write('file', 'x').finally(() => process.umask(umask))
    expect(await modeOf('file')).toBe(0o640)
  })

  test.each([
    [0o600, 0o600],
    [0o755, 0o755],
    [0o666, 0o666],
    [0o4755, 0o755],
    [0o6711, 0o711],
    [0o1644, 0o644],
  ])('a file of mode %o is replaced by one of mode %o', async (before, after) => {
    await write('file', 'old')
    await chmod(join(root, 'file'), before)
    await write('file', 'new')
    expect(await modeOf('file')).toBe(after)
    expect(await textAt('file')).toBe('new')
  })

  test('a read-only file is left alone, by root too', async () => {
    await write('file', 'old')
    await chmod(join(root, 'file'), 0o444)
    const error = await errorOf(write('file', 'new'))
    expect(error.code).toBe('unavailable')
    expect(error.message).toContain('read-only')
    expect(await textAt('file')).toBe('old')
  })

  test("what the user may not read or write is refused, with the file's name (S88)", async (context) => {
    for (const path of ['theirs/file', 'ours/secret', 'ours/unwritable']) await write(path, 'old')
    await chmod(root, 0o777)
    await chmod(join(root, 'ours'), 0o777)
    await chmod(join(root, 'ours/secret'), 0o200)
    await chmod(join(root, 'ours/unwritable'), isRoot ? 0o644 : 0o444)
    await chmod(join(root, 'theirs'), 0o555)
    const refused = ['theirs/file', 'theirs/new', 'theirs/a/b', 'ours/unwritable']
    const errors = errorsOfOrdinaryUser(
      ...refused.map((path) => `write:${path}`),
      'read:ours/secret',
      'write:ours/new',
    )
    await chmod(join(root, 'theirs'), 0o755)
    if (errors === null) skipBecause(context, 'no ordinary user can run this')

    const refusal = (verb: string, path: string) => ({
      code: 'unavailable',
      message: expect.stringContaining(`Could not ${verb} ${path}: `),
      hint: expect.any(String),
    })
    const expected = [...refused.map((path) => refusal('write', path)), refusal('read', 'ours/secret'), null]
    expect(errors).toEqual(expected)
    expect(await readdir(join(root, 'theirs'))).toEqual(['file'])
    expect(await textAt('theirs/file')).toBe('old')
    expect((await readdir(join(root, 'ours'))).sort()).toEqual(['new', 'secret', 'unwritable'])
  })

  test('an immutable file', async (context) => {
    await write('file', 'old')
    if (spawnSync('chattr', ['+i', join(root, 'file')]).status !== 0) {
      skipBecause(context, 'no file can be made immutable here')
    }
    const error = await errorOf(write('file', 'new'))
    execFileSync('chattr', ['-i', join(root, 'file')])
    expect(error.code).toBe('unavailable')
    expect(await textAt('file')).toBe('old')
    expect(await readdir(root)).toEqual(['file'])
  })
})
