type Stop = { words: string; stop(): Promise<unknown> }

const interrupted = 130
const stops: Stop[] = []
let isAsked = false

/** Does some work that Ctrl-C or SIGTERM asks to stop, in the way of the innermost one; a second time leaves at once. */
export async function whileStoppable<T>(own: Stop, work: () => Promise<T>): Promise<T> {
  if (stops.push(own) === 1)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onInterrupt)
  try {
    return await work()
  } finally {
    stops.splice(stops.indexOf(own), 1)
    if (stops.length === 0)
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onInterrupt)
  }
}

function onInterrupt(): void {
  const own = stops.at(-1)
  if (isAsked || !own) process.exit(interrupted)
  isAsked = true
  process.stderr.write(`\n${own.words}\n`)
  own.stop().catch(() => {})
}
