import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeClone } from './clone.fixture.ts'

const commandLine = `
const args: string[] = process.argv.slice(2)
let count = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => console.log(signal, ++count))
process.on('SIGUSR2', () => process.exit(7))
if (args.includes('--wait')) setInterval(() => {}, 1000)
else process.exitCode = 5
console.log(JSON.stringify({ args, cwd: process.cwd(), pid: process.pid }))
if (args.includes('--die')) process.kill(process.pid, 'SIGKILL')
`

let clone: string

beforeAll(() => void (clone = makeClone(commandLine)))

afterAll(() => rmSync(clone, { recursive: true }))

type Launch = { script: string; args: string[]; underNpm?: boolean; signals?: NodeJS.Signals[] }

/** Runs a script of the clone in its folder `electron`, and sends it the next signal after each line it prints. */
async function launch({ script, args, underNpm = false, signals = [] }: Launch) {
  const { npm_command: _, ...environment } = process.env
  const child = spawn(process.execPath, [join(clone, 'scripts', script), ...args], {
    cwd: join(clone, 'electron'),
    env: underNpm ? { ...environment, npm_command: 'exec' } : environment,
    // A terminal here would be taken for the sender of the signals.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    const next = signals[lines.length - 1]
    if (next) child.kill(next)
    else if (lines.length > signals.length && signals.length > 0) setTimeout(endCli, 200, lines[0] ?? '')
  }
  const [code] = await ended
  const { pid, ...told } = JSON.parse(lines[0] ?? '') as { pid: number; args: string[]; cwd: string }
  return { code, told, received: lines.slice(1), isInProcess: pid === child.pid }
}

function endCli(firstLine: string): void {
  process.kill(JSON.parse(firstLine).pid, 'SIGUSR2')
}

describe('the launcher', () => {
  test.each([false, true])('passes arguments, folder and exit code (under npm: %j)', async (underNpm) => {
    const args = ['run', 'a b.md', '--json', '--', '']
    const { code, told, isInProcess } = await launch({ script: 'paddock.mjs', args, underNpm })
    expect(told).toEqual({ args, cwd: join(clone, 'electron') })
    expect(code).toBe(5)
    expect(isInProcess).toBe(!underNpm)
  })

  test('builds the window for the command that serves it, and for no other', async () => {
    const page = join(clone, 'dist/renderer/index.html')
    rmSync(join(clone, 'dist'), { recursive: true, force: true })
    await launch({ script: 'paddock.mjs', args: ['run', '--workspace', 'serve'] })
    expect(existsSync(page)).toBe(false)
    await launch({ script: 'paddock.mjs', args: ['--config', 'run', 'serve'] })
    expect(existsSync(page)).toBe(true)
  })

  test('of npm start adds its arguments to the browser host', async () => {
    const { code, told } = await launch({ script: 'start.mjs', args: ['--no-open'] })
    expect(told.args).toEqual(['serve', '--no-open'])
    expect(code).toBe(5)
  })

  test('passes each signal on once, and waits for the exit code', async () => {
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const { code, received } = await launch({
      script: 'start.mjs',
      args: ['--wait'],
      signals,
      underNpm: true,
    })
    expect(received).toEqual(['SIGINT 1', 'SIGTERM 2', 'SIGHUP 3'])
    expect(code).toBe(7)
  })

  test('gives the exit code of a shell where a signal ended the program', async () => {
    const { code } = await launch({ script: 'start.mjs', args: ['--die'], underNpm: true })
    expect(code).toBe(128 + 9)
  })
})
