import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type CDPSession, type Page } from 'playwright'
import { serveWeb } from '../electron/host/web.ts'
import { ensureBuilt } from '../scripts/build.mjs'
import { findTool } from '../scripts/tools.mjs'
import { milliseconds, type Measure } from './measure.ts'
import { WindowTransport } from './window-transport.ts'

/** Tokens that each agent streams a second, for so many seconds; pieces come as the core sends them. */
const rate = 200
const seconds = 20
const beat = 50
/** Half an hour's text is told as fast as it is taken, an answer of 8,000 tokens after the other. */
const longMinutes = 30
const answerTokens = 8000

type Frames = { p50: number; p95: number; worst: number; late: number; frames: number }
type Watched = Frames & { busy: number }

/** What the window costs while five agents stream, beside the same page at rest, and what it keeps. */
export async function measureWindow(): Promise<Measure[]> {
  const program = findTool('chromium')
  if (!program) {
    process.stderr.write('Chromium is not here: the window is not measured.\n')
    return []
  }
  await ensureBuilt(['renderer'])
  const transport = new WindowTransport()
  const host = await serveWeb({ transport, folder: join(import.meta.dirname, '../dist/renderer') })
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const blank = await watchBlank(browser)
    await page.goto(host.address)
    await openRun(page, transport.id)
    await sleep(2000)
    const idle = await watch(page, session, async () => sleep(seconds * 500))
    const streaming = await watch(page, session, () => streamFor(transport))
    const before = await heapOf(session)
    await streamLong(transport, page)
    const after = await heapOf(session)
    const monaco = await openFiles(page, session)
    return [
      ...frameRows('an empty page', blank),
      ...frameRows('the run, nothing streams', idle),
      ...frameRows(`five agents, ${rate} tokens a second each, ${seconds} s`, streaming, true),
      {
        measure: `JS heap after ${longMinutes} minutes' worth of streamed text (${megabytes(streamedBytes)} of it)`,
        paddock: megabytes(after.heap),
        ratio: (after.heap / before.heap).toFixed(2),
        aim: `before it ${megabytes(before.heap)}; nodes ${before.nodes} -> ${after.nodes}`,
      },
      {
        measure: 'JS heap after 50 files opened in Monaco',
        paddock: megabytes(monaco.last.heap),
        ratio: (monaco.last.heap / monaco.first.heap).toFixed(2),
        aim: `after 5 files ${megabytes(monaco.first.heap)}; nodes ${monaco.first.nodes} -> ${monaco.last.nodes}`,
      },
    ]
  } finally {
    await browser.close()
    await host.stop()
  }
}

const streamedBytes = longMinutes * 60 * rate * 5 * 4

function frameRows(what: string, { p50, p95, worst, late, frames, busy }: Watched, isAim = false): Measure[] {
  const told = `p50 ${milliseconds(p50)}, worst ${milliseconds(worst)}, ${late} of ${frames} over 34 ms`
  return [
    {
      measure: `frame time p95, ${what}`,
      paddock: milliseconds(p95),
      aim: isAim ? `${told}; 17.5 ms, none` : told,
    },
    {
      measure: `main thread busy, ${what}`,
      paddock: `${(busy * 100).toFixed(0)} %`,
      aim: isAim ? '45 %' : '',
    },
  ]
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** The floor under all of it: a page with nothing in it, in the same browser. */
async function watchBlank(browser: Awaited<ReturnType<typeof chromium.launch>>): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const watched = await watch(page, session, () => sleep(5000))
  await context.close()
  return watched
}

async function openRun(page: Page, id: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`#${id}`)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('[data-status=working] .tail-row').first().waitFor()
}

/** Times of frames, and the share of the time that the main thread worked, in time of the processor. */
async function watch(page: Page, session: CDPSession, work: () => Promise<unknown>): Promise<Watched> {
  await page.evaluate(startFrames)
  const [began, busyBefore] = [performance.now(), await metric(session, 'TaskDuration')]
  await work()
  const busy = (await metric(session, 'TaskDuration')) - busyBefore
  const took = (performance.now() - began) / 1000
  const frames = await page.evaluate<Frames>(readFrames)
  return { ...frames, busy: busy / took }
}

const startFrames = `(() => {
  const times = []
  let isOn = true
  const next = (time) => { times.push(time); if (isOn) requestAnimationFrame(next) }
  requestAnimationFrame(next)
  globalThis.frames_ = { times, stop: () => { isOn = false } }
})()`
const readFrames = `(() => {
  const { times, stop } = globalThis.frames_
  stop()
  const spans = times.slice(1).map((time, index) => time - times[index]).sort((one, other) => one - other)
  const at = (share) => spans[Math.min(spans.length - 1, Math.floor(spans.length * share))]
  return { p50: at(0.5), p95: at(0.95), worst: spans.at(-1), late: spans.filter((span) => span > 34).length, frames: spans.length }
})()`

async function metric(session: CDPSession, name: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)!.value
}

async function streamFor(transport: WindowTransport): Promise<void> {
  const began = performance.now()
  let told = 0
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate)
    // Each agent has its own beat, as calls that began at different times have.
    for (const agent of transport.agents) {
      transport.stream(agent, due - told)
      await sleep(beat / transport.agents.length)
    }
    told = due
  }
}

async function streamLong(transport: WindowTransport, page: Page): Promise<void> {
  const all = longMinutes * 60 * rate
  const piece = 200
  for (let told = 0; told < all; told += piece) {
    for (const agent of transport.agents) {
      if (told > 0 && told % answerTokens === 0) transport.nextCall(agent)
      transport.stream(agent, piece)
    }
    await sleep(4)
  }
  await page.waitForTimeout(2000)
}

type Heap = { heap: number; nodes: number }

async function heapOf(session: CDPSession): Promise<Heap> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  return { heap: await metric(session, 'JSHeapUsedSize'), nodes: await metric(session, 'Nodes') }
}

async function openFiles(page: Page, session: CDPSession): Promise<{ first: Heap; last: Heap }> {
  await page.keyboard.press('v')
  const rows = page.locator('[role=treeitem][aria-level="2"]')
  await rows.first().waitFor()
  const count = await rows.count()
  let first: Heap = { heap: 0, nodes: 0 }
  for (let index = 0; index < count; index++) {
    await rows.nth(index).click()
    await page.locator('[data-code] .view-line').first().waitFor()
    await page.waitForTimeout(150)
    if (index === 4) first = await heapOf(session)
  }
  return { first, last: await heapOf(session) }
}
