import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from './dependencies.mjs'

/** Runs vitest on these files as `npm test` does: the exit code and the last line of the output. */
function runTests(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'paddock-count-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'tests'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(
      join(folder, 'tests', name),
      `import { beforeAll, describe, test } from 'vitest'\n${body}\n`,
    )
  }
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporter = join(root, 'scripts', 'count-reporter.mjs')
  const args = [vitest, 'run', '--root', folder, '--reporter=default', `--reporter=${reporter}`]
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, last: stdout.slice(stdout.lastIndexOf('\n', stdout.length - 2) + 1) }
}

test('the last line counts what passed, failed and was skipped', () => {
  const { status, last } = runTests({
    'a.test.mjs': `test('a', () => {}); describe('inner', () => test('b', () => {})); test.skip('c', () => {})`,
    'b.test.mjs': `test('d', () => { throw new Error('wrong') }); test.todo('e')`,
  })
  expect(last).toBe('2 passed, 1 failed, 2 skipped\n')
  expect(status).toBe(1)
})

test('a file that cannot be loaded, a failing hook and a stray error count as failed', () => {
  const { last } = runTests({
    'broken.test.mjs': `import './no-such-file.mjs'`,
    'hook.test.mjs': `beforeAll(() => { throw new Error('wrong') }); test('f', () => {})`,
    'stray.test.mjs': `test('g', () => { Promise.reject(new Error('stray')) })`,
  })
  expect(last).toBe('1 passed, 3 failed, 1 skipped\n')
})

test('a run in which all is well', () => {
  const { status, last } = runTests({ 'a.test.mjs': `test('a', () => {})` })
  expect(last).toBe('1 passed, 0 failed, 0 skipped\n')
  expect(status).toBe(0)
})
