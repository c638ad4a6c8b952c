import type { App } from '../core/app.ts'
import type { Outcome } from '../../shared/run-event.ts'
import { endingLines } from './ending.ts'
import { follow, type Screen } from './follow.ts'
import { whileStoppable } from './interrupts.ts'
import { outputWidth, print } from './print.ts'

/** Exit codes that scripts can rely on. */
export const exitCodes: Record<Outcome, number> = { completed: 0, partial: 1, failed: 1, cancelled: 130 }

/** How the commands that lead a run show it. */
export type ScreenOptions = { json?: boolean }

/** What is said when a person stops what runs. */
export const stopping = 'Stopping. What is done is kept; press Ctrl-C again to leave at once.'

const screenFor = ({ json }: ScreenOptions): Screen =>
  json ? 'json' : process.stdout.isTTY ? 'live' : 'plain'

/** Shows a run that this process leads to its end, with Ctrl-C ending it; returns the exit code. */
export function leadRun(app: App, id: string, options: ScreenOptions): Promise<number> {
  return whileStoppable({ words: stopping, stop: () => app.run.cancel({ id }) }, async () => {
    const run = await follow(app, id, screenFor(options), process.stdout)
    if (!options.json) print('', ...endingLines(run, await app.run.changes({ id }), outputWidth()))
    return exitCodes[run.outcome ?? 'failed']
  })
}
