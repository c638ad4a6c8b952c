import { create } from 'zustand'
import type { RunSummary } from '../../shared/contract.ts'
import { api } from '../api.ts'
import { readNowAndAgain } from './host.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'
import { show } from './view.ts'

type Runs = { readonly list: Loaded<readonly RunSummary[]> }

/** Every run of this data folder, newest first. */
export const useRuns = create<Runs>()(() => ({ list: notLoaded }))

/** Reads the list of runs anew. */
export const readRuns = (): Promise<void> =>
  load(
    useRuns.getState().list,
    () => api.run.list(),
    (list) => useRuns.setState({ list }),
  )

const changesList: ReadonlySet<string> = new Set([
  'run-created',
  'run-claimed',
  'control-requested',
  'task-completed',
  'gate-decided',
  'run-ended',
])
let isDue = false

// Events that change a line of the list come in bursts: one reading serves them all.
api.on('run', ({ type }) => {
  if (isDue || !changesList.has(type)) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void readRuns()
  }, 200)
})
api.on('chosen', ({ id }) => show('run', id))
readNowAndAgain(readRuns)
