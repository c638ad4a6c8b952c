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
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    // Slowly, so that what is written side by side stays there for both pictures.
    await inWindow(browser, { PADDOCK_REHEARSAL_PACE: '0.4' }, takeRun)
    await inWindow(browser, { PADDOCK_REHEARSAL_PACE: '10' }, takeReview)
  } finally {
    await browser.close()
  }
})

/** The moment that shows most: two agents write at once. */
async function takeRun(page) {
  await page.getByRole('button', { name: 'Start the rehearsal' }).click()
  await page.getByText('Working', { exact: true }).nth(1).waitFor({ timeout: 120_000 })
  await page.waitForTimeout(2500)
  await take(page, 'run', 300)
}

/** A file that was there before, beside what became of it. */
async function takeReview(page) {
  await page.getByRole('button', { name: 'Start the rehearsal' }).waitFor()
  // With the keys: what is read meanwhile moves the list.
  await page.getByRole('combobox').first().press('ArrowDown')
  await page.getByRole('option', { name: 'Timesheet totals are too small' }).waitFor()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Start the rehearsal' }).click()
  await page.getByText('Completed', { exact: true }).nth(3).waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: /^Review \d+ files?/ }).click()
  await page.getByText('parse.py', { exact: true }).first().click()
  await page.locator('.monaco-diff-editor .view-line').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(2000)
  await take(page, 'review', 3000)
}

/** Does something in a window whose home is new, and gone afterwards. */
async function inWindow(browser, env, work) {
  const home = mkdtempSync(join(tmpdir(), 'paddock-'))
  const host = await serve(home, env)
  try {
    const page = await browser.newPage({ viewport: size, colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.goto(host.address)
    await work(page)
    await page.close()
  } finally {
    await host.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** One picture of what is there, in each theme; so many milliseconds are for the page to take it on. */
async function take(page, name, milliseconds) {
  for (const theme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForTimeout(milliseconds)
    const path = join(folder, `${name}-${theme}.png`)
    await page.screenshot({ path })
    say(path)
  }
}

async function serve(home, env) {
  const child = spawn(findNode(), [cli, 'serve', '--no-open'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: home, PADDOCK_DATA_DIR: join(home, 'data'), ...env },
  })
  const ended = once(child, 'exit')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const stop = () => (child.kill('SIGTERM'), ended)
  return { address: /http:\S+/.exec(line)[0], stop }
}
