import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, parse } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refuseMistake, warningOf } from './workspace-choice.ts'

let folder: string
let data: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'paddock-choice-')))
  data = join(folder, 'data')
  mkdirSync(join(data, 'runs'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

const refusalOf = (path: string, dataFolder = data): string => {
  try {
    refuseMistake(path, dataFolder)
    return ''
  } catch (error) {
    const { message, hint } = error as { message: string; hint: string }
    return `${message} ${hint}`
  }
}

describe('a workspace that can only be a mistake is refused, with the reason and a way out', () => {
  test('the top of the disk', () => {
    const said = refusalOf(parse(folder).root)
    expect(said).toContain('it is the top of the whole disk. Choose a folder of the project')
    expect(said).toContain(join(homedir(), 'my-project'))
  })

  test("Paddock's own data, and all that is in it, also before it is there", () => {
    for (const path of [data, join(data, 'runs'), join(data, 'not', 'there')])
      expect(refusalOf(path)).toContain('Paddock keeps its own data there')
    expect(refusalOf(join(folder, 'new-data'), join(folder, 'new-data'))).toContain('its own data')
    expect(refusalOf(join(folder, 'data-of-mine'))).toBe('')
  })

  test('by whatever link it is reached', () => {
    symlinkSync(data, join(folder, 'link'))
    symlinkSync(parse(folder).root, join(folder, 'top'))
    expect(refusalOf(join(folder, 'link', 'runs'))).toContain('its own data')
    expect(refusalOf(join(folder, 'link', 'missing'))).toContain('its own data')
    expect(refusalOf(join(folder, 'top'))).toContain('top of the whole disk')
  })

  test
    .skipIf(process.platform === 'win32')
    .each([
      ...[
        '/etc',
        '/etc/ssl',
        '/etc/not-there/at-all',
        '/bin',
        '/usr/bin',
        '/usr',
        '/var',
        '/proc/self',
        '/home',
      ],
      ...['/etc/', '/usr/../etc'],
    ])('%s, which is of the system', (path) => {
    expect(refusalOf(path)).toContain('it belongs to the system')
  })
})

test
  .skipIf(process.platform === 'win32')
  .each([
    ...['/srv/shop', '/opt/shop', '/mnt', '/var/www/shop', '/usr/local/src/shop', '/home/ada', '/etcetera'],
    ...['/run/media/ada/stick/shop'],
  ])('%s may be a workspace', (path) => expect(refusalOf(path)).toBe(''))

test('the home folder may be one, but a person is warned of it', () => {
  expect(refusalOf(homedir())).toBe('')
  expect(warningOf(homedir())).toContain('your whole home folder')
  expect(warningOf(join(homedir(), 'shop'))).toBeNull()
  expect(warningOf(dirname(folder))).toBeNull()
})
