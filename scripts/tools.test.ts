import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheFolder, findTool } from './tools.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-tools-'))
  vi.stubEnv('PATH', join(folder, 'bin'))
  vi.stubEnv('PADDOCK_CACHE_DIR', join(folder, 'cache'))
  vi.stubEnv('PADDOCK_CHROMIUM', undefined)
  vi.stubEnv('PADDOCK_LLAMA_SERVER', undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function createProgram(path: string, mode = 0o755): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '#!/bin/sh\n')
  chmodSync(file, mode)
  return file
}

describe('a tool is found', () => {
  test('nowhere', () => {
    expect(findTool('llama-server')).toBeNull()
    expect(findTool('chromium')).toBeNull()
    expect(findTool('python3')).toBeNull()
  })

  test('on the PATH, under the first of its names', () => {
    createProgram('bin/google-chrome')
    const chromium = createProgram('bin/chromium-browser')
    expect(findTool('chromium')).toBe(chromium)
  })

  test('in the cache folder, unless the PATH has one', () => {
    const fetched = createProgram('cache/llama-server/bin/llama-server')
    expect(findTool('llama-server')).toBe(fetched)
    const own = createProgram('bin/llama-server')
    expect(findTool('llama-server')).toBe(own)
  })

  test('where its variable says, and then nowhere else', () => {
    createProgram('bin/chromium')
    vi.stubEnv('PADDOCK_CHROMIUM', createProgram('mine'))
    expect(findTool('chromium')).toBe(join(folder, 'mine'))
    vi.stubEnv('PADDOCK_CHROMIUM', join(folder, 'no-such-program'))
    expect(findTool('chromium')).toBeNull()
  })

  test('only if it can be run', () => {
    createProgram('bin/python3', 0o644)
    mkdirSync(join(folder, 'bin', 'chromium'))
    expect(findTool('python3')).toBeNull()
    expect(findTool('chromium')).toBeNull()
  })
})

test.each([
  [{ PADDOCK_CACHE_DIR: '/own', XDG_CACHE_HOME: '/shared' }, '/own'],
  [{ PADDOCK_CACHE_DIR: undefined, XDG_CACHE_HOME: '/shared' }, '/shared/paddock'],
  [{ PADDOCK_CACHE_DIR: undefined, XDG_CACHE_HOME: 'not/absolute' }, join(homedir(), '.cache/paddock')],
  [{ PADDOCK_CACHE_DIR: '', XDG_CACHE_HOME: '' }, join(homedir(), '.cache/paddock')],
])('with %j the cache folder is %s', (environment, expected) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  expect(cacheFolder()).toBe(expected)
})
