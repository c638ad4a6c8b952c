import { execFile, execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ensureBuilt } from '../scripts/build.mjs'
import { chromiumPath } from './fixtures/chromium.ts'
import { createHome, projectFolder, type Home } from './fixtures/cli.ts'
import { hashFiles, readResult } from './fixtures/outputs.ts'

const run = promisify(execFile)
/** Runs a command where there is a loopback interface and no route to anywhere else. */
const alone = ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']

const canBeAlone = works([...alone, 'true'], 'network namespaces (unshare -n, as root, and ip)')
const canTrace = works(['strace', '-V'], 'strace')

function works([command = '', ...args]: string[], what: string): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    console.warn(`There is no ${what} here: what needs it is skipped.`)
    return false
  }
}

describe.skipIf(!canBeAlone).concurrent('where there is no network', { timeout: 60_000 }, () => {
  test('the rehearsal plays to its end, and reaches for nothing but loopback (S1, S104)', async () => {
    await using home = await createHome()
    const args = ['electron/cli.ts', 'rehearse', '--workspace', home.workspace, '--accept']
    const stdout = await runAlone(home, args, { PADDOCK_REHEARSAL_PACE: '50' })
    expect(stdout).toMatch(/^REHEARSAL Run \S+: completed\./m)
    expect(Object.keys(await hashFiles(home.workspace))).toContain('linkcheck/cli.py')
    await checkConnections(home)
  })

  test('a run on a server of this machine completes, and reaches for nothing but loopback (S1, S104)', async () => {
    await using home = await createHome()
    const stdout = await runAlone(home, [
      'e2e/fixtures/scripted-run.fixture.ts',
      home.folder,
      home.data,
      home.workspace,
    ])
    expect(stdout).toMatch(/^Run \S+: completed\./m)
    expect((await readResult(home.workspace)).status).toBe('completed')
    await checkConnections(home)
  })
})

describe.skipIf(!canBeAlone || !chromiumPath)('the window where there is no network', () => {
  test('plays the rehearsal and shows a file, editor and all, from this machine alone (S1, S104)', async () => {
    await ensureBuilt(['renderer'])
    await using home = await createHome()
    const args = ['e2e/fixtures/window-alone.fixture.ts', home.folder, home.data]
    // Beside the host, not before it: what is sent to a tracer does not reach what it traces.
    const [tracer, ...options] = tracing(home)
    const traced = tracer ? [tracer, '-D', ...options] : []
    const [command = '', ...rest] = [...alone, process.execPath, ...args, ...traced]
    const { stdout } = await run(command, rest, {
      cwd: projectFolder,
      timeout: 150_000,
      env: { ...temptations, PATH: process.env['PATH'], HOME: home.folder },
    })
    const { origin, asked, faults, text } = JSON.parse(stdout)
    expect(asked.filter((one: string) => one !== origin && one !== 'null')).toEqual([])
    expect(faults).toEqual([])
    expect(text).toContain('argparse')
    await checkConnections(home)
  }, 180_000)
})

const traceOf = ({ folder }: Home) => join(folder, 'trace')

/** A real key in the environment must not matter, nor a proxy. */
const temptations = {
  OPENAI_API_KEY: 'sk-real',
  HTTP_PROXY: 'http://203.0.113.7:3128',
  HTTPS_PROXY: 'http://203.0.113.7:3128',
  NODE_USE_ENV_PROXY: '1',
}

const tracing = (home: Home) =>
  canTrace ? ['strace', '-f', '-qq', '-e', 'trace=%network', '-o', traceOf(home)] : []

async function runAlone(home: Home, args: string[], env: Record<string, string> = {}): Promise<string> {
  const [command = '', ...rest] = [...alone, ...tracing(home), process.execPath, ...args]
  const { stdout } = await run(command, rest, {
    cwd: projectFolder,
    env: {
      ...temptations,
      PATH: process.env['PATH'],
      HOME: home.folder,
      PADDOCK_DATA_DIR: home.data,
      ...env,
    },
  })
  return stdout
}

/** Every address that any thread connected or sent to was 127.0.0.1, or a socket of the file system. */
async function checkConnections(home: Home): Promise<void> {
  if (!canTrace) return
  const lines = (await readFile(traceOf(home), 'utf8')).split('\n')
  const outward = lines.filter((line) =>
    /\b(?:connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET/.test(line),
  )
  expect(outward.length).toBeGreaterThan(10)
  expect(outward.filter((line) => !line.includes('inet_addr("127.0.0.1")'))).toEqual([])
}
