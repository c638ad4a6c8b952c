import { create } from 'zustand'
import { api } from '../api.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'

/** The status of the system as the core tells it: of the latest run, with what was measured. */
export type Status = Awaited<ReturnType<typeof api.system.status>>

/** What the core told last of the system's status. */
export const useStatus = create<{ readonly status: Loaded<Status> }>()(() => ({ status: notLoaded }))

/** Asks for the status anew. */
export const readStatus = (): Promise<void> =>
  load(
    useStatus.getState().status,
    () => api.system.status({}),
    (status) => useStatus.setState({ status }),
  )
