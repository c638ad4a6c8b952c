import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findNode, isInstalled, isNewEnough } from './dependencies.mjs'

type Packages = Record<string, Record<string, unknown>>

const wanted: Packages = {
  '': {},
  'node_modules/plain': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/here': { version: '2.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  'node_modules/elsewhere': { version: '2.0.0', optional: true, os: ['aix'], cpu: [process.arch] },
  'node_modules/musl': { version: '2.0.0', optional: true, os: [process.platform], libc: ['musl'] },
  'node_modules/of-an-optional-one': { version: '3.0.0', optional: true },
}
const installed: Packages = {
  'node_modules/plain': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/here': { version: '2.0.0' },
}

function createFolder(lock: string, record: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-dependencies-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package-lock.json'), lock)
  if (record !== null) writeFileSync(join(folder, 'node_modules', '.package-lock.json'), record)
  return folder
}

const json = (packages: Packages) => JSON.stringify({ packages })

describe('node_modules is what package-lock.json says', () => {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(installed).filter(([path]) => path !== `node_modules/${name}`))
  const cases: [string, string, string | null, boolean][] = [
    ['all that is for this machine is there', json(wanted), json(installed), true],
    [
      'there is more than asked for',
      json(wanted),
      json({ ...installed, 'node_modules/more': { version: '1.0.0' } }),
      true,
    ],
    ['nothing was installed, or an install was cut off', json(wanted), null, false],
    ['a package is missing', json(wanted), json(without('plain')), false],
    ['an optional package for this machine is missing', json(wanted), json(without('here')), false],
    [
      'a package has another version',
      json(wanted),
      json({ ...installed, 'node_modules/here': { version: '2.0.1' } }),
      false,
    ],
    [
      'a package has other bytes',
      json(wanted),
      json({ ...installed, 'node_modules/plain': { version: '1.0.0' } }),
      false,
    ],
    ['the record is broken', json(wanted), '{"pack', false],
    ['the lock file is broken', '<<<<<<<', json(installed), false],
  ]
  test.each(cases)('%s', (_, lock, record, expected) => {
    expect(isInstalled(createFolder(lock, record))).toBe(expected)
  })
})

test.each([
  ['v24.0.0', true],
  ['v24.21.0\n', true],
  ['v100.1.0', true],
  ['v23.11.0', false],
  ['v20.20.2', false],
  ['v2.4.0', false],
  ['', false],
  [undefined, false],
])('Node %j is new enough: %j', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected)
})

test('the Node among the packages is 24 or later', () => {
  expect(isNewEnough(spawnSync(findNode(), ['--version'], { encoding: 'utf8' }).stdout)).toBe(true)
})

test('without a Node among the packages this one is taken', () => {
  expect(findNode(createFolder('{}', null))).toBe(process.execPath)
})
