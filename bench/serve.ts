import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { ensureBuilt } from '../scripts/build.mjs'
import { findTool } from '../scripts/tools.mjs'
import { startPaddock } from './command-line.ts'
import { measureBundles } from './bundles.ts'
import { median, milliseconds, type Measure } from './measure.ts'
import { withScratch } from './scratch.ts'

const turns = 7

type Start = {
  readonly listening: number
  readonly painted: number
  readonly usable: number
  readonly files: string[]
}

/** What a person waits for from `paddock serve` to a page that can be used, and what the page is made of. */
export async function measureServe(): Promise<Measure[]> {
  await ensureBuilt(['renderer'])
  const program = findTool('chromium')
  if (!program) {
    process.stderr.write('Chromium is not here: the time to a usable page is not measured.\n')
    return measureBundles([])
  }
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
  try {
    return await withScratch(async (folder) => {
      const cache = join(folder, 'compiled')
      const cold: Start[] = []
      const warm: Start[] = []
      for (let turn = 0; turn < turns; turn++) {
        cold.push(await startServe(browser, folder, join(folder, `compiled-${turn}`)))
        // The first of these fills the cache that the others find.
        const start = await startServe(browser, folder, cache)
        if (turn > 0) warm.push(start)
      }
      const of = (starts: readonly Start[], key: 'listening' | 'painted' | 'usable') =>
        milliseconds(median(starts.map((start) => start[key])))
      const row = (measure: string, starts: readonly Start[]): Measure => ({
        measure,
        paddock: of(starts, 'usable'),
        aim: `listening ${of(starts, 'listening')}, first paint ${of(starts, 'painted')}`,
      })
      return [
        row('spawn of serve to New run usable in Chromium, nothing compiled before', cold),
        row('... with what Node compiled kept, as after the first start', warm),
        ...measureBundles(cold[0]!.files),
      ]
    })
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the spawn on, with a profile that has seen nothing; the browser itself runs already. */
async function startServe(browser: Browser, folder: string, cache: string): Promise<Start> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const began = performance.now()
  const child = startPaddock(folder, ['serve', '--no-open'], { base: 'http://127.0.0.1:9/v1', cache })
  const ended = once(child, 'exit')
  try {
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
    const listening = performance.now() - began
    const asked = performance.now()
    await page.goto(/http:\S+/.exec(line)![0], { waitUntil: 'commit' })
    await page
      .getByRole('button', { name: /new run/i })
      .first()
      .click()
    const usable = performance.now() - began
    const { paint, files } = await page.evaluate<{ paint: number; files: string[] }>(readPaint)
    return { listening, painted: asked - began + paint, usable, files }
  } finally {
    await context.close()
    child.kill('SIGKILL')
    await ended
  }
}

/** In the page: when it was first painted, and the files that were there by then. */
const readPaint = `(() => {
  const [{ startTime: paint }] = performance.getEntriesByName('first-contentful-paint')
  const files = performance.getEntriesByType('resource')
    .filter(({ responseEnd, name }) => responseEnd <= paint && name.includes('/assets/'))
    .map(({ name }) => new URL(name).pathname.slice(1))
  return { paint, files }
})()`
