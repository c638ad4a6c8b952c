import { create } from 'zustand'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { RunEvent } from '../../shared/run-event.ts'
import { emptyRun, foldEvents, type Run } from '../../shared/run.ts'
import { api } from '../api.ts'
import { Deltas } from './deltas.ts'
import { readNowAndAgain } from './host.ts'
import { foldNotes, noNotes, type RunNotes } from './run-notes.ts'
import { useView } from './view.ts'

/** The run that Run and Review show: the fold of its events, and what people want to know beyond it. */
export type OpenRun = {
  readonly id: string | null
  readonly state: 'none' | 'reading' | 'ready' | 'failed'
  readonly run: Run
  readonly notes: RunNotes
  /** In the order of `seq`; the log is made of them. */
  readonly events: readonly RunEvent[]
  readonly error: ErrorData | null
}

const none: OpenRun = { id: null, state: 'none', run: emptyRun, notes: noNotes, events: [], error: null }

/** The run that is open in the window. */
export const useOpenRun = create<OpenRun>()(() => none)

/** The streaming texts of the open run. */
export let deltas = new Deltas(() => Promise.resolve(''))

/** Milliseconds between two looks for what a process other than ours did to the run. */
const look = 3000
/** Milliseconds for which events are gathered, so that a burst is folded and drawn once. */
const beat = 33
let waiting: RunEvent[] = []
let timer: ReturnType<typeof setTimeout> | null = null

/** Opens a run, also again after it could not be opened: events that come while its history is read are folded after it, each once. */
export async function openRun(id: string): Promise<void> {
  if (useOpenRun.getState().id === id && useOpenRun.getState().state !== 'failed') return
  deltas = new Deltas((call, offset) => api.run.answer({ id, call, offset }))
  waiting = []
  useOpenRun.setState({ ...none, id, state: 'reading' })
  await readEvents(id)
}

/** Reads what the run's state does not have yet: at its opening, and whenever events may have been missed. */
async function readEvents(id: string): Promise<void> {
  try {
    const events = await api.run.events({ id, after: useOpenRun.getState().run.seq })
    if (useOpenRun.getState().id !== id) return
    take(events)
    useOpenRun.setState({ state: 'ready', error: null })
    flush()
    if (events.length > 0) await fillStreams()
  } catch (error) {
    const open = useOpenRun.getState()
    const failed = AppError.from(error).toJSON()
    // While nobody answers, what was read stays in sight: the window says that the connection is lost.
    const isKept = open.state === 'ready' && failed.code === 'unavailable'
    if (open.id === id && !isKept) useOpenRun.setState({ state: 'failed', error: failed })
  }
}

/** Folds events that are not folded yet. One that comes late, from another process, is put at its place. */
function take(events: readonly RunEvent[]): void {
  const open = useOpenRun.getState()
  const known = new Set(open.events.map(({ seq }) => seq))
  const fresh = events.filter(({ seq }) => !known.has(seq)).sort((one, other) => one.seq - other.seq)
  if (fresh.length === 0) return
  const isInOrder = fresh[0]!.seq > open.run.seq
  const all = [...open.events, ...fresh]
  useOpenRun.setState(
    isInOrder
      ? { run: foldEvents(open.run, fresh), notes: foldNotes(open.notes, fresh), events: all }
      : folded(all.sort((one, other) => one.seq - other.seq)),
  )
  if (fresh.some(({ type }) => type === 'call-queued' || type === 'task-completed'))
    deltas.keepOnly(shownCalls(useOpenRun.getState().run))
}

const folded = (events: readonly RunEvent[]) => ({
  run: foldEvents(emptyRun, events),
  notes: foldNotes(noNotes, events),
  events,
})

function flush(): void {
  timer = null
  if (useOpenRun.getState().state !== 'ready') return
  const events = waiting
  waiting = []
  take(events)
}

/** The last call of every step: what cards show. */
const shownCalls = (run: Run) =>
  new Set(Object.values(run.tasks).flatMap(({ calls }) => calls.slice(-1).map(({ id }) => id)))

/** Reads the texts of what streams now, and of what each agent wrote last, as far as they are not here. */
async function fillStreams(): Promise<void> {
  const calls = Object.values(useOpenRun.getState().run.tasks).flatMap((state) => state.calls.slice(-1))
  await Promise.all(calls.filter(({ status }) => status !== 'queued').map(({ id }) => deltas.fill(id)))
}

api.on('run', (event) => {
  if (event.run !== useOpenRun.getState().id) return
  waiting.push(event)
  timer ??= setTimeout(flush, beat)
})
api.on('delta', (delta) => {
  if (delta.run === useOpenRun.getState().id) deltas.add(delta, performance.now())
})
readNowAndAgain(() => {
  const { id, state } = useOpenRun.getState()
  if (id) void (state === 'failed' ? openRun(id) : readEvents(id))
})
// A run that another process leads tells nobody here: it is asked for what is new.
setInterval(() => {
  const { id, state, run } = useOpenRun.getState()
  if (id && state === 'ready' && run.outcome === null && document.visibilityState === 'visible')
    void readEvents(id)
}, look)

const openShown = () => {
  const { runId } = useView.getState()
  if (runId && runId !== useOpenRun.getState().id) void openRun(runId)
}
useView.subscribe(openShown)
openShown()
