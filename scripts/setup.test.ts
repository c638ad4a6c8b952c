import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { isDebianLike } from './setup.mjs'

const script = fileURLToPath(new URL('setup.mjs', import.meta.url))

/** Runs set-up on a machine that has these programs, each a line of sh, and nothing else. */
function runSetup(programs: Record<string, string>, environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-setup-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, line] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const env = { PATH: folder, HOME: folder, PADDOCK_CACHE_DIR: join(folder, 'cache'), ...environment }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

test.each([
  ['ID=debian\nVERSION_ID="12"\n', true],
  ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ["ID='debian'\n", true],
  ['ID=fedora\nID_LIKE="rhel centos"\nHOME_URL="https://debian.example"\n', false],
  ['ID=notdebian\nVARIANT_ID=debian\n', false],
  ['', false],
])('%j is Debian or made from it: %j', (release, expected) => {
  expect(isDebianLike(release)).toBe(expected)
})

test('what is missing is said plainly, and fails nothing but a CI', () => {
  const here = runSetup({ chromium: 'exit 1' })
  expect(here.status).toBe(0)
  expect(here.stderr).toContain('the tests that need them are skipped')
  const ci = runSetup({ chromium: 'exit 1' }, { CI: 'true' })
  expect(ci.status).toBe(1)
  for (const { stdout, stderr } of [here, ci]) {
    expect(stdout).toBe('')
    expect(stderr).toContain('python3: not found. Install Python 3')
    expect(stderr).toMatch(/chromium: \S+\/chromium does not run\. Install Chromium/)
    expect(stderr).toContain('llama-server: not found. Install llama.cpp')
  }
})

test('nothing is done where everything is there', () => {
  const { status, stderr } = runSetup(
    { python3: 'exit 0', chromium: 'exit 0', 'llama-server': 'exit 0', 'apt-get': '[ "$1" = --version ]' },
    { CI: 'true' },
  )
  expect(status).toBe(0)
  expect(stderr).not.toMatch(/installing|fetching|missing/)
})
