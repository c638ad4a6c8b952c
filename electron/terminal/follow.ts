import type { WriteStream } from 'node:tty'
import type { App } from '../core/app.ts'
import { applyEvent, emptyRun, type Run } from '../../shared/run.ts'
import type { RunEvent, TextDelta } from '../../shared/run-event.ts'
import { eventLines } from './event-line.ts'
import { liveView } from './live-view.ts'
import { jsonOf } from './print.ts'

/** How a run is shown: painted over, line by line, or one JSON event a line. */
export type Screen = 'live' | 'plain' | 'json'
const framesPerSecond = 8

/** Shows a run that this process leads until it has ended; resolves with its last state. Rejects when it cannot go on. */
export async function follow(app: App, id: string, screen: Screen, output: WriteStream): Promise<Run> {
  const painter = createPainter(output, screen)
  let run: Run = emptyRun
  const seen = new Set<number>()
  const take = (event: RunEvent) => {
    if (event.run !== id || seen.has(event.seq)) return
    seen.add(event.seq)
    run = applyEvent(run, event)
    painter.event(run, event)
  }
  // Listen first, then take what has been: what comes twice has a number that was seen.
  const early: RunEvent[] = []
  let receive: (event: RunEvent) => void = (event) => early.push(event)
  const stops = [app.on('run', (event) => receive(event)), app.on('delta', (delta) => painter.delta(delta))]
  try {
    for (const event of await app.run.events({ id })) take(event)
    receive = take
    early.forEach(take)
    await app.run.wait({ id })
    return run
  } finally {
    for (const stop of stops) stop()
    painter.stop()
  }
}

type Painter = { event(run: Run, event: RunEvent): void; delta(delta: TextDelta): void; stop(): void }

function createPainter(output: WriteStream, screen: Screen): Painter {
  if (screen === 'json')
    return {
      event: (_, event) => void output.write(`${jsonOf(event)}\n`),
      delta: () => {},
      stop: () => {},
    }
  const live = screen === 'live' ? createLive(output) : null
  return {
    event(run, event) {
      for (const line of eventLines(run, event)) {
        if (live) live.log(line)
        else output.write(`${line}\n`)
      }
      live?.show(run)
    },
    delta: (delta) => live?.delta(delta),
    stop: () => live?.stop(),
  }
}

/** A block of lines at the end of the terminal that is painted over, with the log growing above it. */
function createLive(output: WriteStream) {
  const last = new Map<string, TextDelta>()
  let run: Run | null = null
  let log: string[] = []
  let height = 0
  const paint = (final: boolean) => {
    const view = run && !final ? liveView(run, last, Date.now(), output.columns - 1) : []
    const up = height > 0 ? `\u001b[${height}A` : ''
    const text = [...log, ...view].map((line) => `${line}\u001b[K\n`).join('')
    output.write(`${up}${text}\u001b[J`)
    log = []
    height = view.length
  }
  const timer = setInterval(() => paint(false), 1000 / framesPerSecond)
  return {
    log: (line: string) => void log.push(line),
    show: (state: Run) => (run = state),
    delta: (delta: TextDelta) => void last.set(delta.task, delta),
    stop() {
      clearInterval(timer)
      paint(true)
    },
  }
}
