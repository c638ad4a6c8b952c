import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { openWorkspace } from './workspace.ts'

interface Layout {
  readonly name: string
  /** Link in the root -> its target; $BASE stands for the folder that holds `root` and `outside`. */
  readonly links: Readonly<Record<string, string>>
  readonly path: string
  /** Whether a plain write to the path changes something outside the root. */
  readonly escapes: boolean
  /** What `read` gives: the text, null, or a conflict. */
  readonly read: 'inside' | 'conflict' | null
  readonly write: 'written' | 'conflict'
}

function layout(
  name: string,
  links: Layout['links'],
  path: string,
  escapes: boolean,
  read: Layout['read'],
  write: Layout['write'] = 'conflict',
): Layout {
  return { name, links, path, escapes, read, write }
}

const INSIDE = 'inside'
const CONFLICT = 'conflict'
const layouts: readonly Layout[] = [
  layout('a file', {}, 'file.txt', false, INSIDE, 'written'),
  layout('a file in a folder', {}, 'dir/file.txt', false, INSIDE, 'written'),
  layout('a new file', {}, 'dir/new.txt', false, null, 'written'),
  layout('a new file in new folders', {}, 'x/y/z/new.txt', false, null, 'written'),
  layout('a file as a folder', {}, 'file.txt/new.txt', false, null),
  layout('a folder as a file', {}, 'dir', false, CONFLICT),

  layout('file link, inside, relative', { l: 'file.txt' }, 'l', false, INSIDE),
  layout('file link, inside, absolute', { l: '$BASE/root/file.txt' }, 'l', false, INSIDE),
  layout('file link, out and in again', { l: '../root/file.txt' }, 'l', false, INSIDE),
  layout('folder link, inside, relative', { l: 'dir' }, 'l/file.txt', false, INSIDE),
  layout('folder link, inside, absolute', { l: '$BASE/root/dir' }, 'l/file.txt', false, INSIDE),
  layout('folder link, inside, new file', { l: 'dir' }, 'l/new.txt', false, null),
  layout('folder link from below, inside', { 'dir/l': '../dir' }, 'dir/l/file.txt', false, INSIDE),

  layout('file link, out, relative', { l: '../outside/file.txt' }, 'l', true, CONFLICT),
  layout('file link, out, absolute', { l: '$BASE/outside/file.txt' }, 'l', true, CONFLICT),
  layout('file link to a sibling with the same start', { l: '../root-2/file.txt' }, 'l', true, CONFLICT),
  layout('folder link, out, relative', { l: '../outside' }, 'l/file.txt', true, CONFLICT),
  layout('folder link, out, absolute', { l: '$BASE/outside' }, 'l/file.txt', true, CONFLICT),
  layout('folder link, out, slash at the end', { l: '../outside/' }, 'l/file.txt', true, CONFLICT),
  layout('folder link, out, new file', { l: '../outside' }, 'l/new.txt', true, null),
  layout('folder link, out, new folder', { l: '../outside' }, 'l/new/new.txt', true, null),
  layout('folder link, out, as a file', { l: '../outside' }, 'l', false, CONFLICT),
  layout('folder link from below, out', { 'dir/l': '../../outside' }, 'dir/l/file.txt', true, CONFLICT),
  layout('link to the parent', { l: '..' }, 'l/outside/file.txt', true, CONFLICT),
  layout('link to the parent and back', { l: '..' }, 'l/root/file.txt', false, INSIDE),
  layout('link to the top of the disk', { l: '/' }, 'l$BASE/outside/file.txt', true, CONFLICT),
  layout('magic link', { l: '/proc/self/root' }, 'l$BASE/outside/file.txt', true, CONFLICT),

  layout('chain, inside', { a: 'b', b: 'c', c: 'dir' }, 'a/file.txt', false, INSIDE),
  layout('chain of files, out', { a: 'b', b: '../outside/file.txt' }, 'a', true, CONFLICT),
  layout('chain of folders, out', { a: 'b', b: 'c', c: '../outside' }, 'a/file.txt', true, CONFLICT),
  layout('chain through a link', { d: 'dir', l: 'd/../../outside' }, 'l/file.txt', true, CONFLICT),
  layout('link to a link out below', { 'dir/o': '../../outside', l: 'dir/o' }, 'l/file.txt', true, CONFLICT),

  layout('self', { self: '.' }, 'self/file.txt', false, INSIDE),
  layout('self, many times', { self: '.' }, 'self/self/self/dir/file.txt', false, INSIDE),
  layout('self, then out', { self: '.', l: '../outside' }, 'self/l/file.txt', true, CONFLICT),
  layout('link to the root', { l: '$BASE/root' }, 'l/dir/file.txt', false, INSIDE),
  layout('loop of one', { a: 'a' }, 'a', false, CONFLICT),
  layout('loop of two', { a: 'b', b: 'a' }, 'a', false, CONFLICT),
  layout('loop as a folder', { a: 'b', b: 'a' }, 'a/file.txt', false, CONFLICT),
  layout('dangling, inside', { l: 'nowhere' }, 'l', false, CONFLICT),
  layout('dangling, out', { l: '../outside/new.txt' }, 'l', true, CONFLICT),
  layout('dangling folder, out', { l: '../outside/nowhere' }, 'l/new.txt', false, null),
]

