import { create } from 'zustand'
import type { Check } from '../../shared/reports.ts'
import { api } from '../api.ts'
import { readNowAndAgain } from './host.ts'
import { createReader, notLoaded, type Loaded } from './loaded.ts'

/** What is there, what is missing, and what to do. */
export const useDoctor = create<{ readonly checks: Loaded<readonly Check[]> }>()(() => ({
  checks: notLoaded,
}))

/** Looks at everything again. */
export const examine = createReader(
  () => useDoctor.getState().checks,
  () => api.system.doctor({}),
  (checks) => useDoctor.setState({ checks }),
)

readNowAndAgain(examine)
