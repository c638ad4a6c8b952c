// Takes the README's pictures: plays the rehearsal in the real window, in Chromium, on folders of its own.
//
//   node scripts/take-pictures.mjs [FOLDER]

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import { ensureBuilt } from './build.mjs'
import { cli, findNode, root } from './dependencies.mjs'
import { SetupError, runMain, say } from './run.mjs'
import { findTool } from './tools.mjs'

const size = { width: 1280, height: 800 }
const folder = process.argv[2] ?? join(root, 'resources', 'pictures')

await runMain(async () => {
  const program = findTool('chromium')
  if (!program) throw new SetupError('Pictures are taken with Chromium, which is not here: npm test gets it.')
  await ensureBuilt(['renderer'])
  mkdirSync(folder, { recursive: true })
  const home = mkdtempSync(join(tmpdir(), 'paddock-'))
  const host = await serve(home)
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: size, colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.goto(host.address)
    await page.getByRole('button', { name: 'Start the rehearsal' }).click()
    // The moment that shows most: two agents write side by side.
    const working = page.getByText('Working', { exact: true })
    await working.nth(1).waitFor({ timeout: 120_000 })
    await page.waitForTimeout(2000)
    await take(page, 'run')
    await page.getByRole('button', { name: /^Review 16 files/ }).click({ timeout: 120_000 })
    await page.locator('.monaco-diff-editor .view-line').first().waitFor({ timeout: 60_000 })
    await page.waitForTimeout(1500)
    await take(page, 'review')
  } finally {
    await browser.close()
    await host.stop()
    rmSync(home, { recursive: true, force: true })
  }
})

/** One picture of what is there, in each theme. */
async function take(page, name) {
  for (const theme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForTimeout(300)
    const path = join(folder, `${name}-${theme}.png`)
    await page.screenshot({ path })
    say(path)
  }
}

async function serve(home) {
  const child = spawn(findNode(), [cli, 'serve', '--no-open'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: home, PADDOCK_DATA_DIR: join(home, 'data') },
  })
  const ended = once(child, 'exit')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const stop = () => (child.kill('SIGTERM'), ended)
  return { address: /http:\S+/.exec(line)[0], stop }
}
