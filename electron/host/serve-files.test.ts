import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { readServedFiles } from './serve-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-page-'))
  mkdirSync(join(folder, 'assets/deep'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const put = (name: string, text = name) => writeFileSync(join(folder, name), text)

test('files are found by their addresses, with type and how long they hold', () => {
  for (const name of ['index.html', 'assets/a-1.js', 'assets/a-1.css', 'assets/deep/i.ttf', 'mark.svg'])
    put(name)
  const files = readServedFiles(folder)
  expect([...files].map(([address, { type, cache }]) => [address, type, cache]).sort()).toEqual([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/assets/a-1.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/a-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/deep/i.ttf', 'font/ttf', 'public, max-age=31536000, immutable'],
    ['/mark.svg', 'image/svg+xml', 'no-cache'],
  ])
  expect(files.get('/')!.body.toString()).toBe('index.html')
})

test('links, maps and files of unknown kinds are not served', () => {
  put('index.html')
  put('assets/a-1.js.map')
  put('assets/.env')
  put('assets/program.exe')
  symlinkSync('/etc/passwd', join(folder, 'assets/passwd.json'))
  symlinkSync('/etc', join(folder, 'assets/etc'))
  expect([...readServedFiles(folder).keys()]).toEqual(['/'])
})

test('what is read stays the same when a build takes its place', () => {
  put('index.html', 'old')
  const files = readServedFiles(folder)
  put('index.html', 'new')
  expect(files.get('/')!.body.toString()).toBe('old')
})

test.each(['', 'nothing/here'])('where nothing is built, it is said what builds it: %j', (name) => {
  const read = () => readServedFiles(join(folder, name))
  expect(read).toThrow(AppError)
  expect(read).toThrow('The window is not built')
})
