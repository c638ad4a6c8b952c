import { execFile } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ensureBuilt } from '../scripts/build.mjs'
import { readArchive } from './fixtures/read-archive.ts'
import { createHome, projectFolder, type Home } from './fixtures/cli.ts'

/** What marks the place of the fuses in a program of Electron; behind it version, length and one byte for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const unset = '0'.repeat(9)

let home: Home
let unpacked: string

// The real binary is fetched when it is first used, which this machine may refuse: what packs and flips fuses looks only
// for the mark in a file of the right name.
beforeAll(async () => {
  await ensureBuilt()
  home = await createHome()
  const electron = join(home.folder, 'electron')
  await mkdir(join(electron, 'resources'), { recursive: true })
  const { version } = JSON.parse(
    await readFile(join(projectFolder, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string }
  await writeFile(join(electron, 'version'), version)
  await writeFile(
    join(electron, 'electron'),
    `\x7fELF${'\0'.repeat(64)}${sentinel}\x01\x09${unset}${'\0'.repeat(64)}`,
  )
  await chmod(join(electron, 'electron'), 0o755)
  const output = join(home.folder, 'packages')
  const args = [
    '--linux',
    'dir',
    '--x64',
    `-c.electronDist=${electron}`,
    `-c.directories.output=${output}`,
    '--publish',
    'never',
  ]
  const builder = fileURLToPath(import.meta.resolve('electron-builder/cli.js'))
  await promisify(execFile)(process.execPath, [builder, ...args], { cwd: projectFolder })
  unpacked = join(output, 'linux-unpacked')
  return () => home[Symbol.asyncDispose]()
})

test('the fuses are as security needs them', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'paddock'))
  const on = FuseState.ENABLE
  const off = FuseState.DISABLE
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  })
})

test('the archive holds the app and what it reads, and nothing else', async () => {
  const files = await readArchive(join(unpacked, 'resources/app.asar'))
  const names = [...files.keys()]
  for (const name of [
    '/package.json',
    '/dist/main.js',
    '/dist/preload.cjs',
    '/dist/renderer/index.html',
    '/resources/workflows/feature_development.yaml',
    '/resources/icons/icon.svg',
  ])
    expect(names).toContain(name)
  expect(names.filter((name) => !/^\/(package\.json|dist|resources)/.test(name))).toEqual([])
  expect(names.filter((name) => /node_modules|\.test\.|\.stamp$|\.map$|packages/.test(name))).toEqual([])
  const manifest = JSON.parse(files.get('/package.json')!.toString('utf8')) as object
  expect(manifest).toMatchObject({ name: 'paddock', main: 'dist/main.js', type: 'module' })
  const { appId, linux } = parse(await readFile(join(projectFolder, 'electron-builder.yml'), 'utf8')) as {
    appId: string
    linux: object
  }
  expect([manifest, linux]).toMatchObject([{ desktopName: `${appId}.desktop` }, { syncDesktopName: true }])
  expect(files.get('/dist/main.js')).toEqual(await readFile(join(projectFolder, 'dist/main.js')))
})

test('no URL scheme is registered, and Windows keeps its file kinds', async () => {
  const config = parse(await readFile(join(projectFolder, 'electron-builder.yml'), 'utf8')) as Record<
    string,
    object
  >
  expect(JSON.stringify(config)).not.toContain('"protocols"')
  expect(config).not.toHaveProperty('fileAssociations')
  expect(config['win']).not.toHaveProperty('fileAssociations')
  expect(config['mac']).toMatchObject({ fileAssociations: [{ role: 'Viewer', rank: 'Alternate' }] })
})

test('a deb has what it must name: who maintains it, and a home page', async () => {
  const manifest: unknown = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'))
  expect(manifest).toMatchObject({
    author: { name: expect.stringMatching(/\S/), email: expect.stringMatching(/^\S+@\S+$/) },
    homepage: expect.stringMatching(/^https:\/\//),
  })
})
