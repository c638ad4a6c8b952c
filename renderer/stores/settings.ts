import { create } from 'zustand'
import { AppError, type ErrorData } from '../../shared/errors.ts'
import type { ShownConfig } from '../../shared/reports.ts'
import { api } from '../api.ts'
import { tell } from '../tell.ts'
import { settingsStrings as strings } from '../strings-settings.ts'
import { examine } from './doctor.ts'
import { guardLeaving, readNowAndAgain } from './host.ts'
import { keep, recall } from './keep.ts'
import { load, notLoaded, type Loaded } from './loaded.ts'
import { readModel } from './model.ts'

type SettingsState = {
  readonly shown: Loaded<ShownConfig>
  /** The setting that is being written now. */
  readonly saving: string | null
  /** Why a value was not taken, by setting. */
  readonly problems: Readonly<Record<string, ErrorData>>
  /** Settings in whose fields something stands that is not set. */
  readonly unsaved: readonly string[]
  readonly isChanged: boolean
  readonly words: string
  readonly section: string
  readonly isShowingVersions: boolean
  readonly hasLetterKeys: boolean
}

/** Every setting that is in force, and what became of changing it. */
export const useSettings = create<SettingsState>()(() => ({
  shown: notLoaded,
  saving: null,
  problems: {},
  unsaved: [],
  isChanged: false,
  words: '',
  section: 'machine',
  isShowingVersions: false,
  hasLetterKeys: recall<boolean>('letterKeys') ?? true,
}))

/** Reads the settings anew. */
export const readSettings = (): Promise<void> =>
  load(
    useSettings.getState().shown,
    () => api.settings.get({}),
    (shown) => useSettings.setState({ shown }),
  )
readNowAndAgain(readSettings)

/** Changes what is looked for, or which section is shown. */
export const changeSettingsView = (
  part: Partial<Pick<SettingsState, 'words' | 'section' | 'isShowingVersions'>>,
): void => useSettings.setState(part)

/** Turns keys of a single letter on or off. */
export function setLetterKeys(isOn: boolean): void {
  useSettings.setState({ hasLetterKeys: isOn })
  keep('letterKeys', isOn)
}

/** What the settings name may be another server now, or none. */
function takeChanged(value: ShownConfig): void {
  useSettings.setState({ shown: { state: 'ready', value, error: null }, isChanged: true })
  void readModel()
  void examine()
}

/** Sets one setting in the person's own file; null takes it out. Answers whether it was taken. */
export async function setSetting(key: string, value: unknown): Promise<boolean> {
  const { [key]: _, ...others } = useSettings.getState().problems
  useSettings.setState({ saving: key, problems: others })
  try {
    takeChanged(await api.settings.set({ key, value }))
    useSettings.setState({ saving: null })
    return true
  } catch (error) {
    const problem = AppError.from(error).toJSON()
    useSettings.setState(({ problems }) => ({ saving: null, problems: { ...problems, [key]: problem } }))
    return false
  }
}

/** Forgets why a value was not taken, once it is written anew. */
export const clearProblem = (key: string): void =>
  useSettings.setState(({ problems: { [key]: _, ...problems } }) => ({ problems }))

/** Says whether something stands in a setting's field that is not set. */
export const markUnsaved = (key: string, isUnsaved: boolean): void =>
  useSettings.setState(({ unsaved }) => {
    const others = unsaved.filter((other) => other !== key)
    return { unsaved: isUnsaved ? [...others, key] : others }
  })
guardLeaving(useSettings, () => useSettings.getState().unsaved.length > 0)

/** Puts an earlier version of the person's file back. */
export async function restoreVersion(version: string): Promise<void> {
  const { shown } = useSettings.getState()
  try {
    takeChanged(await api.settings.restore({ version }))
    useSettings.setState({ isShowingVersions: false, problems: {} })
    tell(strings.putBackDone)
  } catch (error) {
    useSettings.setState({ shown: { ...shown, error: AppError.from(error).toJSON() } })
  }
}
