/** Milliseconds between two paints of streaming text. */
const paintBeat = 50
/** Milliseconds between two changes of a number. */
const numberBeat = 250

const due = new Set<() => void>()
let isScheduled = false
let lastPaint = -paintBeat

/** Has something painted in the next frame that is due: all that waits is painted in one, at most 20 times a second. */
export function requestPaint(paint: () => void): void {
  due.add(paint)
  if (isScheduled) return
  isScheduled = true
  const wait = lastPaint + paintBeat - performance.now()
  if (wait <= 0) requestAnimationFrame(paintAll)
  else setTimeout(() => requestAnimationFrame(paintAll), wait)
}

/** Takes back what waits to be painted. */
export const cancelPaint = (paint: () => void): void => void due.delete(paint)

function paintAll(): void {
  isScheduled = false
  lastPaint = performance.now()
  const paints = [...due]
  due.clear()
  for (const paint of paints) paint()
}

const tickers = new Set<(now: number) => void>()
let timer: ReturnType<typeof setInterval> | null = null

/** Calls back four times a second with the time of day in milliseconds; returns the function that ends it. */
export function onTick(tick: (now: number) => void): () => void {
  tickers.add(tick)
  timer ??= setInterval(() => {
    const now = Date.now()
    for (const each of tickers) each(now)
  }, numberBeat)
  tick(Date.now())
  return () => {
    tickers.delete(tick)
    if (tickers.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}
