import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { findProgram, usualFolders } from './find-program.ts'

const suffix = process.platform === 'win32' ? '.exe' : ''
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-program-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Puts a program into a folder of its own. */
function install(place: string, mode = 0o755): string {
  const path = join(folder, place, `llama-server${suffix}`)
  mkdirSync(join(folder, place), { recursive: true })
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}
const find = (searchPath: string, usual: readonly string[] = []) =>
  findProgram('llama-server', searchPath, usual)

describe('where llama-server is looked up (S55)', () => {
  test('the search path, from its beginning', () => {
    const first = install('first')
    install('second')
    const path = ['nowhere', 'first', 'second'].map((name) => join(folder, name)).join(delimiter)
    expect(find(path)).toBe(first)
  })

  test('the usual folders where the search path has none, as of an app that the Finder starts', () => {
    const brewed = install('homebrew')
    expect(find('/usr/bin:/bin:/usr/sbin:/sbin', [join(folder, 'nowhere'), join(folder, 'homebrew')])).toBe(
      brewed,
    )
    expect(find('', [join(folder, 'homebrew')])).toBe(brewed)
  })

  test('the search path goes before the usual folders', () => {
    const own = install('own')
    install('homebrew')
    expect(find(join(folder, 'own'), [join(folder, 'homebrew')])).toBe(own)
  })

  test('a path is taken as it is, and nowhere else', () => {
    install('homebrew')
    const path = join(folder, `nowhere/llama-server${suffix}`)
    expect(() => findProgram(path, '', [join(folder, 'homebrew')])).toThrow(
      expect.objectContaining({ code: 'not-found', hint: expect.stringContaining('llama_server.binary') }),
    )
  })

  const isWindows = skips(process.platform === 'win32', 'a file that may not be run, as this is Windows')
  test.skipIf(isWindows)('what may not be run is passed over, and named where there is no other', () => {
    const forbidden = install('forbidden', 0o644)
    const brewed = install('homebrew')
    const usual = [join(folder, 'homebrew')]
    expect(find(join(folder, 'forbidden'), usual)).toBe(brewed)
    expect(() => find(join(folder, 'forbidden'))).toThrow(`The program ${forbidden} may not be run.`)
  })

  test('the usual folders are those of Homebrew, MacPorts and the person; none on Windows', () => {
    for (const platform of ['darwin', 'linux'] as const)
      expect(usualFolders(platform, '/home/me')).toEqual(
        expect.arrayContaining(['/opt/homebrew/bin', '/usr/local/bin', join('/home/me', '.local', 'bin')]),
      )
    expect(usualFolders('win32', 'C:\\Users\\me')).toEqual([])
  })
})
