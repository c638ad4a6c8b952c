import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findBuiltCore, coreStamp } from './built-core.mjs'
import { findNode, root } from './dependencies.mjs'

let clone: string
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'paddock-built-'))
  for (const folder of ['electron/core', 'shared', 'scripts'])
    mkdirSync(join(clone, folder), { recursive: true })
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }')
  copyFileSync(join(root, 'package-lock.json'), join(clone, 'package-lock.json'))
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
  for (const name of readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs')))
    copyFileSync(join(root, 'scripts', name), join(clone, 'scripts', name))
  write('electron/cli.ts', `import { say } from './core/say.ts'\nsay('said' as string)\n`)
  write('electron/api.ts', `export { say } from './core/say.ts'\n`)
  sayAs('once')
})
afterEach(() => rmSync(clone, { recursive: true }))

const write = (path: string, text: string) => writeFileSync(join(clone, path), text)
const sayAs = (how: string) =>
  write('electron/core/say.ts', `export const say = (what: string): void => console.log(what, '${how}')\n`)
/** What the clone's command line says. */
const run = () => execFileSync(findNode(), [join(clone, 'scripts/paddock.mjs')], { encoding: 'utf8' }).trim()
const builds = () => readdirSync(join(clone, 'dist'))

test('what is built says what its sources say, and is built once', () => {
  expect(run()).toBe('said once')
  const [built, ...others] = builds()
  expect(others).toEqual([])
  const cli = join(clone, 'dist', built!, 'cli.js')
  expect(execFileSync(findNode(), [cli], { encoding: 'utf8' }).trim()).toBe('said once')
  // What runs from here on is what was built, not the sources.
  writeFileSync(cli, 'console.log("built")\n')
  expect([run(), builds()]).toEqual(['built', [built]])
})

test('what was built from other sources never runs: changed, new, removed, or back again', () => {
  expect(run()).toBe('said once')
  sayAs('twice')
  expect(run()).toBe('said twice')
  write('shared/new.ts', 'export const news = 1\n')
  write('electron/cli.ts', `import { news } from '../shared/new.ts'\nconsole.log(news)\n`)
  expect(run()).toBe('1')
  write('electron/cli.ts', `import { say } from './core/say.ts'\nsay('said' as string)\n`)
  rmSync(join(clone, 'shared/new.ts'))
  sayAs('once')
  expect(run()).toBe('said once')
})

test('a test or another lock file decides as it should: the one not, the other does', () => {
  const stamp = coreStamp(clone)
  write('electron/core/say.test.ts', 'throw new Error()\n')
  expect(coreStamp(clone)).toBe(stamp)
  write('package-lock.json', '{}')
  expect(coreStamp(clone)).not.toBe(stamp)
})

test('sources that change while they are built are not kept under the old name', () => {
  const built = join(clone, 'dist', `core-${coreStamp(clone)}`)
  sayAs('meanwhile')
  expect(() =>
    execFileSync(findNode(), [join(clone, 'scripts/build-core.mjs'), clone, built], { stdio: 'ignore' }),
  ).toThrow('Command failed')
  expect([existsSync(built), builds()]).toEqual([false, []])
})

test('several that build at once all run, and leave one', async () => {
  const said = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = spawn(findNode(), [join(clone, 'scripts/paddock.mjs')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let text = ''
      child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
      await once(child, 'close')
      return text.trim()
    }),
  )
  expect(said).toEqual(['said once', 'said once', 'said once'])
  expect(builds()).toHaveLength(1)
})

test('where nothing can be built the sources run: no room for it, or an error in them', () => {
  write('dist', 'a file where the folder should be')
  expect([run(), findBuiltCore(clone)]).toEqual(['said once', null])
  rmSync(join(clone, 'dist'))
  write('electron/api.ts', `export { nothing } from './missing.ts'\n`)
  expect([run(), builds()]).toEqual(['said once', []])
})

test('what was built a week ago from other sources is removed', () => {
  for (const name of ['core-old', 'core-young', 'other-old'])
    mkdirSync(join(clone, 'dist', name), { recursive: true })
  const old = new Date(Date.now() - 8 * 86_400_000)
  for (const name of ['core-old', 'other-old']) utimesSync(join(clone, 'dist', name), old, old)
  run()
  expect(builds().sort()).toEqual([`core-${coreStamp(clone)}`, 'core-young', 'other-old'].sort())
})
