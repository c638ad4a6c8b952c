import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './dependencies.mjs'

/**
 * Makes a clone that has the real scripts and packages, but a command line that tells what it was called with, a page
 * of one line and, where they are given, files of a package `electron` of its own.
 */
export function makeClone(commandLine: string, electron?: Readonly<Record<string, string>>): string {
  const clone = mkdtempSync(join(tmpdir(), 'paddock-clone-'))
  chmodSync(clone, 0o755)
  for (const folder of ['electron', 'renderer', 'scripts', 'shared', 'node_modules'])
    mkdirSync(join(clone, folder))
  write(clone, {
    'package.json': '{ "type": "module" }',
    'electron/cli.ts': commandLine,
    'electron/main.ts': "console.log('main')",
    'electron/preload.ts': "console.log('preload')",
    'renderer/index.html': '<title>A page</title>',
  })
  for (const name of ['package-lock.json', 'vite.config.ts', 'tsconfig.json'])
    copyFileSync(join(root, name), join(clone, name))
  for (const name of readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs')))
    copyFileSync(join(root, 'scripts', name), join(clone, 'scripts', name))
  // What tools keep there for themselves stays with the original.
  const packages = readdirSync(join(root, 'node_modules')).filter(
    (name) => !name.startsWith('.') || name === '.package-lock.json',
  )
  for (const name of packages.filter((name) => !(electron && name === 'electron')))
    symlinkSync(join(root, 'node_modules', name), join(clone, 'node_modules', name))
  if (electron) {
    mkdirSync(join(clone, 'node_modules/electron'))
    const manifest = readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')
    write(join(clone, 'node_modules/electron'), { 'package.json': manifest, ...electron })
  }
  return clone
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}
