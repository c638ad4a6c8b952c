import type { App } from 'electron'
import { ask } from './ask.ts'
import { mayLoseUnsaved } from './unsaved.ts'

/** What leaving has to end, and what has to be asked before. */
export type Leaving = {
  /** How many runs work at this moment. */
  going(): number
  /** Whether the page holds something that is not saved. */
  hasUnsaved(): boolean
  /** Ends them, and closes what is open; they can be gone on with. */
  stop(): Promise<void>
}

const buttons = ['Keep running', 'Stop and quit'] as const

/** Has quitting ask while a run works or something is not saved, and end what runs before the app is gone. Returns whether the app leaves. */
export function askBeforeLeaving(app: Pick<App, 'on' | 'quit'>, leaving: Leaving): () => boolean {
  let state: 'staying' | 'asking' | 'stopping' | 'leaving' = 'staying'
  const leave = async () => {
    state = 'asking'
    if (!(await mayLeave(leaving))) {
      state = 'staying'
      return
    }
    state = 'stopping'
    await leaving.stop().catch(() => {})
    state = 'leaving'
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (state === 'leaving') return
    event.preventDefault()
    if (state === 'staying') void leave()
  })
  return () => state === 'leaving'
}

async function mayLeave(leaving: Leaving): Promise<boolean> {
  const going = leaving.going()
  if (leaving.hasUnsaved() && !(await mayLoseUnsaved('Quit'))) return false
  if (going === 0) return true
  const response = await ask({
    type: 'question',
    message: going === 1 ? 'A run is going on.' : `${going} runs are going on.`,
    detail: 'Stopping keeps every answer and file that was made. You can go on from there in Runs.',
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === buttons.indexOf('Stop and quit')
}
