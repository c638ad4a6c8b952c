import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skipBecause } from '../../../e2e/fixtures/skip.ts'
import { AppError } from '../../../shared/errors.ts'
import { openLog, type Log, type LogOptions } from './log.ts'
import { logOptions } from './log-options.ts'

let folder: string
let file: string
const logs: Log[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paddock-log-'))
  file = join(folder, 'logs', 'paddock.log')
})
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function open(options: Partial<LogOptions> = {}, secrets: string[] = []): Log {
  const log = openLog({ level: 'INFO', file, maxMegabytes: 10, filesKept: 5, ...options }, secrets)
  logs.push(log)
  return log
}
type Line = { level: string; message: string; pid: number; time: string; [field: string]: unknown }
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)

const all = (log: Log) => {
  for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method](method)
}

describe('lines', () => {
  test('are JSON, with time, level, message and fields (S107, S108)', () => {
    open().info('[dev_001] Starting task: task_3', { run: 'r', task: 'task_3' })
    const [line] = linesOf(file)
    expect(line).toEqual({
      level: 'INFO',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: process.pid,
      message: '[dev_001] Starting task: task_3',
      run: 'r',
      task: 'task_3',
    })
  })

  test('of the start wait a moment where they may, in their order and with their own times; what is wrong waits for nothing', async () => {
    const log = open({ patience: 30 })
    log.info('first')
    await sleep(5)
    log.info('second')
    expect(readdirSync(folder)).toEqual([])
    await expect.poll(() => readdirSync(folder)).toEqual(['logs'])
    log.info('third')
    const lines = linesOf(file)
    expect(lines.map(({ message }) => message)).toEqual(['first', 'second', 'third'])
    expect(Date.parse(lines[1]!.time) - Date.parse(lines[0]!.time)).toBeGreaterThanOrEqual(4)

    const path = join(folder, 'other.log')
    const other = open({ patience: 60_000, file: path })
    other.info('before')
    other.warn('wrong')
    expect(linesOf(path).map(({ message }) => message)).toEqual(['before', 'wrong'])
  })

  test('that still wait when it is closed are written then', async () => {
    const log = open({ patience: 60_000 })
    log.info('last')
    await log.close()
    expect(linesOf(file)).toMatchObject([{ message: 'last' }])
  })

  test('hold nothing that steers a terminal, and lose nothing of it', () => {
    const message = 'a\u001b[31m\u007f\u009b31m\u202e\u2028b'
    open().info(message, { path: message })
    expect(readFileSync(file, 'utf8').trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u)
    expect(linesOf(file)).toMatchObject([{ message, path: message }])
  })

  test.each([
    ['DEBUG', ['DEBUG', 'INFO', 'WARNING', 'ERROR']],
    ['INFO', ['INFO', 'WARNING', 'ERROR']],
    ['WARNING', ['WARNING', 'ERROR']],
    ['ERROR', ['ERROR']],
  ] as const)('at the level %s are those of that level and above (S109)', (level, levels) => {
    all(open({ level }))
    expect(linesOf(file).map((line) => line.level)).toEqual(levels)
  })

  test('of errors have the trace, causes too (S108)', () => {
    const cause = new TypeError('no such host', { cause: new Error('the root of it') })
    const err = new AppError('unavailable', 'No server answers.', { hint: 'Start it.', cause })
    open().error('[dev_001] Error: No server answers.', { err })
    expect(linesOf(file)[0]!['err']).toEqual({
      type: 'AppError',
      message: 'No server answers.',
      code: 'unavailable',
      hint: 'Start it.',
      stack: expect.stringMatching(
        /AppError: No server answers\.\n +at .*log\.test\.ts[^]*caused by: TypeError: no such host\n +at [^]*caused by: Error: the root of it\n +at /,
      ),
    })
  })

  test('of errors whose causes go round end', () => {
    const err = new Error('one')
    err.cause = err
    open().error('', { err })
    expect(linesOf(file)[0]!['err']).toMatchObject({ message: 'one' })
  })

  test('are one line each, whatever is in them', () => {
    open().info('a\nb\r\n\u2028c', {
      path: 'x\ny',
      deep: { list: ['\n'] },
      big: 1n,
      bytes: Buffer.from('abc'),
    })
    expect(linesOf(file)).toMatchObject([
      { message: 'a\nb\r\n\u2028c', path: 'x\ny', big: '1', bytes: '3 bytes' },
    ])
  })

  test('with fields that cannot be read are lost, and nothing else is', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockReturnValue()
    const log = open()
    const hostile = {
      get x(): string {
        throw new Error('no')
      },
    }
    log.info('one', hostile)
    const round: Record<string, unknown> = {}
    round['self'] = round
    log.info('two', round)
    expect(linesOf(file).map(({ message }) => message)).toEqual(['two'])
    expect(warn).toHaveBeenCalledOnce()
  })

  test('hold no secret, by name and by value, at any depth (S107)', () => {
    const key = 'k-"quoted"\\key'
    const log = open({}, [key, 'not-needed'])
    const headers = { Authorization: `Bearer ${key}`, accept: 'x' }
    log.error(`it said ${key}`, {
      openai_api_key: 'short',
      deep: { list: [{ password: 'x', note: `${key}!` }], request: { headers } },
      tokens: 5,
      prompt_tokens: 7,
      token: 9,
      note: 'not-needed',
      err: new Error(`bad ${key}`, { cause: new Error(key) }),
    })
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('quoted')
    expect(JSON.parse(text)).toMatchObject({
      message: 'it said [redacted]',
      openai_api_key: '[redacted]',
      deep: { list: [{ password: '[redacted]', note: '[redacted]!' }], request: { headers: '[redacted]' } },
      tokens: 5,
      prompt_tokens: 7,
      token: 9,
      note: 'not-needed',
      err: { message: 'bad [redacted]' },
    })
  })
})

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

test('it lies in the data folder unless the settings name a file (S109)', () => {
  const settings = { log_level: 'DEBUG', log_file: null, log_max_megabytes: 1, log_files_kept: 2 } as const
  expect(logOptions(settings, '/data')).toEqual({
    level: 'DEBUG',
    file: join('/data', 'logs', 'paddock.log'),
    maxMegabytes: 1,
    filesKept: 2,
  })
  expect(logOptions({ ...settings, log_file: '/var/log/p.log' }, '/data').file).toBe('/var/log/p.log')
})
