import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { all, file, folder, linesOf, logs, makeFolder, open, removeFolder } from './log.fixture.ts'

beforeEach(makeFolder)
afterEach(removeFolder)

describe('the file', () => {
  test('is not there before the first line, and then for its owner alone', async () => {
    const log = open({ level: 'WARNING' })
    log.info('nothing')
    await log.close()
    expect(readdirSync(folder)).toEqual([])
    log.warn('something')
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'logs')).mode & 0o077).toBe(0)
  })

  test('has the last line before a process dies', async () => {
    const source = `
      const { openLog } = await import(${JSON.stringify(join(import.meta.dirname, 'log.ts'))})
      const log = openLog({ level: 'INFO', file: ${JSON.stringify(file)}, maxMegabytes: 1, filesKept: 1 })
      log.error('the last')
      process.kill(process.pid, 'SIGKILL')
      await new Promise(() => {})`
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' })
    await once(child, 'exit')
    expect(linesOf(file).map(({ message }) => message)).toEqual(['the last'])
  })

  test('is put aside when it is full, and so many old ones are kept (S119)', () => {
    const log = open({ maxMegabytes: 2 / 1024, filesKept: 3 })
    for (let n = 0; n < 200; n++) log.info(String(n))
    const names = readdirSync(join(folder, 'logs')).sort()
    expect(names).toHaveLength(4)
    expect(names[0]).toBe('paddock.log')
    const paths = [...names.slice(1), names[0]!].map((name) => join(folder, 'logs', name))
    for (const path of paths) expect(statSync(path).size).toBeLessThanOrEqual(2048)
    const numbers = paths.flatMap(linesOf).map(({ message }) => Number(message))
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => 200 - numbers.length + n))
  })

  test('that is put aside by another hand, or deleted, is made anew', () => {
    const log = open()
    log.info('one')
    rmSync(file)
    log.info('two')
    expect(linesOf(file).map(({ message }) => message)).toEqual(['two'])
  })

  test('no other file of that folder is removed', () => {
    mkdirSync(join(folder, 'logs'))
    const strangers = [
      'paddock.log.1',
      'paddock.log.old',
      'paddock.logs',
      'other.log.20260101T000000.000-1-000000',
    ]
    for (const name of strangers) writeFileSync(join(folder, 'logs', name), '')
    const log = open({ maxMegabytes: 1 / 1024, filesKept: 0 })
    for (let n = 0; n < 50; n++) log.info(String(n))
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['paddock.log', ...strangers].sort())
  })

  test('is shared by two processes: no line is lost or torn while both put it aside (S119)', async () => {
    const each = 3000
    const program = join(import.meta.dirname, 'two-processes.fixture.ts')
    const children = ['a', 'b'].map((name) =>
      spawn(process.execPath, [program, file, name, String(each), String(8 / 1024), '1000'], {
        stdio: 'pipe',
      }),
    )
    const stderr = children.map((child) => child.stderr.toArray())
    for (const child of children) child.stdout.resume()
    expect(await Promise.all(children.map((child) => once(child, 'exit')))).toEqual([
      [0, null],
      [0, null],
    ])
    expect((await Promise.all(stderr)).flat().join('')).toBe('')
    const names = readdirSync(join(folder, 'logs'))
    expect(names.length).toBeGreaterThan(20)
    const messages = names.flatMap((name) =>
      linesOf(join(folder, 'logs', name)).map(({ message }) => message),
    )
    expect(messages).toHaveLength(2 * each)
    expect(new Set(messages).size).toBe(2 * each)
  }, 60_000)
})

describe('a log that cannot be written says so once, and fails nobody', () => {
  test.each([
    ['its place is a folder', () => mkdirSync(file, { recursive: true })],
    ['a file is in the way of its folder', () => writeFileSync(join(folder, 'logs'), '')],
  ])('%s (S88)', (_, spoil) => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    spoil()
    const log = open()
    all(log)
    expect(warn).toHaveBeenCalledOnce()
    expect(warn.mock.calls[0]![0]).toContain(`Could not write the log ${file}`)
  })

  test('the disk is full: when there is room it goes on, with whole lines (S88)', async (context) => {
    const disk = join(folder, 'logs')
    mkdirSync(disk)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0)
      skipBecause(context, 'no small disk can be mounted here')
    try {
      const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(32 * 1024))
      const log = open()
      for (let n = 0; n < 100; n++) log.info(`${n} ${'x'.repeat(1000)}`)
      expect(warn.mock.calls).toEqual([[`Could not write the log ${file}: the disk is full.`]])
      rmSync(join(disk, 'ballast'))
      log.info('there is room')
      const lines = readFileSync(file, 'utf8').split('\n')
      expect(JSON.parse(lines.at(-2)!)).toMatchObject({ message: 'there is room' })
      // One line was cut off; the next began below it.
      const torn = lines.slice(0, -1).filter((line) => !line.endsWith('}'))
      expect(torn).toHaveLength(1)
    } finally {
      for (const log of logs.splice(0)) await log.close()
      spawnSync('umount', [disk])
    }
  })
})
