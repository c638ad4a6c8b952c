import type { App } from '../core/app.ts'
import { AppError } from '../../shared/errors.ts'
import type { Outcome, RunEvent } from '../../shared/run-event.ts'

/** How a run's work ended: `stopped` where it could not go on, as with a full disk. */
export type Ending = Outcome | 'stopped'

/** Is told when the runs that go on become others, and when one has ended. */
export type RunWatcher = {
  changed(going: ReadonlySet<string>): void
  ended(id: string, ending: Ending): void
}

/** Follows the runs that this process leads: those that work, without those that a person has paused. */
export function followRuns(app: Pick<App, 'on' | 'run'>, watcher: RunWatcher): void {
  const led = new Map<string, 'going' | 'paused'>()
  const waitedFor = new Set<string>()
  let before = ''
  const tellChange = () => {
    const going = [...led].filter(([, state]) => state === 'going').map(([id]) => id)
    if (going.join() === before) return
    before = going.join()
    watcher.changed(new Set(going))
  }
  const end = (id: string, ending: Ending) => {
    if (!led.delete(id)) return
    tellChange()
    watcher.ended(id, ending)
  }
  /** A run that cannot go on has no event that says so. */
  const waitFor = (id: string) => {
    if (waitedFor.has(id)) return
    waitedFor.add(id)
    app.run
      .wait({ id })
      .then(({ outcome }) => end(id, outcome))
      .catch((error: unknown) => end(id, AppError.from(error).code === 'cancelled' ? 'cancelled' : 'stopped'))
      .finally(() => waitedFor.delete(id))
  }
  app.on('run', (event: RunEvent) => {
    const { run: id } = event
    if (event.type === 'run-claimed' && event.pid === process.pid) led.set(id, 'going')
    else if (!led.has(id)) return
    else if (event.type === 'run-ended') return end(id, event.outcome)
    else if (event.type === 'task-started') waitFor(id)
    else if (event.type === 'control-requested' && event.action === 'pause') led.set(id, 'paused')
    else if (event.type === 'control-requested' && event.action === 'continue') led.set(id, 'going')
    tellChange()
  })
}
