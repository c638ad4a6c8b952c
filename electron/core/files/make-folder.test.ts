import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { skips } from '../../../e2e/fixtures/skip.ts'
import { makeFolder } from './make-folder.ts'

let home: string
beforeAll(() => void (home = mkdtempSync(join(tmpdir(), 'paddock-make-folder-'))))
afterAll(() => rmSync(home, { recursive: true }))

test('what is missing is made, and the outermost of it is told', () => {
  expect(makeFolder(join(home, 'a/b/c'), 0o700)).toBe(join(home, 'a'))
  expect(statSync(join(home, 'a/b/c')).isDirectory()).toBe(true)
  expect(makeFolder(join(home, 'a/b'))).toBeUndefined()
})

test('a file in its way is an error, and stays', () => {
  const file = join(home, 'file')
  writeFileSync(file, 'text')
  expect(() => makeFolder(file)).toThrow('EEXIST')
  expect(() => makeFolder(join(file, 'inner'))).toThrow('ENOTDIR')
  expect(statSync(file).size).toBe(4)
})

test.skipIf(skips(!existsSync('/proc/self'), 'a folder that nobody can make, as there is no /proc here'))(
  'where no folder can be, it is said and not tried for ever (S88)',
  () => {
    expect(() => makeFolder('/proc/paddock/inner')).toThrow('ENOENT')
  },
)