const bases: string[] = []
const platform = process.platform
afterEach(async () => {
  Object.defineProperty(process, 'platform', { value: platform })
  for (const base of bases.splice(0)) await rm(base, { recursive: true })
})

async function lay({ links }: Layout): Promise<string> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'paddock-links-')))
  bases.push(base)
  for (const folder of ['root/dir', 'outside', 'root-2']) await mkdir(join(base, folder), { recursive: true })
  for (const file of ['root/file.txt', 'root/dir/file.txt']) await writeFile(join(base, file), 'inside')
  for (const file of ['outside/file.txt', 'root-2/file.txt']) await writeFile(join(base, file), 'outside')
  for (const [link, target] of Object.entries(links)) {
    await symlink(target.replace('$BASE', base), join(base, 'root', link))
  }
  return base
}

/** Every name outside the root, with a file's text. */
async function outsideOf(base: string): Promise<string[]> {
  const names = await Promise.all(
    ['outside', 'root-2'].map((folder) => readdir(join(base, folder), { recursive: true })),
  )
  const places = [
    ...(names[0] ?? []).map((name) => `outside/${name}`),
    ...(names[1] ?? []).map((name) => `root-2/${name}`),
  ]
  const entries = places.map(async (place) => {
    const isFile = (await lstat(join(base, place))).isFile()
    return isFile ? `${place}: ${await readFile(join(base, place), 'utf8')}` : place
  })
  return [...(await Promise.all(entries)), ...(await readdir(base))].sort()
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError && error.hint ? error.code : String(error)),
  )
}

// "darwin" takes the way for systems without /proc; its names are the only thing that differs here.
describe.each(platform === 'linux' ? ['linux', 'darwin'] : [platform])('links, as on %s (P1)', (system) => {
  test.each(layouts)('$name', async (given) => {
    const base = await lay(given)
    Object.defineProperty(process, 'platform', { value: system })
    const before = await outsideOf(base)
    const workspace = await openWorkspace(join(base, 'root'))
    const path = given.path.replace('$BASE', base)

    if (given.read === 'conflict') expect(await codeOf(workspace.read(path))).toBe('conflict')
    else expect((await workspace.read(path))?.toString() ?? null).toBe(given.read)

    if (given.write === 'conflict')
      expect(await codeOf(workspace.write(path, Buffer.from('new')))).toBe('conflict')
    else {
      await workspace.write(path, Buffer.from('new'))
      expect(await readFile(join(base, 'root', path), 'utf8')).toBe('new')
    }
    expect(await outsideOf(base)).toEqual(before)
    const left = [...(await readdir(join(base, 'root'))), ...(await readdir(join(base, 'root/dir')))]
    expect(left.filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('the same links without protection: the control (P1)', () => {
  test.each(layouts)('$name', async (given) => {
    const base = await lay(given)
    const before = await outsideOf(base)
    const place = join(base, 'root', given.path.replace('$BASE', base))
    await mkdir(dirname(place), { recursive: true }).catch(() => {})
    await writeFile(place, 'new').catch(() => {})
    expect((await outsideOf(base)).join() !== before.join()).toBe(given.escapes)
  })
})
