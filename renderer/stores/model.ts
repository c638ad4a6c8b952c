import { create } from 'zustand'
import type { ListedRehearsal, ModelReport } from '../../shared/reports.ts'
import { api } from '../api.ts'
import { readNowAndAgain } from './host.ts'
import { createReader, load, notLoaded, type Loaded } from './loaded.ts'
import { useView } from './view.ts'

type Model = {
  readonly report: Loaded<ModelReport>
  readonly rehearsals: Loaded<readonly ListedRehearsal[]>
}

/** The model server that is configured, and what can be played without one. */
export const useModel = create<Model>()(() => ({ report: notLoaded, rehearsals: notLoaded }))

/** Asks the model server how it does. */
export const readModel = createReader(
  () => useModel.getState().report,
  () => api.model.status({}),
  (report) => useModel.setState({ report }),
)

const readRehearsals = () =>
  load(
    useModel.getState().rehearsals,
    () => api.system.rehearsals(),
    (rehearsals) => useModel.setState({ rehearsals }),
  )

readNowAndAgain(readModel)
readNowAndAgain(readRehearsals)

/** Milliseconds between two looks at a server that is not as it is wanted, while somebody waits for it, and else. */
const soon = 5000
const later = 30_000
let lastLook = performance.now()

setInterval(() => {
  const { report } = useModel.getState()
  const isWanted = report.value?.state === 'ready' && report.value.hint === undefined
  const isWaitedFor = useView.getState().screen === 'new-run' && !isWanted
  const isDue = performance.now() - lastLook >= (isWaitedFor ? soon : later) - 100
  if (document.visibilityState !== 'visible' || report.state === 'busy' || !isDue) return
  lastLook = performance.now()
  void readModel()
}, soon)
