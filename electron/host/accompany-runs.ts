import { BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import { standingOf } from '../../shared/standing.ts'
import type { App } from '../core/app.ts'
import { followRuns, type Ending } from './going-runs.ts'

const refused = 'You refused a step at its gate, and the run has ended. What it made before is kept.'
const endings: Record<Exclude<Ending, 'cancelled'>, string> = {
  completed: 'The run is completed. Its files wait for your review.',
  partial: 'The run has ended: some steps were completed, others failed.',
  failed: 'The run has failed. What it made before is kept.',
  stopped: 'The run could not go on. What it made before is kept: go on with it from Runs.',
}

/**
 * What the desktop does for runs: keeps the machine awake while one works, and says that one has ended to a person who
 * looks elsewhere; `show` is called for the run whose end was clicked. Returns the number of runs that work.
 */
export function accompanyRuns(app: Pick<App, 'on' | 'run'>, show: (id: string) => void): () => number {
  let going = 0
  let blocker: number | null = null
  followRuns(app, {
    changed: (runs) => {
      going = runs.size
      if (going > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker)
        blocker = null
      }
    },
    ended: (id, ending) => {
      if (ending === 'cancelled' || BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return
      void notify(app, { id, body: endings[ending] }, show)
    },
  })
  return () => going
}

/** What was shown and is not yet gone: without a reference a notification cannot be clicked any more. */
const shown = new Set<Notification>()

async function notify(
  app: Pick<App, 'run'>,
  { id, body }: { id: string; body: string },
  show: (id: string) => void,
) {
  const runs = await app.run.list().catch(() => [])
  const run = runs.find((one) => one.id === id)
  const isRefused = run !== undefined && standingOf(run) === 'refused'
  const notification = new Notification({
    title: run?.title ?? 'Paddock',
    body: isRefused ? refused : body,
  })
  shown.add(notification)
  notification.once('click', () => show(id))
  notification.once('close', () => shown.delete(notification))
  notification.show()
}
