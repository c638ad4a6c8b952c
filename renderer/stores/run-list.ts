import { create } from 'zustand'
import type { RunSummary } from '../../shared/contract.ts'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { RunOutputs } from '../../shared/reports.ts'
import type { Standing } from '../../shared/standing.ts'
import { api } from '../api.ts'
import { tell, tellError } from '../tell.ts'
import { runsStrings as strings } from '../strings-runs.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'
import { readRuns } from './runs.ts'
import { show } from './view.ts'

type RunList = {
  readonly words: string
  readonly state: 'all' | 'open' | Standing
  readonly selected: string | null
  /** The run whose removal is being asked about. */
  readonly removing: string | null
  /** The run whose results are open. */
  readonly opened: string | null
  readonly outputs: Loaded<RunOutputs>
  readonly error: ErrorData | null
}

/** What a person does on the list of runs. */
export const useRunList = create<RunList>()(() => ({
  words: '',
  state: 'all',
  selected: null,
  removing: null,
  opened: null,
  outputs: notLoaded,
  error: null,
}))

/** Changes what is searched for, or what is chosen. */
export const changeRunList = (
  part: Partial<Pick<RunList, 'words' | 'state' | 'selected' | 'removing'>>,
): void => useRunList.setState({ ...part, error: null })

/** Opens result and summary of a run. */
export async function openOutputs(id: string): Promise<void> {
  useRunList.setState({ opened: id })
  await load(
    notLoaded as Loaded<RunOutputs>,
    () => api.run.outputs({ id }),
    (outputs) => {
      if (useRunList.getState().opened === id) useRunList.setState({ outputs })
    },
  )
}

/** Closes result and summary. */
export const closeOutputs = (): void => useRunList.setState({ opened: null, outputs: notLoaded })

/** Goes on with a run and shows it; where another program leads it, that one was told. */
export async function resumeRun(id: string): Promise<void> {
  try {
    const { here } = await api.run.resume({ id })
    if (!here) tell(strings.resumed)
    show('run', id)
  } catch (error) {
    useRunList.setState({ error: AppError.from(error).toJSON() })
  }
}

/** Takes an ended run off the list; its files stay. */
export async function removeRun({ id, title }: RunSummary): Promise<void> {
  try {
    await api.run.remove({ id })
    useRunList.setState({ selected: null })
    tell(strings.removed(title))
    await readRuns()
  } catch (error) {
    useRunList.setState({ error: AppError.from(error).toJSON() })
  }
}

/** Shows a run's folder in the system's file manager. */
export async function revealRun(id: string): Promise<void> {
  try {
    await api.host.reveal({ id })
  } catch (error) {
    tellError(AppError.from(error).toJSON())
  }
}
