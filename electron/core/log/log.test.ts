import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { logOptions } from './log-options.ts'
import { all, file, folder, linesOf, makeFolder, open, removeFolder } from './log.fixture.ts'

beforeEach(makeFolder)
afterEach(removeFolder)

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
