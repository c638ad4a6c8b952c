import { create } from 'zustand'
import type { Theme } from '../../shared/host.ts'
import { strings } from '../strings.ts'
import { keep, recall } from './keep.ts'
import { drawTheme, keptTheme, resolveTheme, systemIsLight } from './theme.ts'

/** The screens of the window, in the order of `Ctrl 1` to `Ctrl 5`. */
export const screens = ['new-run', 'run', 'review', 'runs', 'settings'] as const
export type Screen = (typeof screens)[number]

type View = {
  readonly screen: Screen
  /** The run that Run and Review show; null before the first one is opened. */
  readonly runId: string | null
  /** Whether a person opened or closed the sidebar, by screen and width; what is left out follows the width. */
  readonly sidebar: Readonly<Record<string, boolean>>
  readonly theme: Theme
  /** What lies over the screen. */
  readonly overlay: 'palette' | 'shortcuts' | null
}

type Place = Pick<View, 'screen' | 'runId'>

/** A reload comes back to where the person was. */
function keptPlace(): Place {
  const kept = recall<Place>('place', 'tab')
  return kept && screens.includes(kept.screen) ? kept : { screen: 'new-run', runId: null }
}

/** Where a person is in the window. */
export const useView = create<View>()(() => ({
  ...keptPlace(),
  sidebar: recall<View['sidebar']>('sidebar') ?? {},
  theme: keptTheme(),
  overlay: null,
}))

/** What a person looks at: a screen, and where it shows a run, which one. */
export const placeOf = ({ screen, runId }: Place): string =>
  screen === 'run' || screen === 'review' ? `${screen} ${runId}` : screen

/** Shows a screen, and with an id the run that is meant from then on. */
export function show(screen: Screen, runId: string | null = useView.getState().runId): void {
  useView.setState({ screen, runId, overlay: null })
  keep('place', { screen, runId }, 'tab')
}

/** Opens the palette or the sheet of shortcuts; null closes what is open. */
export const setOverlay = (overlay: View['overlay']): void => useView.setState({ overlay })

/** Opens or closes a sidebar, and remembers it under its name. */
export function setSidebar(name: string, isOpen: boolean): void {
  const sidebar = { ...useView.getState().sidebar, [name]: isOpen }
  useView.setState({ sidebar })
  keep('sidebar', sidebar)
}

/** Chooses dark, light, or what the system prefers. */
export function setTheme(theme: Theme): void {
  useView.setState({ theme })
  keep('theme', theme)
}

/** The theme that is drawn now. */
export const themeInForce = (): 'dark' | 'light' => resolveTheme(useView.getState().theme)

const drawPage = () => {
  drawTheme(useView.getState().theme)
  document.title = `${strings.screens[useView.getState().screen]} - Paddock`
}
drawPage()
useView.subscribe(drawPage)
systemIsLight.addEventListener('change', drawPage)
